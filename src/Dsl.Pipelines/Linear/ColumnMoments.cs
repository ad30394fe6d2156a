using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>Weighted mean and deviation of each column, as MLlib's summaries have them: the variance is the sample's, Σ w (x - mean)² / (W - Σ w² / W); a constant column has exactly 0.</summary>
internal sealed class ColumnMoments
{
    private ColumnMoments(double[] mean, double[] variance, double total)
    {
        Mean = mean;
        Variance = variance;
        Deviation = Array.ConvertAll(variance, Math.Sqrt);
        Total = total;
    }

    /// <summary>Means.</summary>
    public double[] Mean { get; }

    /// <summary>Sample variances, 0 of one row.</summary>
    public double[] Variance { get; }

    /// <summary>Sample deviations, 0 of one row.</summary>
    public double[] Deviation { get; }

    /// <summary>W, the sum of the weights.</summary>
    public double Total { get; }

    /// <summary>Those of some columns alone; null: all.</summary>
    public ColumnMoments Of(int[]? columns) =>
        columns is null ? this : new ColumnMoments(Array.ConvertAll(columns, column => Mean[column]), Array.ConvertAll(columns, column => Variance[column]), Total);

    /// <summary>Those of one column of numbers.</summary>
    public static ColumnMoments Of(double[] values, double[]? weights)
    {
        FeatureRows rows = FeatureRows.Zeros(1, values.Length);
        foreach (FeatureBlock block in rows.Blocks)
            values.AsSpan(block.First, block.Rows).CopyTo(block.Values);
        return Of(rows, weights);
    }

    /// <summary>Those of rows with weights (null: 1 each), by Welford's update.</summary>
    public static ColumnMoments Of(FeatureRows rows, double[]? weights)
    {
        int size = rows.Size;
        double[] mean = new double[size];
        double[] squares = new double[size];
        double[] seen = new double[size];
        double total = 0;
        double totalSquares = 0;
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                double w = weights is null ? 1 : weights[block.First + row];
                if (w == 0)
                    continue;
                total += w;
                totalSquares += w * w;
                (int first, int end) = block.IsSparse ? (block.Starts![row], block.Starts[row + 1]) : (row * size, (row + 1) * size);
                for (int i = first; i < end; i++)
                {
                    double x = block.Values[i];
                    if (x == 0)
                        continue;
                    int column = block.IsSparse ? block.Indices![i] : i - first;
                    double delta = x - mean[column];
                    seen[column] += w;
                    mean[column] += delta * (w / seen[column]);
                    squares[column] += w * delta * (x - mean[column]);
                }
            }
        }

        // What was not seen is zero: two groups are put together (Chan, Golub and LeVeque 1979).
        double denominator = total - (totalSquares / total);
        double[] variance = new double[size];
        for (int column = 0; column < size; column++)
        {
            double ofSeen = mean[column];
            mean[column] *= seen[column] / total;
            double sum = squares[column] + (ofSeen * ofSeen * seen[column] * (total - seen[column]) / total);
            variance[column] = denominator > 0 ? Math.Max(0, sum / denominator) : 0;
        }

        return new ColumnMoments(mean, variance, total);
    }
}
