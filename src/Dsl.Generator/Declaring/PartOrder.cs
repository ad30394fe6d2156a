using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>
/// Puts the attributes of several partial declarations in file order, then position, and numbers the parts. The compiler's own order
/// depends on which file was edited last, and what is generated must not.
/// </summary>
internal static class PartOrder
{
    public static void Apply(Entry[] entries, AttributeData[] origins, Compilation compilation)
    {
        if (entries.Length < 2 || origins[0].ApplicationSyntaxReference is not { } first)
            return;
        // One file and no other class declaration between the first and the last attribute: nearly every class there is.
        bool isOneList = true;
        SyntaxReference last = first;
        for (int i = 1; i < origins.Length && isOneList; i++)
        {
            SyntaxReference? reference = origins[i].ApplicationSyntaxReference;
            isOneList = reference is not null && reference.SyntaxTree == first.SyntaxTree && reference.Span.Start >= last.Span.Start;
            last = reference ?? last;
        }

        if (isOneList && OwnerOf(first) == OwnerOf(last))
            return;
        Sort(entries, origins, compilation);
    }

    private static int OwnerOf(SyntaxReference attribute) =>
        attribute.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.SpanStart ?? 0;

    private static void Sort(Entry[] entries, AttributeData[] origins, Compilation compilation)
    {
        (int File, int Owner, int Start)[] keys = new (int, int, int)[entries.Length];
        int[] order = new int[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            order[i] = i;
            if (origins[i].ApplicationSyntaxReference is { } reference)
                keys[i] = (FileOf(reference.SyntaxTree, compilation), OwnerOf(reference), reference.Span.Start);
        }

        Array.Sort(order, (left, right) => keys[left].CompareTo(keys[right]));
        Entry[] sorted = new Entry[entries.Length];
        AttributeData[] sortedOrigins = new AttributeData[entries.Length];
        int part = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (i > 0 && (keys[order[i]].File != keys[order[i - 1]].File || keys[order[i]].Owner != keys[order[i - 1]].Owner))
                part++;
            Entry entry = entries[order[i]];
            sorted[i] = part == 0 ? entry : entry.On(part);
            sortedOrigins[i] = origins[order[i]];
        }

        sorted.CopyTo(entries, 0);
        sortedOrigins.CopyTo(origins, 0);
    }

    /// <summary>The place of a file among the compilation's.</summary>
    public static int FileOf(SyntaxTree tree, Compilation compilation)
    {
        int index = 0;
        foreach (SyntaxTree other in compilation.SyntaxTrees)
        {
            if (other == tree)
                return index;
            index++;
        }

        return index; // a block of another project, whose parts its own compilation orders
    }
}
