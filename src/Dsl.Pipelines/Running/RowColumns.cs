using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;

namespace Dsl.Pipelines;

/// <summary>Makes a batch of rows.</summary>
/// <param name="rows">The rows.</param>
/// <param name="first">Which the first of them is among all, from 0, for messages.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ColumnBatch BatchRead<TRow>(ReadOnlySpan<TRow> rows, long first);

/// <summary>What generated code calls between rows of C# and columns of a batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowColumns
{
    /// <summary>Which rows are null, or null where none is.</summary>
    public static bool[]? NullsOf(bool[] nulls) => Array.IndexOf(nulls, true) < 0 ? null : nulls;

    /// <summary>A number of a column that may be null.</summary>
    public static double? NumberOrNull(ColumnBatch batch, int column, int row) => IsNull(batch, column, row) ? null : batch.Numbers(column)[row];

    /// <summary>A flag of a column that may be null.</summary>
    public static bool? FlagOrNull(ColumnBatch batch, int column, int row) => IsNull(batch, column, row) ? null : batch.Numbers(column)[row] != 0;

    /// <summary>A text of a column that may be null.</summary>
    public static string? TextOrNull(ColumnBatch batch, int column, int row) => IsNull(batch, column, row) ? null : batch.Texts(column)[row];

    /// <summary>Tokens of a column that may be null.</summary>
    public static string[]? TokensOrNull(ColumnBatch batch, int column, int row) => IsNull(batch, column, row) ? null : batch.Tokens(column)[row];

    /// <summary>A value, such as a time, of a column that may be null.</summary>
    public static T? ValueOrNull<T>(ColumnBatch batch, int column, int row)
        where T : struct => IsNull(batch, column, row) ? null : batch.Values<T>(column)[row];

    /// <summary>A vector of a column that may be null.</summary>
    public static Vector? VectorOrNull(ColumnBatch batch, int column, int row) => IsNull(batch, column, row) ? null : batch.VectorAt(column, row);

    /// <summary>Whether a row is null there.</summary>
    public static bool IsNull(ColumnBatch batch, int column, int row) => batch.Nulls(column) is { IsEmpty: false } nulls && nulls[row];

    /// <summary>Whether a row has no label or weight: null or NaN. -1 is no column, where nothing is missing.</summary>
    public static bool IsMissing(ColumnBatch batch, int column, int row) => column >= 0 && (IsNull(batch, column, row) || (batch.HasNumbers(column) && double.IsNaN(batch.Numbers(column)[row])));

    /// <summary>A flag as a number.</summary>
    public static double? NumberOf(bool? flag) => flag is { } known ? (known ? 1 : 0) : null;

    /// <summary>A class number, or null for NaN: what a stage that makes training columns has of a row without one.</summary>
    public static double? OrNull(double value) => double.IsNaN(value) ? null : value;

    /// <summary>The ids of a row, copied.</summary>
    public static int[] IdsAt(ColumnBatch batch, int column, int length, int row) => batch.Ids(column, length).Slice(row * length, length).ToArray();

    /// <summary>A vector over an array, which it does not copy.</summary>
    public static Vector VectorOf(double[] values) => new(values, 0, values.Length);

    /// <summary>A vector of an array's numbers.</summary>
    public static Vector VectorOf(float[] values) => new(Array.ConvertAll(values, value => (double)value), 0, values.Length);

    /// <summary>The vector itself: so that one name serves all types.</summary>
    public static Vector VectorOf(Vector value) => value;

    /// <summary>Holds a row's vector to its size.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="size">The elements that it has.</param>
    /// <param name="wanted">Those that it must have; 0: any but none.</param>
    /// <exception cref="PipelineException">It has others.</exception>
    public static void CheckSize(string column, int size, int wanted)
    {
        if (IsWrongSize(size, wanted))
            throw WrongSize(column, size, wanted);
    }

    /// <inheritdoc cref="CheckSize(string, int, int)"/>
    public static void CheckSize(string column, int size, int wanted, long row)
    {
        if (IsWrongSize(size, wanted))
            throw WrongSize(column, size, wanted).At(row);
    }

    /// <summary>A column of numbers; none where no row is left.</summary>
    public static ReadOnlySpan<double> Numbers(ColumnBatch batch, int column) => batch.Count == 0 ? [] : batch.Numbers(column);

    /// <summary>Rows as an array; one that is given is not copied.</summary>
    public static TRow[] All<TRow>(IEnumerable<TRow> rows) => rows as TRow[] ?? [.. rows];

    /// <summary>Rows as columns. In a frame of its own, so that nothing of the fit that goes on holds the rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="read">Makes a batch of them.</param>
    public static ColumnBatch Read<TRow>(IEnumerable<TRow> rows, BatchRead<TRow> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return read(All(rows), 0);
    }

    /// <summary>Which rows a split holds back.</summary>
    /// <param name="batch">Those that reached the split.</param>
    /// <param name="train">Which of these stay.</param>
    public static int[] HeldRows(ColumnBatch batch, ReadOnlySpan<bool> train)
    {
        ArgumentNullException.ThrowIfNull(batch);
        List<int> held = [];
        for (int row = 0; row < train.Length; row++)
        {
            if (!train[row])
                held.Add(batch.Origins[row]);
        }

        return [.. held];
    }

    /// <summary>Some of the rows.</summary>
    public static TRow[] Held<TRow>(TRow[] rows, int[] held) => Array.ConvertAll(held, row => rows[row]);

    /// <summary>Measures the rows that were held back; an error names a row by its number among all that the fit was given.</summary>
    /// <param name="evaluate">Measures.</param>
    /// <param name="held">The rows.</param>
    /// <param name="numbers">Their numbers.</param>
    public static TScores Scored<TRow, TScores>(Func<IEnumerable<TRow>, TScores> evaluate, TRow[] held, int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentNullException.ThrowIfNull(numbers);
        try
        {
            return evaluate(held);
        }
        catch (PipelineException error) when (error.Row is { } row)
        {
            throw error.At(numbers[row]);
        }
    }

    /// <summary>The error of a row that is null.</summary>
    public static PipelineException NoRow(long row) => new PipelineException("", "The row is null: a pipeline takes rows").At(row);

    /// <summary>The error of a value that cannot be null by its declaration, and is.</summary>
    public static PipelineException NullIn(string column) => new(column, "is null, and its declaration says that it cannot be: write ? behind its type, and Imputer or DropNulls before what reads it");

    /// <inheritdoc cref="NullIn(string)"/>
    public static PipelineException NullIn(string column, long row) => NullIn(column).At(row);

    private static bool IsWrongSize(int size, int wanted) => wanted == 0 ? size == 0 : size != wanted;

    private static PipelineException WrongSize(string column, int size, int wanted) =>
        new(column, string.Create(CultureInfo.InvariantCulture, $"has {size} elements, and wanted {(wanted == 0 ? "is at least 1" : $"are {wanted}")}"));
}
