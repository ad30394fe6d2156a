using System;
using System.Collections.Generic;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Clustering;

/// <summary>Lloyd's steps (Least Squares Quantization in PCM, 1982) as Spark MLlib takes them: every row to its nearest centre, every centre to the mean of its rows.</summary>
internal sealed class KMeansFit
{
    private readonly FeatureRows rows;
    private readonly double[]? weights;
    private readonly KMeansOptions options;

    // Squared lengths of the rows, and what a row counts in its centre's sum: of the cosine less the longer it is.
    private readonly double[] squares;
    private readonly double[]? shares;
    private readonly int[] nearest;

    private KMeansFit(FeatureRows rows, double[]? weights, KMeansOptions options)
    {
        this.rows = rows;
        this.weights = weights;
        this.options = options;
        nearest = new int[rows.Count];
        squares = new double[rows.Count];
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        ParallelParts.Run(blocks.Count, part =>
        {
            for (int row = 0; row < blocks[part].Rows; row++)
                squares[blocks[part].First + row] = Centers.Square(RowElements.Of(blocks[part], row).Values);
        });
        shares = weights;
        if (options.Cosine)
        {
            shares = new double[rows.Count];
            for (int row = 0; row < shares.Length; row++)
                shares[row] = (weights is null ? 1 : weights[row]) / Math.Sqrt(squares[row]);
        }
    }

    /// <summary>Finds clusters.</summary>
    /// <param name="rows">The rows, at least one, finite; none all zeros where the cosine is asked for.</param>
    /// <param name="weights">A weight a row; null: 1 each. The first centres are drawn without.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told each step and its cost; null for nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static KMeansFitted Of(FeatureRows rows, double[]? weights, KMeansOptions options, IProgress<Iterate>? progress = null, CancellationToken cancellation = default) =>
        new KMeansFit(rows, weights, options).Run(progress, cancellation);

    private KMeansFitted Run(IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        if (!Doubles.AreFinite(squares))
            return new KMeansFitted(new Centers(new double[rows.Size], rows.Size, options.Cosine), double.NaN, 0);
        Centers centers = new(FirstCenters.Of(rows, squares, options), rows.Size, options.Cosine);
        GroupSums sums = new(rows, centers.Count);
        Centers? before = null;
        int steps = 0;
        for (bool moved = true; moved && steps < options.MaxIter;)
        {
            cancellation.ThrowIfCancellationRequested();
            before = centers;
            sums.Add(block => before.Nearest(block, squares, nearest), nearest, shares);
            centers = new Centers(Means(before, sums), rows.Size, options.Cosine);
            moved = HasMoved(before, centers, sums.Weights);
            steps++;
            progress?.Report(new Iterate(steps, Cost(before)));
        }

        // MLlib's cost is that of the last assignment, before its centres moved.
        return new KMeansFitted(centers, before is null ? 0 : Cost(before), steps);
    }

    private double[] Means(Centers before, GroupSums sums)
    {
        double[] means = sums.Sums.AsSpan().ToArray();
        for (int center = 0; center < before.Count; center++)
        {
            Span<double> mean = means.AsSpan(center * rows.Size, rows.Size);
            if (!(sums.Weights[center] > 0))
            {
                before.At(center).CopyTo(mean);
                continue;
            }

            Doubles.Scale(mean, 1 / sums.Weights[center]);
            if (options.Cosine)
                Doubles.Scale(mean, 1 / Doubles.Norm(mean));
        }

        return means;
    }

    private bool HasMoved(Centers before, Centers after, double[] counts)
    {
        for (int center = 0; center < after.Count; center++)
        {
            if (!(counts[center] > 0))
                continue;
            RowElements there = new(after.At(center));
            double distance = before.Distance(there, Centers.Square(there.Values), center);
            if (!(distance <= (options.Cosine ? options.Tol : options.Tol * options.Tol)))
                return true;
        }

        return false;
    }

    private double Cost(Centers centers)
    {
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        double[] costs = new double[blocks.Count];
        ParallelParts.Run(blocks.Count, part =>
        {
            FeatureBlock block = blocks[part];
            double sum = 0;
            for (int row = block.First; row < block.First + block.Rows; row++)
                sum += (weights is null ? 1 : weights[row]) * centers.Distance(RowElements.Of(block, row - block.First), squares[row], nearest[row]);
            costs[part] = sum;
        });
        double cost = 0;
        foreach (double part in costs)
            cost += part;
        return cost;
    }
}

/// <summary>Clusters that were found.</summary>
/// <param name="Centers">Their centres.</param>
/// <param name="Cost">Σ over rows of weight by distance from the centre, as it was before the last step moved the centres; not finite where squared distances leave a double's range.</param>
/// <param name="Steps">How many steps were taken.</param>
internal sealed record KMeansFitted(Centers Centers, double Cost, int Steps);
