using System;
using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>Drops rows that have null or NaN in some columns; as Spark's <c>na.drop</c>, which does not look into vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropNullsStage
{
    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="columns">Columns of any kind.</param>
    public static void Transform(ColumnBatch batch, ReadOnlySpan<int> columns)
    {
        bool[] keep = new bool[batch.Count];
        Array.Fill(keep, true);
        foreach (int column in columns)
        {
            ReadOnlySpan<bool> nulls = batch.Nulls(column);
            for (int row = 0; row < nulls.Length; row++)
                keep[row] &= !nulls[row];
            if (!batch.HoldsNumbers(column))
                continue;
            ReadOnlySpan<double> values = batch.Numbers(column);
            for (int row = 0; row < values.Length; row++)
                keep[row] &= Keeps(values[row]);
        }

        batch.Keep(keep);
    }

    /// <summary>Whether a row stays that has this number.</summary>
    public static bool Keeps(double value) => !double.IsNaN(value);

    /// <summary>Whether a row stays that has this number.</summary>
    public static bool Keeps(double? value) => value is { } number && Keeps(number);
}
