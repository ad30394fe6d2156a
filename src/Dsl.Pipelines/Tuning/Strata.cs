using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>Which rows have equal values in a column, so that a share can hold for every value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Strata
{
    /// <summary>The stratum of a row that has no value: what needs one leaves it out.</summary>
    internal const int None = -1;

    /// <summary>Numbers the values by their first row.</summary>
    /// <returns>A number a row, from 0; -1 of null, which is left out.</returns>
    public static int[] Of(ReadOnlySpan<string?> values)
    {
        int[] strata = new int[values.Length];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        for (int row = 0; row < strata.Length; row++)
            strata[row] = values[row] is { } value ? NumberOf(value, numbers) : None;
        return strata;
    }

    /// <summary>Numbers the values by their first row.</summary>
    /// <returns>A number a row, from 0; -1 of NaN, which stands for null and is left out.</returns>
    public static int[] Of(ReadOnlySpan<double> values)
    {
        int[] strata = new int[values.Length];
        Dictionary<double, int> numbers = [];
        for (int row = 0; row < strata.Length; row++)
            strata[row] = double.IsNaN(values[row]) ? None : NumberOf(values[row], numbers);
        return strata;
    }

    private static int NumberOf<T>(T value, Dictionary<T, int> numbers)
        where T : notnull
    {
        if (!numbers.TryGetValue(value, out int number))
            numbers.Add(value, number = numbers.Count);
        return number;
    }

    /// <summary>The rows of each stratum, in order; without strata all rows are one.</summary>
    internal static List<int[]> Groups(int rows, int[]? strata)
    {
        List<List<int>> groups = [];
        for (int row = 0; row < rows; row++)
        {
            int stratum = strata?[row] ?? 0;
            if (stratum == None)
                continue;
            while (groups.Count <= stratum)
                groups.Add([]);
            groups[stratum].Add(row);
        }

        return groups.ConvertAll(group => group.ToArray());
    }
}
