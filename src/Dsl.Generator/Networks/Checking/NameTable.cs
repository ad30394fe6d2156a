using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Networks.Checking;

/// <summary>The effective name of every input, layer and mark of a declaration, and what is wrong with the names (DSL107, DSL110).</summary>
internal sealed class NameTable
{
    private readonly Declaration declaration;
    private readonly List<Finding> findings;
    private readonly string[] labels;
    private readonly bool[] isRejected;
    private readonly Dictionary<string, int> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> outputs = new(StringComparer.Ordinal);
    private int sources;

    public NameTable(Declaration declaration, List<Finding> findings)
    {
        this.declaration = declaration;
        this.findings = findings;
        labels = new string[declaration.Entries.Count];
        isRejected = new bool[labels.Length];
        Name();
        CheckUserMembers();
    }

    /// <summary>Every name that can be referred to.</summary>
    public IReadOnlyDictionary<string, int> Entries => entries;

    /// <summary>The name of an entry, made up where it has none, for messages and members.</summary>
    public string LabelOf(int entry) => labels[entry];

    /// <summary>The name of an entry's member: its label, or for one that can be no member something that <see cref="IsNoMember"/> knows.</summary>
    public string MemberOf(int entry) =>
        !isRejected[entry] ? labels[entry]
        : declaration.Entries[entry].Construct is SourceLayer ? "Input_" + entry.ToString(CultureInfo.InvariantCulture)
        : "?" + labels[entry];

    /// <summary>Whether the name is of an entry whose own name cannot be a member.</summary>
    public static bool IsNoMember(string name) => name.StartsWith("?", StringComparison.Ordinal);

    /// <summary>Whether a name that the entry gives to a member is wrong.</summary>
    public bool IsRejected(int entry) => isRejected[entry];

    /// <summary>The entry of a name, or -1.</summary>
    public int Find(string name) => entries.TryGetValue(name, out int entry) ? entry : -1;

    private void Name()
    {
        foreach (Entry entry in declaration.Entries)
        {
            if (entry.Construct is SourceLayer)
                sources++;
        }

        Dictionary<Construct, int> ordinals = [];
        for (int i = 0; i < labels.Length; i++)
        {
            Entry entry = declaration.Entries[i];
            ordinals.TryGetValue(entry.Construct, out int ordinal);
            ordinals[entry.Construct] = ++ordinal;
            string? written = entry.Text("Name");
            bool isSingle = entry.Construct is SourceLayer && (sources == 1 || declaration.IsBlock);
            labels[i] = written ?? (isSingle ? "Input" : entry.Construct.Name + ordinal.ToString(CultureInfo.InvariantCulture));
            if (entry.Construct is MarkerConstruct)
                TakeMark(i, entry, written);
            else if (entry.Construct is SourceLayer && !isSingle)
                TakeSource(i, entry, written);
            else if (isSingle && ordinal > 1)
                continue; // a block's second input is DSL112, whatever its name
            else if (entry.Construct is LayerRule)
                Take(i, written);
        }
    }

    private void TakeSource(int i, Entry entry, string? written)
    {
        if (written is null && !entry.IsBroken)
            Report(Descriptors.DuplicateName, Place.Attribute(i), "One of several inputs needs a Name");
        else if (Take(i, written) && written is not null && CheckShapeMember(written, Place.Argument(i, "Name")))
            TakeOutput(written, Place.Argument(i, "Name"));
    }

    /// <summary>The names that <c>Expose</c> gives to methods, and <c>Output</c> to an output.</summary>
    private void TakeMark(int i, Entry entry, string? written)
    {
        if (written is not null)
            Take(i, written);
        if (declaration.IsBlock || entry.IsBroken)
            return;
        if (entry.Construct is ExposeMarker)
        {
            ExposeOptions exposed = entry.Options<ExposeOptions>();
            TakeMember(exposed.UpTo, Place.Argument(i, "upTo"));
            if (exposed.Onward is { } onward)
                TakeMember(onward, Place.Argument(i, "onward"));
        }
        else
        {
            string name = entry.Options<OutputOptions>().Name;
            Place place = Place.Argument(i, "name");
            if (CheckMember(name, place) && CheckShapeMember(name, place))
                TakeOutput(name, place);
        }
    }

    private bool Take(int i, string? written)
    {
        bool isTaken = TakeMember(labels[i], written is null ? Place.Attribute(i) : Place.Argument(i, "Name"));
        // A name that cannot be a member still names the layer: one error is enough.
        if (!entries.ContainsKey(labels[i]))
            entries.Add(labels[i], i);
        return isTaken;
    }

