using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>Weighted mean and deviation of each column, as MLlib's summaries have them: the variance is the sample's, Σ w (x - mean)² / (W - Σ w² / W); a constant column has exactly 0.</summary>
internal sealed class ColumnMoments
{
    private const int MostParts = 32;
    private const int ColumnParts = 64;

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
            {
                SparseColumns columns = new(rows);
                return Of(columns, weights).Spread(columns.Occurring, rows.Size);
            }
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

    /// <summary>Those of the columns that occur, by Welford's update over what is held of each; columns are shared out among threads, and each is summed in the order of the rows.</summary>
    public static ColumnMoments Of(SparseColumns columns, double[]? weights)
    {
        double total = weights is null ? columns.Rows : 0;
        double totalSquares = total;
        foreach (double w in weights ?? [])
        {
            total += w;
            totalSquares += w * w;
        }

        int size = columns.Occurring.Length;
        double denominator = total - (totalSquares / total);
        double[] mean = new double[size];
        double[] variance = new double[size];
        ParallelParts.Run(ColumnParts, part =>
        {
            for (int column = columns.FirstColumn(part, ColumnParts); column < columns.FirstColumn(part + 1, ColumnParts); column++)
            {
                (mean[column], double squares) = OfColumn(columns, column, weights, total);
                variance[column] = denominator > 0 ? Math.Max(0, squares / denominator) : 0;
            }
        });
        return new ColumnMoments(mean, variance, total);
    }

    private static (double Mean, double Squares) OfColumn(SparseColumns columns, int column, double[]? weights, double total)
    {
        double mean = 0;
        double squares = 0;
        double seen = 0;
        for (int i = columns.Starts[column]; i < columns.Starts[column + 1]; i++)
        {
            double w = weights is null ? 1 : weights[columns.RowOf[i]];
            if (w == 0)
                continue;
            double x = columns.ByColumn[i];
            double delta = x - mean;
            seen += w;
            mean += delta * (w / seen);
            squares += w * delta * (x - mean);
        }

        // What was not seen is zero: two groups are put together (Chan, Golub and LeVeque 1979).
        return (mean * (seen / total), squares + (mean * mean * seen * (total - seen) / total));
    }

    /// <summary>Of all columns, where those that do not occur are zero.</summary>
    private ColumnMoments Spread(int[] occurring, int size)
    {
        double[] mean = new double[size];
        double[] variance = new double[size];
        for (int i = 0; i < occurring.Length; i++)
        {
            mean[occurring[i]] = Mean[i];
            variance[occurring[i]] = Variance[i];
        }

        return new ColumnMoments(mean, variance, Total);
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
