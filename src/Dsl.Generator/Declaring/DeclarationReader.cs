using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator.Declaring;

/// <summary>
/// Reads a class's attributes into a <see cref="Declaration"/>. It runs for every model at every keystroke, right after the compiler
/// has bound the attributes, so it allocates little more than the declaration itself.
/// </summary>
internal sealed class DeclarationReader
{
    /// <summary>The oldest C# that compiles the generated code: static abstract members of interfaces.</summary>
    public const LanguageVersion Oldest = LanguageVersion.CSharp11;

    // What members over Spark's columns take and give. The compilation remembers whether it has it.
    private const string SparkColumn = "Dsl.Spark.Sql.Column";

    // Below this even members that throw do not compile.
    private const LanguageVersion OldestForMembers = LanguageVersion.CSharp7_3;

    private readonly CancellationToken cancellation;
    private readonly Compilation compilation;
    private readonly INamedTypeSymbol root;
    private readonly GeneratorOutput? output;
    private readonly DeclarationKinds kinds;
    private List<(INamedTypeSymbol Symbol, DeclarationKind Kind)>? blockSymbols;

    private DeclarationReader(INamedTypeSymbol root, Compilation compilation, GeneratorOutput? output, DeclarationKinds kinds, CancellationToken cancellation)
    {
        this.output = output;
        this.kinds = kinds;
        this.root = root;
        this.compilation = compilation;
        this.cancellation = cancellation;
    }

    /// <summary>Reads a class that is marked, as the generator would without the generated code that is there.</summary>
    /// <param name="symbol">The class.</param>
    /// <param name="compilation">The compilation it is of: gives the files their order.</param>
    /// <param name="sources">Receives, when given, the attribute behind every entry, for whoever has to find its place.</param>
    /// <param name="output">What generators added to the compilation.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <param name="kinds">The kinds that it may be of; those of this assembly where none are given.</param>
    public static Declaration Read(
        INamedTypeSymbol symbol,
        Compilation compilation,
        List<AttributeData>? sources,
        GeneratorOutput? output,
        CancellationToken cancellation,
        DeclarationKinds? kinds = null) => new DeclarationReader(symbol, compilation, output, kinds ?? DeclarationKinds.Own, cancellation).ReadRoot(sources);

    /// <summary>Reads a marked class of another assembly, whose form and members have been checked there.</summary>
    public static Declaration ReadForeign(INamedTypeSymbol symbol, Compilation compilation, CancellationToken cancellation, DeclarationKinds? kinds = null) =>
        new DeclarationReader(symbol, compilation, output: null, kinds ?? DeclarationKinds.Own, cancellation).ReadRoot(sources: null) with { IsForeign = true, Flaws = ClassFlaws.None, Members = default };

    /// <summary>Reads the class that the generator has met by its mark, or null where it must not: another node of the same class, or another mark, stands for it.</summary>
    /// <param name="target">What carries the mark.</param>
    /// <param name="compilation">The compilation it is of.</param>
    /// <param name="tree">The file in which the mark was met.</param>
    /// <param name="span">Where in it: the mark, or what it stands on.</param>
    /// <param name="kind">What the mark says that it is.</param>
    /// <param name="kinds">The kinds that it may be of.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static Declaration? Read(ISymbol target, Compilation compilation, SyntaxTree tree, TextSpan span, DeclarationKind kind, DeclarationKinds kinds, CancellationToken cancellation)
    {
        if (target is not INamedTypeSymbol { TypeKind: TypeKind.Class } symbol)
            return null;
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        if (kinds.MarksOf(attributes).Kind != kind)
            return null;
        // A second [Model] is CS0579, but the generator meets the class twice all the same.
        foreach (AttributeData attribute in attributes)
        {
            if (!DeclarationKinds.IsMarkOf(attribute, kind))
                continue;
            SyntaxReference? reference = attribute.ApplicationSyntaxReference;
            bool isHere = reference?.SyntaxTree == tree && span.Contains(reference.Span);
            return isHere ? ReadWhole(symbol, kind, compilation, kinds, cancellation) : null;
        }

        return null;
    }

    private static Declaration? ReadWhole(INamedTypeSymbol symbol, DeclarationKind kind, Compilation compilation, DeclarationKinds kinds, CancellationToken cancellation)
    {
        try
        {
            return Read(symbol, compilation, sources: null, output: null, cancellation, kinds);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            return Named(symbol, kind, CompilerFailure.Describe(thrown));
        }
    }

