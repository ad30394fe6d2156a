using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>Which rows have equal values in a column, so that a share can hold for every value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Strata
{
    /// <summary>Numbers the values by their first row; null is a value too.</summary>
    /// <returns>A number a row, from 0.</returns>
    public static int[] Of(ReadOnlySpan<string?> values) => Numbered(values, StringComparer.Ordinal);

    /// <summary>Numbers the values by their first row; NaN, which stands for null, is a value too.</summary>
    /// <returns>A number a row, from 0.</returns>
    public static int[] Of(ReadOnlySpan<double> values) => Numbered(values, EqualityComparer<double>.Default);

    private static int[] Numbered<T>(ReadOnlySpan<T> values, IEqualityComparer<T> comparer)
    {
        int[] strata = new int[values.Length];
        Dictionary<ValueTuple<T>, int> numbers = new(new OfValues<T>(comparer));
        for (int row = 0; row < strata.Length; row++)
        {
            if (!numbers.TryGetValue(new(values[row]), out strata[row]))
                numbers.Add(new(values[row]), strata[row] = numbers.Count);
        }

        return strata;
    }

    /// <summary>The rows of each stratum, in order; without strata all rows are one.</summary>
    internal static List<int[]> Groups(int rows, int[]? strata)
    {
        List<List<int>> groups = [];
        for (int row = 0; row < rows; row++)
        {
            int stratum = strata?[row] ?? 0;
            while (groups.Count <= stratum)
                groups.Add([]);
            groups[stratum].Add(row);
        }

        return groups.ConvertAll(group => group.ToArray());
    }

    // A dictionary's key cannot be null, a tuple of null can.
    private sealed class OfValues<T>(IEqualityComparer<T> comparer) : IEqualityComparer<ValueTuple<T>>
    {
        public bool Equals(ValueTuple<T> x, ValueTuple<T> y) => comparer.Equals(x.Item1, y.Item1);

        public int GetHashCode(ValueTuple<T> value) => value.Item1 is null ? 0 : comparer.GetHashCode(value.Item1);
    }
}
