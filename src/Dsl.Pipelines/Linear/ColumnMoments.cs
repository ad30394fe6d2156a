using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>Weighted mean and deviation of each column, as MLlib's summaries have them: the variance is the sample's, Σ w (x - mean)² / (W - Σ w² / W); a constant column has exactly 0.</summary>
internal sealed class ColumnMoments
{
    private const int MostParts = 32;

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

    /// <summary>Those of rows with weights (null: 1 each).</summary>
    public static ColumnMoments Of(FeatureRows rows, double[]? weights)
    {
        foreach (FeatureBlock block in rows.Blocks)
        {
            if (block.IsSparse)
                return OfSparse(rows, weights);
        }

        return OfDense(rows, weights);
    }

    /// <summary>
    /// Block by block, twice while a block lies in the cache, first means and then squares about them; blocks are put together by Chan, Golub and LeVeque, 1979. Values are taken from the
    /// first row's, so that a constant column leaves exactly 0.
    /// </summary>
    private static ColumnMoments OfDense(FeatureRows rows, double[]? weights)
    {
        int parts = Math.Min(rows.Blocks.Count, MostParts);
        double[] origin = rows.Blocks[0].Values[..rows.Size];
        Gathered[] gathered = new Gathered[parts];
        ParallelParts.Run(parts, part =>
        {
            Gathered sum = new(rows.Size);
            int end = (int)((long)rows.Blocks.Count * (part + 1) / parts);
            for (int block = (int)((long)rows.Blocks.Count * part / parts); block < end; block++)
                sum.Add(Gathered.Of(rows.Blocks[block], weights, origin));
            gathered[part] = sum;
        });
        Gathered all = gathered[0];
        for (int part = 1; part < parts; part++)
            all.Add(gathered[part]);
        double denominator = all.Total - (all.TotalSquares / all.Total);
        double[] mean = new double[rows.Size];
        double[] variance = new double[rows.Size];
        for (int column = 0; column < mean.Length; column++)
        {
            mean[column] = origin[column] + all.Mean[column];
            variance[column] = denominator > 0 ? all.Squares[column] / denominator : 0;
        }

        return new ColumnMoments(mean, variance, all.Total);
    }

    /// <summary>By Welford's update over what is held.</summary>
    private static ColumnMoments OfSparse(FeatureRows rows, double[]? weights)
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

    /// <summary>Sums of some rows: means of what is left when the origin is taken off, and squares about them.</summary>
    private sealed unsafe class Gathered(int size)
    {
        public double[] Mean { get; } = new double[size];

        public double[] Squares { get; } = new double[size];

        public double Total { get; private set; }

        public double TotalSquares { get; private set; }

        public static Gathered Of(FeatureBlock block, double[]? weights, double[] origin)
        {
            Gathered sum = new(block.Size);
            double[] ofRows = new double[block.Rows];
            if (weights is null)
                ofRows.AsSpan().Fill(1);
            else
                weights.AsSpan(block.First, block.Rows).CopyTo(ofRows);
            foreach (double w in ofRows)
                sum.Total += w;
            sum.TotalSquares = Doubles.Dot(ofRows, ofRows);
            if (sum.Total == 0)
                return sum;
            double[] middle = new double[block.Size];
            fixed (double* x = block.Values)
            fixed (double* w = ofRows)
            fixed (double* from = origin)
            fixed (double* means = sum.Mean)
            fixed (double* about = middle)
            fixed (double* squares = sum.Squares)
            {
                RowProducts.AddDifferences(x, block.Rows, block.Size, from, w, means);
                for (int i = 0; i < middle.Length; i++)
                {
                    means[i] /= sum.Total;
                    about[i] = from[i] + means[i];
                }

                RowProducts.AddSquaredDifferences(x, block.Rows, block.Size, about, w, squares);
            }

            return sum;
        }

        public void Add(Gathered other)
        {
            double total = Total + other.Total;
            TotalSquares += other.TotalSquares;
            if (other.Total == 0)
                return;
            double share = other.Total / total;
            for (int i = 0; i < Mean.Length; i++)
            {
                double delta = other.Mean[i] - Mean[i];
                Mean[i] += delta * share;
                Squares[i] += other.Squares[i] + (delta * delta * Total * share);
            }

            Total = total;
        }
    }
}
