using System;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Numerics;

/// <summary>The sample covariance of the elements of vectors, over n - 1, from centred rows; row behind row, the same bits for any number of threads.</summary>
internal static class Covariance
{
    /// <summary>All of it, size × size, symmetric.</summary>
    /// <param name="rows">At least two.</param>
    public static double[] Of(FeatureRows rows)
    {
        int size = rows.Size;
        double[] mean = MeanOf(rows);
        double[] covariance = new double[size * size];
        double[] centred = new double[Math.Min(rows.RowsPerBlock, rows.Count) * size];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                Span<double> elements = centred.AsSpan(row * size, size);
                block.CopyRow(row, elements);
                for (int i = 0; i < size; i++)
                    elements[i] -= mean[i];
            }

            int count = block.Rows;
            ParallelParts.Run(size, i =>
            {
                Span<double> upper = covariance.AsSpan((i * size) + i, size - i);
                for (int row = 0; row < count; row++)
                {
                    ReadOnlySpan<double> right = centred.AsSpan((row * size) + i, size - i);
                    Doubles.AddScaled(upper, right[0], right);
                }
            });
        }

        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
            {
                covariance[(i * size) + j] /= rows.Count - 1;
                covariance[(j * size) + i] = covariance[(i * size) + j];
            }
        }

        return covariance;
    }

    private static double[] MeanOf(FeatureRows rows)
    {
        double[] mean = new double[rows.Size];
        foreach (FeatureBlock block in rows.Blocks)
        {
            double[] sums = new double[rows.Size];
            for (int i = 0; i < block.Values.Length; i++)
                sums[block.Indices is null ? i % block.Size : block.Indices[i]] += block.Values[i];
            for (int i = 0; i < sums.Length; i++)
                mean[i] += sums[i];
        }

        for (int i = 0; i < mean.Length; i++)
            mean[i] /= rows.Count;
        return mean;
    }
}
