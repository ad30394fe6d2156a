using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;

namespace Dsl.Generator.Networks.Checking;

/// <summary>A marked value: the attribute, and the node whose output it marks, or -1.</summary>
internal sealed record MarkedNode(Entry Entry, int Ordinal, int Source, int Node);

/// <summary>Which layer reads which: the current output, <c>From</c>, and the names to merge (DSL106, 108, 109, 118).</summary>
internal sealed class Wiring
{
    private const int Nothing = -1;
    private const int Ambiguous = -2;

    private readonly Declaration declaration;
    private readonly NameTable names;
    private readonly bool isUnordered;
    private readonly bool isLenient;
    private readonly int[] nodeOf;
    private readonly int[] sourceOf;
    private readonly List<Read> reads;
    private readonly List<MarkedNode> marks = [];
    private int current = Nothing;
    private int inputs;
    private int main = Nothing;

    /// <summary>Nothing is connected yet.</summary>
    /// <param name="declaration">The class.</param>
    /// <param name="names">Its names.</param>
    /// <param name="isUnordered">The order means nothing: nothing is connected, nothing about order reported.</param>
    public Wiring(Declaration declaration, NameTable names, bool isUnordered)
    {
        this.isUnordered = isUnordered;
        this.declaration = declaration;
        this.names = names;
        nodeOf = new int[declaration.Entries.Count];
        reads = new List<Read>(nodeOf.Length);
        sourceOf = new int[declaration.Entries.Count];
        bool hasInput = false;
        for (int i = 0; i < nodeOf.Length; i++)
        {
            nodeOf[i] = Nothing;
            sourceOf[i] = i;
            hasInput |= declaration.Entries[i].Construct is SourceLayer;
        }
        // Without an input, or where an attribute may be one, an order proves nothing.
        isLenient = isUnordered || !hasInput || declaration.HasUnknownAttribute;
    }

    public IReadOnlyList<MarkedNode> Marks => marks;

    /// <summary>The node of the last layer; of a block without layers its input; -1 where there is none.</summary>
    public int MainNode => main >= 0 ? nodeOf[main] : declaration.IsBlock && current >= 0 ? nodeOf[current] : Nothing;

    public void AddSource(int entry, int node)
    {
        nodeOf[entry] = node;
        current = ++inputs == 1 ? entry : Ambiguous;
    }

    public void AddLayer(int entry, int node)
    {
        nodeOf[entry] = node;
        current = entry;
        main = entry;
    }

    /// <summary>Finds what a layer reads.</summary>
    /// <param name="i">Its ordinal.</param>
    /// <param name="entry">The layer.</param>
    /// <param name="mergeArgument">The argument with further names, or null.</param>
    /// <param name="sources">The nodes it reads; empty when one of them is not known.</param>
    /// <returns>DSL106 or DSL108, or null.</returns>
    public Finding? Connect(int i, Entry entry, string? mergeArgument, out int[] sources)
    {
        sources = [];
        if (entry.IsBroken)
            return null;
        List<int> found = [];
        Finding? unknown = null;
        Finding? early = null;
        bool isWhole = Resolve(i, entry, found, ref unknown, ref early);
        if (mergeArgument is not null)
        {
            EquatableArray<string> written = ((LayerRule)entry.Construct).MergedNames(entry);
            for (int k = 0; k < written.Count; k++)
                isWhole &= Resolve(i, mergeArgument, k, written[k] ?? "", found, ref unknown, ref early);
        }

        if (isWhole)
            sources = [.. found];
        return unknown ?? early;
    }

    /// <summary>Marks the current output or the one that <c>From</c> names; the current output stays what it is.</summary>
    public Finding? Mark(int i, Entry entry)
    {
        if (entry.IsBroken)
            return null;
        List<int> found = [];
        Finding? unknown = null;
        Finding? early = null;
        if (Resolve(i, entry, found, ref unknown, ref early))
        {
            sourceOf[i] = reads[reads.Count - 1].Source;
            nodeOf[i] = found[0];
            marks.Add(new MarkedNode(entry, i, sourceOf[i], found[0]));
        }
        else
        {
            marks.Add(new MarkedNode(entry, i, Nothing, Nothing));
        }

        return unknown ?? early;
    }

    /// <summary>A layer or input that nothing reads (DSL109). Only for a declaration without errors.</summary>
    public void CheckUnused(List<Finding> findings)
    {
        bool[] isRead = new bool[nodeOf.Length];
        foreach (Read read in reads)
            isRead[read.Source] = true;
        for (int i = 0; i < isRead.Length; i++)
        {
            if (declaration.Entries[i].Construct is LayerRule && !isRead[i] && nodeOf[i] != MainNode)
                findings.Add(new(Descriptors.Unused, Place.Attribute(i), $"Nothing uses the output of {names.LabelOf(i)}"));
        }
    }