    /// <summary>A class that could not be read, by name; null where not even that can be known.</summary>
    private static Declaration? Named(INamedTypeSymbol symbol, DeclarationKind kind, string failure)
    {
        try
        {
            return new Declaration
            {
                Kind = kind,
                Name = symbol.Name,
                Namespace = ClassShape.NamespaceOf(symbol),
                ContainingTypes = ClassShape.ContainersOf(symbol),
                Flaws = ClassShape.Flaws(symbol, kind, output: null),
                Members = ClassShape.MembersOf(symbol, kind, generated: null, out _),
                Failure = failure,
            };
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            return null;
        }
    }

    private Declaration ReadRoot(List<AttributeData>? sources)
    {
        ImmutableArray<AttributeData> attributes = root.GetAttributes();
        Marks marks = kinds.MarksOf(attributes);

        // Without a mark, as while it is typed anew, nobody reports what is read; it reads as any.
        DeclarationKind kind = marks.Kind ?? kinds.All[0];
        ClassFlaws flaws = ClassShape.Flaws(root, kind, output);
        if (marks.Other is not null)
            flaws |= ClassFlaws.SeveralMarks;
        EquatableArray<string> members = ClassShape.MembersOf(root, kind, output?.Part, out bool hasRequired);
        if (hasRequired && !kind.IsBlock)
            flaws |= ClassFlaws.RequiredMember;
        LanguageVersion version = kind.IsBlock ? LanguageVersion.Latest : (compilation as CSharpCompilation)?.LanguageVersion ?? LanguageVersion.Latest;
        if (version < OldestForMembers)
            flaws |= ClassFlaws.AncientLanguage;
        EquatableArray<Entry> entries = ReadEntries(attributes, kind, sources, out bool hasUnknown);
        EquatableArray<Declaration> blocks = default;
        if (blockSymbols is not null)
        {
            // Reading a block may find further ones: the list grows while it is walked.
            List<Declaration> read = [];
            for (int i = 0; i < blockSymbols.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                read.Add(ReadBlock(blockSymbols[i].Symbol, blockSymbols[i].Kind));
            }

            blocks = new EquatableArray<Declaration>([.. read]);
        }

        return new Declaration
        {
            Kind = kind,
            OtherMark = marks.Other?.Mark,
            Name = root.Name,
            Namespace = ClassShape.NamespaceOf(root),
            ContainingTypes = ClassShape.ContainersOf(root),
            Flaws = flaws,
            OldLanguage = version < Oldest ? version.ToDisplayString() : null,
            HasSpark = !kind.IsBlock && compilation.GetTypeByMetadataName(SparkColumn) is not null,
            Entries = entries,
            HasUnknownAttribute = hasUnknown,
            Members = members,
            Blocks = blocks,
            Facts = kind.ReadFacts(root, compilation, output, kinds, cancellation),
        };
    }

