using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages.Models;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>The names of stages and models, which are members of the generated class, and of what stands in its records (DSL107, DSL110).</summary>
internal sealed class NameRules
{
    private readonly Declaration declaration;
    private readonly List<Finding> findings;
    private readonly string[] labels;
    private readonly HashSet<string> members = new(StringComparer.Ordinal);

    public NameRules(Declaration declaration, List<Finding> findings)
    {
        this.declaration = declaration;
        this.findings = findings;
        labels = new string[declaration.Entries.Count];
        NameStages();
        CheckMembers();
    }

    /// <summary>The name of an entry's stage; of what is no stage the attribute's.</summary>
    public string LabelOf(int entry) => labels[entry];

    /// <summary>Reports a name that no property of a generated record can have.</summary>
    /// <param name="name">The property.</param>
    /// <param name="record">The record.</param>
    /// <param name="place">Where the name is given.</param>
    /// <param name="found">Takes the finding.</param>
    public static bool CheckProperty(string name, string record, Place place, List<Finding> found)
    {
        string? flaw = IdentifierFlaw(name)
            ?? (RecordMembers.Contains(name) ? "is the name of a member that every record has" : name == record ? "is the name of the record that it is a property of" : null);
        if (flaw is not null)
            found.Add(new Finding(Descriptors.BadName, place, $"The name {Shown(name)} {flaw}: {record} cannot have a property of that name"));
        return flaw is null;
    }

    private void NameStages()
    {
        Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
        for (int i = 0; i < labels.Length; i++)
        {
            Entry entry = declaration.Entries[i];
            labels[i] = entry.Construct.Name;
            if (entry.Construct is not StageRule || entry.Construct == declaration.Kind.Unknown)
                continue;
            string kind = entry.Construct is NetworkStage && entry.TypeArgument is { } type ? type.Substring(Math.Max(type.LastIndexOf('.'), type.LastIndexOf(':')) + 1).TrimStart('@') : entry.Construct.Name;
            string counted = entry.Construct is NetworkStage ? entry.TypeArgument ?? kind : kind;
            ordinals.TryGetValue(counted, out int ordinal);
            ordinals[counted] = ++ordinal;
            string number = entry.Construct is NetworkStage && ordinal == 1 ? "" : ordinal.ToString(CultureInfo.InvariantCulture);
            string? written = entry.Text("Name");
            labels[i] = written ?? kind + number;
            bool isNoNetwork = entry.Construct is NetworkStage && (declaration.Facts as PipelineFacts)?.Network(entry) is not { IsModel: true };
            if (!entry.IsBroken && !(isNoNetwork && written is null))
                Take(i, written is null ? Place.Attribute(i) : Place.Argument(i, "Name"));
        }
    }

    private void Take(int i, Place place)
    {
        string name = labels[i];
        string? flaw = IdentifierFlaw(name)
            ?? (name == declaration.Name ? "is the name of the class"
            : declaration.Kind.Names.Fixed.Contains(name) || declaration.Kind.Names.Hidden.Contains(name) ? "is the name of a member or type that every pipeline has"
            : declaration.Members.IndexOf(name) >= 0 ? $"is also a member of {declaration.Name}"
            : null);
        if (flaw is not null)
            findings.Add(new Finding(Descriptors.BadName, place, $"The name {Shown(name)} {flaw}"));
        else if (!members.Add(name))
            findings.Add(new Finding(Descriptors.DuplicateName, place, $"There is another {name} before this one: give one of them a Name"));
    }

    private void CheckMembers()
    {
        if (declaration.Kind.Names.Declared.Contains(declaration.Name))
            findings.Add(new Finding(Descriptors.BadName, Place.ClassName, $"Every pipeline gets a member {declaration.Name}, so its class cannot have that name"));
        string outermost = declaration.ContainingTypes.Count > 0 ? declaration.ContainingTypes[0].Name : declaration.Name;
        if (declaration.Namespace.Length == 0 && outermost is "System" or "Dsl")
            findings.Add(new Finding(Descriptors.BadName, Place.ClassName, $"{outermost} hides the namespace {outermost}, which generated code needs: put it into a namespace of its own"));
        foreach (string member in declaration.Members.Distinct())
        {
            if (member == ".ctor")
                findings.Add(new Finding(Descriptors.BadName, Place.Member(member), $"A pipeline is made by Fit and Load alone, so {declaration.Name} cannot have a constructor of its own"));
            else if (declaration.Kind.Names.Fixed.Contains(member) || (declaration.Kind.Names.Hidden.Contains(member) && !RecordMembers.Contains(member)))
                findings.Add(new Finding(Descriptors.BadName, Place.Member(member), $"Every pipeline has {member}, so {declaration.Name} cannot have a member of that name"));
        }
    }

    private static string Shown(string name) => name.Length == 0 ? "\"\"" : name;

    /// <summary>Why C# takes no such name, in words that follow it; else null.</summary>
    private static string? IdentifierFlaw(string name) => !IsIdentifier(name) ? "is no identifier" : SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "is a keyword of C#" : null;

    /// <summary>Whether C# takes a name, be it a keyword.</summary>
    public static bool IsIdentifier(string name) => SyntaxFacts.IsValidIdentifier(name) && !name.Any(c => c > 127 && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format);
}