    /// <summary>
    /// A layer after a cut with <c>onward</c> may read only the cut's value and what comes after it (DSL118). Where <c>From</c> puts the cut further back than
    /// the mark, the layers between that the rest is computed by may read only what follows from the cut's value.
    /// </summary>
    public void CheckCuts(List<Finding> findings)
    {
        foreach (MarkedNode cut in marks)
        {
            if (cut.Source < 0 || cut.Entry.Construct is not ExposeMarker || cut.Entry.Options<ExposeOptions>().Onward is not { } onward)
                continue;
            bool[] follows = Following(cut.Source);
            bool[] needed = NeededBeyond(cut.Source);
            foreach (Read read in reads)
            {
                bool isInput = declaration.Entries[read.Source].Construct is SourceLayer;
                bool isAllowed = read.Reader > cut.Ordinal
                    ? read.Source > cut.Ordinal && !isInput
                    : !needed[read.Reader] || follows[read.Source] || (!follows[read.Reader] && read.Reader != main);
                if (read.Source == cut.Source || isAllowed)
                    continue;
                Place place = read.Argument is null ? Place.Attribute(read.Reader) : Place.Argument(read.Reader, read.Argument, read.Element);
                findings.Add(new(
                    Descriptors.CutCrossed,
                    place,
                    $"{names.LabelOf(read.Reader)} reads {names.LabelOf(read.Source)}, but {onward} has only the output of {names.LabelOf(cut.Source)}"));
            }
        }
    }

    /// <summary>The layers that depend on a layer's output.</summary>
    private bool[] Following(int source)
    {
        bool[] follows = new bool[nodeOf.Length];
        foreach (Read read in reads) // in the order of their readers, all of which come after what they read
            follows[read.Reader] |= read.Source == source || follows[read.Source];
        return follows;
    }

    /// <summary>The layers by which the main output is computed from a layer's output, and whatever else they read.</summary>
    private bool[] NeededBeyond(int source)
    {
        bool[] needed = new bool[nodeOf.Length];
        if (main >= 0)
            needed[main] = main != source;
        for (int i = reads.Count - 1; i >= 0; i--)
            needed[reads[i].Source] |= needed[reads[i].Reader] && reads[i].Source != source;
        return needed;
    }

    private bool Resolve(int i, Entry entry, List<int> found, ref Finding? unknown, ref Finding? early)
    {
        if (entry.Text("From") is { } from)
            return Resolve(i, "From", -1, from, found, ref unknown, ref early);
        if (current >= 0 && !isUnordered)
        {
            reads.Add(new Read(i, current, null, -1));
            found.Add(nodeOf[current]);
            return true;
        }

        if (!isLenient)
        {
            string flaw = current == Nothing ? "stands before any input" : "stands after several inputs and must say From which it reads";
            early ??= new Finding(Descriptors.NoSource, Place.Attribute(i), $"{names.LabelOf(i)} {flaw}");
        }

        return false;
    }

    private bool Resolve(int i, string argument, int element, string name, List<int> found, ref Finding? unknown, ref Finding? early)
    {
        int source = names.Find(name);
        Place place = Place.Argument(i, argument, element);
        if (source < 0)
        {
            if (!declaration.HasUnknownAttribute)
                unknown ??= Unknown(i, place, name);
            return false;
        }

        if (nodeOf[source] < 0 || source >= i || isUnordered)
        {
            // A mark that could not be placed has its own diagnostic.
            if (!isLenient && source >= i)
                early ??= new Finding(Descriptors.NoSource, place, $"{names.LabelOf(i)} reads {name} before it is declared");
            return false;
        }

        reads.Add(new Read(i, sourceOf[source], argument, element));
        found.Add(nodeOf[source]);
        return true;
    }

    private Finding Unknown(int i, Place place, string name)
    {
        List<string> candidates = [];
        foreach (KeyValuePair<string, int> known in names.Entries)
        {
            if (known.Value < i && nodeOf[known.Value] >= 0)
                candidates.Add(known.Key);
        }

        string? close = Spelling.Closest(name, candidates);
        string text = $"{names.LabelOf(i)} reads \"{name}\", but no layer has that name";
        return new Finding(Descriptors.UnknownName, place, close is null ? text : $"{text}; did you mean \"{close}\"?", close);
    }

    private readonly record struct Read(int Reader, int Source, string? Argument, int Element);
}
