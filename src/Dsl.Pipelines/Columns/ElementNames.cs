using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Pipelines.Columns;

/// <summary>Elements of a vector that come from one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Count">How many elements.</param>
/// <param name="Numbered">They are elements of a vector, named by their place or label, and not the column itself.</param>
/// <param name="First">The place in the column of the first.</param>
/// <param name="Labels">What the places are called instead of their numbers; null: nothing.</param>
/// <param name="Categories">The one element is a class number of so many classes, which trees split as categories; 0: a number.</param>
internal sealed record ElementRun(string Column, int Count, bool Numbered, int First = 0, IReadOnlyList<string>? Labels = null, int Categories = 0);

/// <summary>
/// What the elements of a vector are called, and which are class numbers; as Spark keeps it in a column's metadata. Held run by run: a hashed text has a quarter of a million elements.
/// </summary>
internal sealed class ElementNames
{
    private readonly ElementRun[] runs;
    private readonly int[] starts;

    /// <summary>Elements in order.</summary>
    public ElementNames(IEnumerable<ElementRun> runs)
    {
        this.runs = [.. runs];
        starts = new int[this.runs.Length + 1];
        for (int i = 0; i < this.runs.Length; i++)
            starts[i + 1] = starts[i] + this.runs[i].Count;
    }

    /// <summary>A vector that says nothing of its elements: <c>Spectrum_0</c>, <c>Spectrum_1</c>.</summary>
    public static ElementNames Of(string column, int size) => new([new ElementRun(column, size, Numbered: true)]);

    /// <summary>How many elements.</summary>
    public int Size => starts[^1];

    /// <summary>What an element is called: <c>BillLength</c>, <c>IslandVector_Biscoe</c>, <c>Spectrum_4</c>.</summary>
    public string this[int element]
    {
        get
        {
            ElementRun run = RunOf(element, out int at);
            if (!run.Numbered)
                return run.Column;
            int place = run.First + at;
            return run.Column + "_" + (run.Labels is { } labels && place < labels.Count ? labels[place] : place.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Of how many classes an element is a number; 0 of any other number.</summary>
    public int CategoriesOf(int element) => RunOf(element, out _).Categories;

    /// <summary>Vectors one behind the other.</summary>
    public static ElementNames Concat(IEnumerable<ElementNames> parts) => new(parts.SelectMany(part => part.runs));

    /// <summary>Some elements, in this order.</summary>
    public ElementNames Select(ReadOnlySpan<int> elements)
    {
        List<ElementRun> selected = new(elements.Length);
        foreach (int element in elements)
        {
            ElementRun run = RunOf(element, out int at);
            selected.Add(run with { Count = 1, First = run.First + at });
        }

        return new ElementNames(selected);
    }

    /// <summary>The same names, none a class number any more: what a scaler makes.</summary>
    public ElementNames AsNumbers() => new(runs.Select(run => run with { Categories = 0 }));

    private ElementRun RunOf(int element, out int at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(element);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(element, Size);
        int run = Array.BinarySearch(starts, element);
        if (run < 0)
            run = ~run - 1;
        // A run without elements begins where the next does.
        while (starts[run + 1] == starts[run])
            run++;
        at = element - starts[run];
        return runs[run];
    }
}
