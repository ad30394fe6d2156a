using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Pipelines.Stages;

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
internal sealed class ElementNames : IReadOnlyList<string>
{
    // What is written of a run: how many, whether numbered, the first, how many labels, categories.
    private const int Figures = 5;

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

    int IReadOnlyCollection<string>.Count => Size;

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

    /// <summary>Writes them among what a stage has learnt.</summary>
    public void Write(StageWriter writer)
    {
        double[] numbers = new double[runs.Length * Figures];
        List<string> labels = [];
        for (int i = 0; i < runs.Length; i++)
        {
            ElementRun run = runs[i];
            IReadOnlyList<string> own = run.Labels ?? [];
            bool isWithin = run.First + run.Count <= own.Count;
            // Of a vocabulary of which a few words were selected, those.
            IEnumerable<string> written = isWithin ? own.Skip(run.First).Take(run.Count) : own;
            int before = labels.Count;
            labels.AddRange(written);
            double[] figures = [run.Count, run.Numbered ? 1 : 0, isWithin ? 0 : run.First, labels.Count - before, run.Categories];
            figures.CopyTo(numbers, i * Figures);
        }

        writer.Texts("ElementColumns", [.. runs.Select(run => run.Column)]);
        writer.Numbers("ElementRuns", numbers, runs.Length, Figures);
        writer.Texts("ElementLabels", labels);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">From where.</param>
    /// <param name="size">How many elements there must be.</param>
    public static ElementNames Read(StageReader reader, int size)
    {
        IReadOnlyList<string> columns = reader.Texts("ElementColumns");
        IReadOnlyList<string> labels = reader.Texts("ElementLabels");
        double[] numbers = reader.Numbers("ElementRuns", columns.Count, Figures);
        ElementRun[] runs = new ElementRun[columns.Count];
        int elements = 0;
        int taken = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            ReadOnlySpan<double> figures = numbers.AsSpan(i * Figures, Figures);
            foreach (double figure in figures)
            {
                if (!(figure >= 0 && figure <= int.MaxValue / 2 && figure == Math.Floor(figure)))
                    throw reader.Wrong("ElementRuns", $"has {Shown.Exactly(figure)}, and wanted are whole numbers from 0 on");
            }

            int count = (int)figures[0];
            int ofLabels = (int)figures[3];
            if (count > size - elements || ofLabels > labels.Count - taken)
                throw reader.Wrong("ElementRuns", $"has more elements or labels than there are: {size} and {labels.Count}");
            runs[i] = new ElementRun(
                columns[i], count, figures[1] != 0, (int)figures[2], ofLabels == 0 ? null : [.. labels.Skip(taken).Take(ofLabels)], (int)figures[4]);
            elements += count;
            taken += ofLabels;
        }

        return elements == size ? new ElementNames(runs) : throw reader.Wrong("ElementRuns", $"has {elements} elements, and wanted are {size}");
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Size; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

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