    private bool TakeMember(string name, Place place)
    {
        if (!CheckMember(name, place))
            return false;
        if (members.Add(name))
            return true;
        Report(Descriptors.DuplicateName, place, $"There is another {name} before this one");
        return false;
    }

    /// <summary>Inputs and outputs share the members <c>NameShape</c>; an output may be named like the layer that it marks.</summary>
    private void TakeOutput(string name, Place place)
    {
        if (!outputs.Add(name) || !members.Add(name + "Shape") || !members.Add(name + "Batch"))
            Report(Descriptors.DuplicateName, place, $"There is another {name} before this one");
    }

    private bool CheckMember(string name, Place place)
    {
        string? flaw = !IsIdentifier(name) && !IsNoMember(name) ? "is no identifier"
            : SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "is a keyword of C#"
            : name == declaration.Name ? "is the name of the class"
            : declaration.Kind.Names.Hidden.Contains(name) || declaration.Kind.Names.Fixed.Contains(name) ? "is the name of a member or type that every network has"
            : declaration.Members.IndexOf(name) >= 0 ? $"is also a member of {declaration.Name}"
            : IsAccessor(name) || declaration.Members.IndexOf("get_" + name) >= 0 || members.Contains("get_" + name) ? "is that of an accessor: a property X has a method get_X"
            : null;
        if (flaw is null)
            return true;
        Report(Descriptors.BadName, place, $"The name {(name.Length == 0 ? "\"\"" : name)} {flaw}");
        return false;
    }

    /// <summary>Whether C# gives the name to the accessor of a property that the class has.</summary>
    private bool IsAccessor(string name)
    {
        if (!name.StartsWith("get_", StringComparison.Ordinal))
            return false;
        string property = name.Substring("get_".Length);
        return members.Contains(property) || declaration.Kind.Names.Fixed.Contains(property);
    }

    /// <summary>C# overlooks formatting characters when it compares identifiers: with one, two names would be the same after all.</summary>
    private static bool IsIdentifier(string name) => SyntaxFacts.IsValidIdentifier(name) && !HasFormatting(name);

    private static bool HasFormatting(string name)
    {
        foreach (char c in name)
        {
            if (c > 127 && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
                return true;
        }

        return false;
    }

    private bool CheckShapeMember(string name, Place place)
    {
        foreach (string member in new[] { name + "Shape", name + "Batch" })
        {
            if (declaration.Members.IndexOf(member) < 0 && member != declaration.Name && (sources > 1 || member is not ("InputShape" or "InputBatch")) && member is not ("OutputShape" or "OutputBatch"))
                continue;
            Report(Descriptors.BadName, place, member == declaration.Name ? $"The name {name} gives the class a member {member}, which is its own name" : $"The name {name} gives the class a member {member}, which {declaration.Name} has already");
            return false;
        }

        return true;
    }

    private void CheckUserMembers()
    {
        if (declaration.IsBlock)
            return;
        if (declaration.Kind.Names.Declared.Contains(declaration.Name))
            Report(Descriptors.BadName, Place.ClassName, $"Every network gets a member {declaration.Name}, so its class cannot have that name");
        // Generated code names everything from the global namespace on, where a type hides a namespace.
        string outermost = declaration.ContainingTypes.Count > 0 ? declaration.ContainingTypes[0].Name : declaration.Name;
        if (declaration.Namespace.Length == 0 && outermost is ("System" or "Dsl"))
            Report(Descriptors.BadName, Place.ClassName, $"{outermost} hides the namespace {outermost}, which generated code needs: put it into a namespace of its own");
        string? last = null;
        foreach (string member in declaration.Members)
        {
            if (member != last && (member == ".ctor" || declaration.Kind.Names.Fixed.Contains(member) || (IsAccessor(member) && !members.Contains(member.Substring("get_".Length)))))
            {
                string text = member == ".ctor" ? $"{declaration.Name}(ulong)" : member;
                Report(Descriptors.BadName, Place.Member(member), $"Every network gets a member {text}, so {declaration.Name} cannot have its own");
            }

            last = member;
        }
    }

    private void Report(DiagnosticDescriptor descriptor, Place place, string message)
    {
        findings.Add(new Finding(descriptor, place, message));
        if (place.Entry >= 0)
            isRejected[place.Entry] = true;
    }
}
