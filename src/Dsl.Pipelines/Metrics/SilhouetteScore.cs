using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Metrics;

/// <summary>
/// The silhouette (Rousseeuw, 1987) by sums of clusters in place of pairs of rows, as Spark MLlib has it: with squared Euclidean distances, or cosines, the mean distance to a cluster's rows
/// is known from the sum of its rows and the sum of their squared lengths.
/// </summary>
internal sealed class SilhouetteScore
{
    private readonly FeatureRows rows;
    private readonly int[] clusterOf;
    private readonly double[] sums;
    private readonly double[] counts;

    // Of each cluster the mean squared length of its rows, and of each row its length.
    private readonly double[] squares;
    private readonly double[] lengths;
    private readonly bool cosine;

    private SilhouetteScore(FeatureRows rows, int[] clusterOf, int clusters, double[] lengths, bool cosine)
    {
        this.rows = rows;
        this.clusterOf = clusterOf;
        this.lengths = lengths;
        this.cosine = cosine;
        sums = GroupSums.Of(rows, clusterOf, clusters, cosine ? [.. lengths.Select(length => 1 / length)] : null).Sums;
        counts = new double[clusters];
        squares = new double[clusters];
        for (int row = 0; row < clusterOf.Length; row++)
        {
            counts[clusterOf[row]]++;
            squares[clusterOf[row]] += lengths[row] * lengths[row];
        }

        for (int cluster = 0; cluster < clusters; cluster++)
            squares[cluster] /= counts[cluster];
    }

    /// <summary>Measures rows in their clusters.</summary>
    public static double Of(string score, FeatureRows rows, ReadOnlySpan<double> predictions, bool cosine)
    {
        double[] clusters = [.. new SortedSet<double>(predictions.ToArray())];
        if (clusters.Length < 2)
            throw new PipelineException(score, $"needs two clusters or more, but all {rows.Count} rows are in cluster {Shown.Exactly(clusters[0])}");
        int[] clusterOf = new int[rows.Count];
        for (int row = 0; row < clusterOf.Length; row++)
            clusterOf[row] = Array.BinarySearch(clusters, predictions[row]);
        double[] lengths = new double[rows.Count];
        ParallelParts.Run(rows.Blocks.Count, part =>
        {
            FeatureBlock block = rows.Blocks[part];
            for (int i = 0; i < block.Rows; i++)
                lengths[block.First + i] = Doubles.Norm(RowElements.Of(block, i).Values);
        });
        if (cosine && Array.IndexOf(lengths, 0) is >= 0 and int zero)
            throw new PipelineException(score, "is by cosine, which a row of zeros has none of").At(zero);
        return new SilhouetteScore(rows, clusterOf, clusters.Length, lengths, cosine).Mean();
    }

    private double Mean()
    {
        double[] partial = new double[rows.Blocks.Count];
        ParallelParts.Run(partial.Length, part =>
        {
            FeatureBlock block = rows.Blocks[part];
            double[] buffer = cosine ? new double[rows.Size] : [];
            for (int i = 0; i < block.Rows; i++)
            {
                // A row of length 1, as it is in the sums: so much is rounded as in MLlib.
                RowElements row = RowElements.Of(block, i);
                partial[part] += OfRow(cosine ? row.Scaled(1 / lengths[block.First + i], buffer) : row, block.First + i);
            }
        });
        return partial.Sum() / rows.Count;
    }

    private double OfRow(RowElements row, int number)
    {
        int own = clusterOf[number];
        if (counts[own] == 1)
            return 0;
        double next = double.PositiveInfinity;
        for (int cluster = 0; cluster < counts.Length; cluster++)
        {
            if (cluster != own)
                next = Math.Min(next, MeanDistance(row, lengths[number], cluster));
        }

        double within = MeanDistance(row, lengths[number], own) * counts[own] / (counts[own] - 1);
        return within < next ? 1 - (within / next) : within > next ? (next / within) - 1 : 0;
    }

    private double MeanDistance(RowElements row, double length, int cluster)
    {
        double product = row.Dot(sums.AsSpan(cluster * rows.Size, rows.Size)) / counts[cluster];
        return cosine ? 1 - product : (length * length) + squares[cluster] - (2 * product);
    }
}
