using System.Collections.Generic;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Declaring;

/// <summary>What a class must be like, whatever is declared on it (DSL101-103, DSL105, DSL119), whatever its kind.</summary>
internal static class ClassRules
{
    private const ClassFlaws Wrong = ~(ClassFlaws.NotPartial | ClassFlaws.ContainerNotPartial | ClassFlaws.AncientLanguage);

    public static void Check(Declaration declaration, List<Finding> findings)
    {
        string name = declaration.Name;
        if ((declaration.Flaws & ClassFlaws.NotPartial) != 0)
            findings.Add(new(Descriptors.NotPartial, Place.ClassName, $"{name} must be partial, so that its {declaration.Kind.Product} can be generated"));
        if ((declaration.Flaws & Wrong) != 0)
            findings.Add(new(Descriptors.WrongClass, Place.ClassName, $"{name} {Describe(declaration)}"));
        if ((declaration.Flaws & ClassFlaws.ContainerNotPartial) != 0)
            findings.Add(new(Descriptors.ContainerNotPartial, Place.Containers, $"A type that contains the {declaration.Kind.Product} {name} must be partial"));
        if (declaration.OldLanguage is { } version)
        {
            findings.Add(new(
                Descriptors.OldLanguage,
                Place.ClassName,
                $"{name} is compiled as C# {version}, but what is generated for it needs C# {DeclarationReader.Oldest.ToDisplayString()} or later: raise LangVersion, or remove it from the project"));
        }

        CheckParts(declaration, findings);
    }

    /// <summary>Whether constructs with an order stand on several partial declarations, so that their order means nothing.</summary>
    public static bool HasSeveralParts(Declaration declaration)
    {
        int part = -1;
        foreach (Entry entry in declaration.Entries)
        {
            if (!entry.Construct.HasOrder)
                continue;
            if (part >= 0 && entry.Part != part)
                return true;
            part = entry.Part;
        }

        return false;
    }

    private static void CheckParts(Declaration declaration, List<Finding> findings)
    {
        int part = -1;
        for (int i = 0; i < declaration.Entries.Count; i++)
        {
            Entry entry = declaration.Entries[i];
            if (!entry.Construct.HasOrder || entry.Part == part)
                continue;
            if (part >= 0)
                findings.Add(new(Descriptors.SeveralParts, Place.Attribute(i), $"The {declaration.Kind.Steps} of {declaration.Name} must all stand on one partial declaration"));
            part = entry.Part;
        }
    }

    private static string Describe(Declaration declaration)
    {
        ClassFlaws flaws = declaration.Flaws;
        if ((flaws & ClassFlaws.SeveralMarks) != 0)
            return $"is marked both {declaration.Kind.Mark} and {declaration.OtherMark}";
        if ((flaws & ClassFlaws.Static) != 0)
            return "must not be static";
        if ((flaws & ClassFlaws.Abstract) != 0)
            return "must not be abstract";
        if ((flaws & ClassFlaws.Generic) != 0)
            return "must not be generic";
        if ((flaws & ClassFlaws.NestedInGeneric) != 0)
            return "must not be nested in a generic type";
        if ((flaws & ClassFlaws.Record) != 0)
            return "must be a class, not a record";
        if ((flaws & ClassFlaws.FileLocal) != 0)
            return "must not be file-local";
        if ((flaws & ClassFlaws.RequiredMember) != 0)
            return "must not have a required member: neither its generated constructor nor Load can set one";
        return (flaws & ClassFlaws.PrimaryConstructor) != 0 ? "must not have a primary constructor" : "must not have a base class";
    }
}
