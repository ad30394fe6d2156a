using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines;

/// <summary>
/// Some rows, column by column, on their way through a pipeline. Columns have numbers, which generated code gives out; a stage reads some and writes others. Numbers, class numbers and flags
/// are doubles; a null is marked beside the values and is NaN among them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ColumnBatch
{
    private readonly Column[] columns;
    private readonly int[] origins;
    private readonly long first;

    /// <summary>Rows without columns yet.</summary>
    /// <param name="columns">The names, which messages give; a column's place is its number.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="first">Which the first of them is among all, from 0, for messages.</param>
    public ColumnBatch(IReadOnlyList<string> columns, int rows, long first)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        this.columns = new Column[columns.Count];
        for (int i = 0; i < columns.Count; i++)
            this.columns[i] = new Column { Name = columns[i] };
        this.first = first;
        Count = rows;
        origins = new int[rows];
        for (int row = 0; row < rows; row++)
            origins[row] = row;
    }

    private ColumnBatch(ColumnBatch from, ReadOnlySpan<int> rows)
    {
        columns = new Column[from.columns.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = from.columns[i].Take(rows, from.Count);
        first = from.first;
        Count = rows.Length;
        origins = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            origins[i] = from.origins[rows[i]];
    }

    /// <summary>How many rows there are; fewer once a stage has dropped some.</summary>
    public int Count { get; private set; }

    /// <summary>Of each row its place among those that the batch began with.</summary>
    public ReadOnlySpan<int> Origins => origins.AsSpan(0, Count);

    /// <summary>Which row it is among all, from 0, for messages.</summary>
    public long RowOf(int row) => first + origins[row];

    /// <summary>A column's name.</summary>
    public string NameOf(int column) => columns[column].Name;

    /// <summary>A column of numbers, class numbers or flags (0, 1), where they lie; NaN for null.</summary>
    public Span<double> Numbers(int column) => Values<double>(column);

    /// <summary>The same for a reader that wants an array: the column's own, which is not to be written, or a copy where it has more than the rows.</summary>
    internal double[] NumbersAsArray(int column) => (double[])Held(column) is var values && values.Length == Count ? values : Numbers(column).ToArray();

    /// <summary>Whether a column is one of numbers, class numbers or flags.</summary>
    internal bool HasNumbers(int column) => Held(column) is double[];

    /// <summary>Which rows of a column are null; empty where none may be.</summary>
    public ReadOnlySpan<bool> Nulls(int column) => columns[column].Nulls is { } nulls ? nulls.AsSpan(0, Count) : default;

    /// <summary>A column of texts.</summary>
    public Span<string?> Texts(int column) => Values<string?>(column);

    /// <summary>A column of tokens.</summary>
    public Span<string[]?> Tokens(int column) => Values<string[]?>(column);

    /// <summary>A column of ids, row behind row, each of the same length.</summary>
    public Span<int> Ids(int column, int length) => ((int[])Held(column)).AsSpan(0, checked(Count * length));

    /// <summary>A column of anything that is a value a row: times, and what a method of <c>Map</c> returned.</summary>
    public Span<T> Values<T>(int column) => ((T[])Held(column)).AsSpan(0, Count);

    /// <summary>A row of a column of vectors; a dense one shares the column's memory.</summary>
    public Vector VectorAt(int column, int row) => Vectors(column).At(row);

    /// <summary>Puts a column there.</summary>
    /// <param name="column">Its number.</param>
    /// <param name="values">A value a row, or of ids a run of one length a row. It belongs to the batch from now on.</param>
    /// <param name="nulls">Which rows are null; null where none is.</param>
    public void Set<T>(int column, T[] values, bool[]? nulls = null)
    {
        columns[column].Held = values;
        columns[column].Nulls = nulls;
    }

    /// <summary>Puts a column of vectors there.</summary>
    internal void Set(int column, FeatureRows vectors, ElementNames? elements = null, bool[]? nulls = null)
    {
        columns[column].Held = vectors;
        columns[column].Elements = elements;
        columns[column].Nulls = nulls;
    }

    /// <summary>How many ids a row of a column has; 0 without rows.</summary>
    internal int IdsPerRow(int column) => Count == 0 ? 0 : ((int[])Held(column)).Length / Count;

    /// <summary>Whether a column is one of vectors.</summary>
    internal bool HasVectors(int column) => Held(column) is FeatureRows;

    /// <summary>A column's vectors.</summary>
    internal FeatureRows Vectors(int column) => (FeatureRows)Held(column);

    /// <summary>What the elements of a column's vectors are.</summary>
    internal ElementNames ElementsOf(int column) => columns[column].Elements ?? ElementNames.Of(NameOf(column), Vectors(column).Size);

    /// <summary>The labels of a column of class numbers; null where it has none.</summary>
    internal IReadOnlyList<string>? LabelsOf(int column) => columns[column].Labels;

    /// <summary>How many classes a column of class numbers has; 0 where that is not known, or where it is no such column.</summary>
    internal int ClassesOf(int column) => columns[column].Classes;

    /// <summary>Says that a column is of class numbers, as Spark's metadata does.</summary>
    /// <param name="column">Its number.</param>
    /// <param name="classes">How many classes; 0: unknown.</param>
    /// <param name="labels">What they are called; null: nothing.</param>
    internal void SetClasses(int column, int classes, IReadOnlyList<string>? labels)
    {
        columns[column].Classes = classes;
        columns[column].Labels = labels;
    }

    /// <summary>Gives another column the values of one, as they stand: what is then put into either does not change the other.</summary>
    /// <param name="column">The one.</param>
    /// <param name="other">The other.</param>
    public void Share(int column, int other)
    {
        columns[other].Held = Held(column);
        columns[other].Nulls = columns[column].Nulls;
    }

    /// <summary>Forgets a column that nothing reads any more.</summary>
    public void Release(int column)
    {
        columns[column].Held = null;
        columns[column].Nulls = null;
    }

    /// <summary>Keeps some rows and drops the others, in every column.</summary>
    /// <param name="keep">For each row whether it stays.</param>
    public void Keep(ReadOnlySpan<bool> keep)
    {
        int[] kept = Flags.PlacesOf(keep[..Count]);
        if (kept.Length == Count)
            return;
        for (int i = 0; i < columns.Length; i++)
            columns[i] = columns[i].Take(kept, Count);
        for (int i = 0; i < kept.Length; i++)
            origins[i] = origins[kept[i]];
        Count = kept.Length;
    }

    /// <summary>A value as a reader sees it.</summary>
    internal string TextAt(int column, int row) => Nulls(column) is { IsEmpty: false } nulls && nulls[row] ? "null" : Held(column) switch
    {
        FeatureRows vectors => vectors.At(row).ToString(),
        int[] ids => "[" + string.Join(", ", ids.AsSpan(ids.Length / Count * row, ids.Length / Count).ToArray()) + "]",
        Array values => RowWay.TextOf(values.GetValue(row)),
        _ => "",
    };

    /// <summary>Some of the rows as a batch of their own: columns made in one are not in the other, and a value changed in one is not changed in the other.</summary>
    /// <param name="rows">Which, in this order.</param>
    public ColumnBatch Take(ReadOnlySpan<int> rows) => new(this, rows);

    private object Held(int column) => columns[column].Held ?? throw new InvalidOperationException($"Column {columns[column].Name} has not been made yet, or nothing was to read it any more.");

    private sealed class Column
    {
        public required string Name { get; init; }

        public object? Held
        {
            get;
            set
            {
                // Who asks first for the blocks ends the last one: here, where no other thread can be asking.
                if (value is FeatureRows vectors)
                    _ = vectors.Blocks;
                field = value;
            }
        }

        public bool[]? Nulls { get; set; }

        public ElementNames? Elements { get; set; }

        public IReadOnlyList<string>? Labels { get; set; }

        public int Classes { get; set; }

        public Column Take(ReadOnlySpan<int> rows, int count) => new()
        {
            Name = Name,
            Held = Held switch
            {
                null => null,
                FeatureRows vectors => vectors.Take(rows),
                Array values => Taken(values, rows, count),
                _ => throw new InvalidOperationException(),
            },
            Nulls = Nulls is null ? null : (bool[])Taken(Nulls, rows, count),
            Elements = Elements,
            Labels = Labels,
            Classes = Classes,
        };

        // Ids have a run of values a row.
        private static Array Taken(Array values, ReadOnlySpan<int> rows, int count)
        {
            int run = count == 0 ? 0 : values.Length / count;
            Array taken = Array.CreateInstanceFromArrayType(values.GetType(), checked(rows.Length * run));
            for (int i = 0; i < rows.Length; i++)
                Array.Copy(values, rows[i] * run, taken, i * run, run);
            return taken;
        }
    }
}
