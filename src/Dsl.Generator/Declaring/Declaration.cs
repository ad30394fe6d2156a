using System;
using System.Linq;

namespace Dsl.Generator.Declaring;

/// <summary>Why C# would reject what the generator would add to a class; any of them means that nothing is generated (DSL101-103).</summary>
[Flags]
internal enum ClassFlaws
{
    None = 0,
    NotPartial = 1,
    Static = 2,
    Abstract = 4,
    Generic = 8,
    NestedInGeneric = 16,
    Record = 32,
    FileLocal = 64,
    BaseClass = 128,
    PrimaryConstructor = 256,
    SeveralMarks = 512,
    ContainerNotPartial = 1024,
    RequiredMember = 2048,

    /// <summary>The C# version cannot even compile members that throw (DSL119).</summary>
    AncientLanguage = 4096,
}

/// <summary>A containing type of a declaration: <c>class</c>, <c>struct</c>, <c>interface</c>, <c>record</c> or <c>record struct</c>, and its name.</summary>
internal sealed record ContainingType(string Keyword, string Name);

/// <summary>
/// All that a class declares, as plain values: no symbols, no locations. Two compilations that declare the same network give equal
/// declarations, and nothing after the front end reads anything else.
/// </summary>
internal sealed record Declaration
{
    /// <summary>The class's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its namespace with dots, empty in the global one.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The types it is nested in, outermost first.</summary>
    public EquatableArray<ContainingType> ContainingTypes { get; init; }

    /// <summary>What its mark says that it is.</summary>
    public DeclarationKind Kind { get; init; } = null!;

    /// <summary>The further mark where it has two (DSL102); else null.</summary>
    public string? OtherMark { get; init; }

    /// <summary>Used inside other declarations; nothing is generated for it.</summary>
    public bool IsBlock => Kind.IsBlock;

    /// <summary>A block of another assembly: its errors stand on the <c>Use</c> attribute.</summary>
    public bool IsForeign { get; init; }

    public ClassFlaws Flaws { get; init; }

    /// <summary>The C# version that is set, where it is too old for the generated code (DSL119); else null.</summary>
    public string? OldLanguage { get; init; }

    /// <summary>The project has Dsl.Spark, so that what is generated may speak of it.</summary>
    public bool HasSpark { get; init; }

    /// <summary>What the compiler threw while it read the class (DSL120), so that only its name is known; else null.</summary>
    public string? Failure { get; init; }

    /// <summary>The attributes of this language in the order in which they are written, parts in file order.</summary>
    public EquatableArray<Entry> Entries { get; init; }

    /// <summary>There is an attribute whose type the C# compiler does not find: it may be any layer, so absences prove nothing.</summary>
    public bool HasUnknownAttribute { get; init; }

    /// <summary>Names of the members that the user declares, nested types too; empty in an embedded block. A constructor that takes
    /// one <c>ulong</c> is here as <c>.ctor</c>.</summary>
    public EquatableArray<string> Members { get; init; }

    /// <summary>Every block that this class uses, directly or not, each once; empty in an embedded block, whose <see cref="Entry.Block"/>
    /// indices point into the root's list.</summary>
    public EquatableArray<Declaration> Blocks { get; init; }

    /// <summary>What its kind has read of the compilation beside the attributes: plain values, equal where nothing of that has changed; null of most kinds.</summary>
    public object? Facts { get; init; }

    /// <summary>Whether the class, a type around it or a member is called so.</summary>
    public bool Knows(string name) => Name == name || Members.IndexOf(name) >= 0 || ContainingTypes.Any(outer => outer.Name == name);

    /// <summary>
    /// The same class with nothing but its names known: no rule of a layer, loss or optimizer looks at an attribute that counts as rejected. For the
    /// members of a class at which a rule has thrown.
    /// </summary>
    public Declaration Unchecked() => this with
    {
        Entries = Unchecked(Entries),
        Blocks = new EquatableArray<Declaration>([.. Blocks.Select(block => block with { Entries = Unchecked(block.Entries) })]),
    };

    private static EquatableArray<Entry> Unchecked(EquatableArray<Entry> entries) => new([.. entries.Select(entry => entry.Construct.OnlyNames ? entry : entry.Rejected())]);

    /// <summary>Namespace, containing types and name with dots.</summary>
    public string FullName
    {
        get
        {
            string name = Name;
            for (int i = ContainingTypes.Count - 1; i >= 0; i--)
                name = ContainingTypes[i].Name + "." + name;
            return Namespace.Length == 0 ? name : Namespace + "." + name;
        }
    }
}