    private Declaration ReadBlock(INamedTypeSymbol symbol, DeclarationKind kind)
    {
        EquatableArray<Entry> entries = ReadEntries(symbol.GetAttributes(), kind, sources: null, out bool hasUnknown);
        return new Declaration
        {
            Kind = kind,
            Name = symbol.Name,
            Namespace = ClassShape.NamespaceOf(symbol),
            ContainingTypes = ClassShape.ContainersOf(symbol),
            IsForeign = !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, root.ContainingAssembly),
            Entries = entries,
            HasUnknownAttribute = hasUnknown,
        };
    }

    private EquatableArray<Entry> ReadEntries(ImmutableArray<AttributeData> attributes, DeclarationKind kind, List<AttributeData>? sources, out bool hasUnknown)
    {
        hasUnknown = false;
        int count = 0;
        foreach (AttributeData attribute in attributes)
        {
            if (ConstructOf(attribute, kind) is not null)
                count++;
        }

        if (count == 0)
            return default;
        Entry[] entries = new Entry[count];
        AttributeData[] origins = new AttributeData[count];
        count = 0;
        foreach (AttributeData attribute in attributes)
        {
            if (ConstructOf(attribute, kind) is { } construct)
            {
                hasUnknown |= construct == kind.Unknown;
                entries[count] = ReadEntry(attribute, construct, isUnknown: construct == kind.Unknown);
                origins[count++] = attribute;
            }
        }

        PartOrder.Apply(entries, origins, compilation);
        sources?.AddRange(origins);
        return new EquatableArray<Entry>(entries);
    }

    private static Construct? ConstructOf(AttributeData attribute, DeclarationKind kind)
    {
        if (attribute.AttributeClass is not { } type)
            return null;
        if (type.TypeKind == TypeKind.Error)
            return kind.Unknown;
        return kind.Constructs.Find(type.Name) is { } construct && DeclarationKinds.IsOurs(type) ? construct : null;
    }

    private Entry ReadEntry(AttributeData attribute, Construct construct, bool isUnknown)
    {
        int block = attribute.AttributeClass is { Arity: 1 } generic ? BlockOf(construct, generic.TypeArguments[0]) : Entry.NoBlock;
        string? typeArgument = construct.NamesType && attribute.AttributeClass is { Arity: 1 } naming ? FullNameOf(naming.TypeArguments[0]) : null;
        OwnLayer? own = construct.TakesOwnLayer && attribute.AttributeClass is { Arity: 1 } custom ? OwnLayerReader.Take(custom.TypeArguments[0], compilation) : null;
        if (attribute.AttributeConstructor is not { } constructor || attribute.ConstructorArguments.Length != constructor.Parameters.Length)
            return new Entry(construct, default, block, part: 0, isBroken: true, own: own, typeArgument: typeArgument);
        bool isBroken = isUnknown || (attribute.AttributeClass is { Arity: 1 } type && type.TypeArguments[0].TypeKind == TypeKind.Error);
        ImmutableArray<TypedConstant> positional = attribute.ConstructorArguments;
        ImmutableArray<KeyValuePair<string, TypedConstant>> named = attribute.NamedArguments;
        if (positional.Length + named.Length == 0)
            return new Entry(construct, default, block, part: 0, isBroken, own: own, typeArgument: typeArgument);
        Argument[] arguments = new Argument[positional.Length + named.Length];
        for (int i = 0; i < positional.Length; i++)
            arguments[i] = new Argument(constructor.Parameters[i].Name, ValueOf(positional[i], ref isBroken));
        for (int i = 0; i < named.Length; i++)
            arguments[positional.Length + i] = new Argument(named[i].Key, ValueOf(named[i].Value, ref isBroken));
        UnseenArgument? unseen = isBroken ? null : output?.UnseenOf(attribute);
        return new Entry(construct, new EquatableArray<Argument>(arguments), block, part: 0, isBroken || unseen is not null, unseen, own, typeArgument);
    }

    /// <summary>A type's name as C# finds it from anywhere.</summary>
    public static string FullNameOf(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static object? ValueOf(TypedConstant constant, ref bool isBroken)
    {
        switch (constant.Kind)
        {
            case TypedConstantKind.Primitive:
            case TypedConstantKind.Enum:
                return constant.Value;
            case TypedConstantKind.Array when !constant.IsNull:
                return ElementsOf(constant, ref isBroken);
            case TypedConstantKind.Array:
                return null;
            default:
                isBroken = true;
                return null;
        }
    }

    private static object ElementsOf(TypedConstant constant, ref bool isBroken)
    {
        ImmutableArray<TypedConstant> values = constant.Values;
        foreach (TypedConstant value in values)
            isBroken |= value.Kind == TypedConstantKind.Error;
        switch ((constant.Type as IArrayTypeSymbol)?.ElementType.SpecialType)
        {
            case SpecialType.System_Int32:
                return Elements(values, static value => value.Kind == TypedConstantKind.Primitive && value.Value is int number ? number : 0);
            case SpecialType.System_Double:
                return Elements(values, static value => value.Kind == TypedConstantKind.Primitive && value.Value is double number ? number : 0);
            case SpecialType.System_Object:
                return Elements(values, static value => new AnyValue(
                    value.Type is { } type ? type.ToDisplayString() : "",
                    value.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum ? value.Value : null,
                    value.Kind == TypedConstantKind.Enum));
            default:
                return Elements(values, static value => value.Kind == TypedConstantKind.Primitive ? value.Value as string : null);
        }
    }

    private static EquatableArray<T> Elements<T>(ImmutableArray<TypedConstant> values, Func<TypedConstant, T> element)
    {
        T[] elements = new T[values.Length];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = element(values[i]);
        return new EquatableArray<T>(elements);
    }

    private int BlockOf(Construct construct, ITypeSymbol argument)
    {
        if (argument is not INamedTypeSymbol symbol || symbol.TypeKind != TypeKind.Class || symbol.IsUnboundGenericType || output?.IsUnseen(symbol) == true)
            return Entry.NoBlock;
        if (SymbolEqualityComparer.Default.Equals(symbol, root))
            return KindOf(construct, root) is null ? Entry.NoBlock : Entry.Self;
        if (blockSymbols is not null)
        {
            for (int i = 0; i < blockSymbols.Count; i++)
            {
                if (SymbolEqualityComparer.Default.Equals(blockSymbols[i].Symbol, symbol))
                    return i;
            }
        }

        if (KindOf(construct, symbol) is not { } kind)
            return Entry.NoBlock;
        (blockSymbols ??= []).Add((symbol, kind));
        return blockSymbols.Count - 1;
    }

    /// <summary>The kind as which the construct takes the class, or null.</summary>
    private DeclarationKind? KindOf(Construct construct, INamedTypeSymbol symbol)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        foreach (DeclarationKind kind in kinds.All)
        {
            if (construct.Embeds(kind) && DeclarationKinds.Carries(attributes, kind))
                return kind;
        }

        return null;
    }
}
