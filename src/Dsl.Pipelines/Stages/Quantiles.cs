using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Stages;

/// <summary>Exact quantiles, which are values that occur: Spark's <c>approxQuantile</c> with relativeError 0.</summary>
internal static class Quantiles
{
    /// <summary>The value below or at which a share of the values lies.</summary>
    /// <param name="values">Ascending, at least one, none NaN.</param>
    /// <param name="share">0 to 1; the smallest and the largest value.</param>
    public static double OfSorted(ReadOnlySpan<double> values, double share) => values[RankOf(share, values.Length)];

    /// <summary>Quantiles of each element of vectors; NaN is left out, what a sparse row does not hold is 0.</summary>
    /// <param name="rows">The vectors.</param>
    /// <param name="shares">Each 0 to 1.</param>
    /// <returns>For each element a value for each share; none where all is NaN.</returns>
    public static double[][] OfElements(FeatureRows rows, params double[] shares)
    {
        int size = rows.Size;
        int[] ends = new int[size];
        int[] nans = new int[size];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int i = 0; i < block.Values.Length; i++)
            {
                int element = block.ElementOf(i);
                if (double.IsNaN(block.Values[i]))
                    nans[element]++;
                else
                    ends[element]++;
            }
        }

        for (int element = 1; element < size; element++)
            ends[element] = checked(ends[element] + ends[element - 1]);
        double[] sorted = new double[size == 0 ? 0 : ends[^1]];
        int[] filled = [0, .. ends.AsSpan(0, Math.Max(0, size - 1))];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int i = 0; i < block.Values.Length; i++)
            {
                if (!double.IsNaN(block.Values[i]))
                    sorted[filled[block.ElementOf(i)]++] = block.Values[i];
            }
        }

        double[][] quantiles = new double[size][];
        ParallelParts.Run(size, element =>
        {
            int start = element == 0 ? 0 : ends[element - 1];
            Span<double> held = sorted.AsSpan(start, ends[element] - start);
            held.Sort();
            quantiles[element] = OfElement(held, rows.Count - nans[element] - held.Length, shares);
        });
        return quantiles;
    }

    private static int RankOf(double share, int count) => Math.Clamp((int)Math.Ceiling(share * count), 1, count) - 1;

    private static double[] OfElement(ReadOnlySpan<double> held, int zeros, double[] shares)
    {
        int count = held.Length + zeros;
        if (count == 0)
            return [];
        int below = 0;
        while (below < held.Length && held[below] < 0)
            below++;
        double[] found = new double[shares.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            int rank = RankOf(shares[i], count);
            found[i] = rank < below ? held[rank] : rank < below + zeros ? 0 : held[rank - zeros];
        }

        return found;
    }
}
