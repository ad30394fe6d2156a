using System;
using System.Collections.Generic;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Trees;

/// <summary>A feature as trees see it: which bin each row falls into, and what parts the bins.</summary>
/// <param name="Bins">The bin of each row.</param>
/// <param name="Thresholds">Of a continuous feature the values between its bins, ascending: bin b is above threshold b - 1 and at most threshold b. Empty of a categorical one.</param>
/// <param name="Categories">Of a categorical feature how many categories there are, each a bin; 0 of a continuous one.</param>
internal sealed record BinnedFeature(ushort[] Bins, double[] Thresholds, int Categories)
{
    /// <summary>How many bins there are.</summary>
    public int BinCount => Categories > 0 ? Categories : Thresholds.Length + 1;
}

/// <summary>
/// Sorts values into at most so many bins of about equal weight, from all rows. Between which values is cut is as in Spark MLlib (which looks at a sample only of more than 10,000 rows).
/// </summary>
internal static class Binning
{
    /// <summary>The bins of all features.</summary>
    /// <param name="features">The rows.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="categories">How many categories each feature has, 0 of a continuous one.</param>
    /// <param name="maxBins">The most bins; also bounded by the number of rows.</param>
    /// <exception cref="ArgumentException">A categorical feature has more categories than there are bins, or a value that is none of them.</exception>
    public static BinnedFeature[] Of(FeatureRows features, double[]? weights, int[] categories, int maxBins)
    {
        int bins = Math.Min(maxBins, features.Count);
        BinnedFeature[] binned = new BinnedFeature[features.Size];
        IReadOnlyList<FeatureBlock> blocks = features.Blocks;
        ParallelParts.Run(features.Size, feature =>
        {
            double[] values = Column(blocks, features.Count, feature);
            binned[feature] = categories[feature] > 0
                ? Categorical(values, categories[feature], bins, feature)
                : Continuous(values, Thresholds(values, weights, bins));
        });
        return binned;
    }

    /// <summary>Midpoints of neighbouring values: all of them where they are few, else those at which the weight that lies below is nearest to an even share.</summary>
    public static double[] Thresholds(double[] values, double[]? weights, int bins)
    {
        double[] sorted = [.. values];
        double[]? sortedWeights = weights is null ? null : [.. weights];
        if (sortedWeights is null)
            Array.Sort(sorted);
        else
            Array.Sort(sorted, sortedWeights);
        List<double> different = [];
        List<double> counts = [];
        double total = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double weight = sortedWeights is null ? 1 : sortedWeights[i];
            if (weight == 0)
                continue;
            total += weight;
            if (different.Count > 0 && different[^1] == sorted[i])
            {
                counts[^1] += weight;
                continue;
            }

            different.Add(sorted[i]);
            counts.Add(weight);
        }

        List<double> thresholds = [];
        bool all = different.Count - 1 <= bins - 1;
        double stride = total / bins;
        double target = stride;
        double seen = counts.Count > 0 ? counts[0] : 0;
        for (int i = 1; i < different.Count; i++)
        {
            double before = seen;
            seen += counts[i];
            if (!all && Math.Abs(before - target) >= Math.Abs(seen - target))
                continue;
            thresholds.Add((different[i - 1] + different[i]) / 2);
            target += stride;
        }

        return [.. thresholds];
    }

    /// <summary>The bin of a value: how many thresholds are below it.</summary>
    public static int BinOf(double value, double[] thresholds)
    {
        int low = 0;
        int high = thresholds.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (value <= thresholds[middle])
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static BinnedFeature Continuous(double[] values, double[] thresholds)
    {
        ushort[] bins = new ushort[values.Length];
        for (int row = 0; row < values.Length; row++)
            bins[row] = (ushort)BinOf(values[row], thresholds);
        return new BinnedFeature(bins, thresholds, 0);
    }

    private static BinnedFeature Categorical(double[] values, int categories, int mostBins, int feature)
    {
        if (categories > mostBins)
            throw new ArgumentException($"Feature {feature} has {categories} categories, but there are only {mostBins} bins (MaxBins, and one a row at most).");
        ushort[] bins = new ushort[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            if (!(value >= 0 && value < categories) || value != Math.Floor(value))
                throw new ArgumentException($"Row {row}, feature {feature}: {value} is none of the categories 0 to {categories - 1}.");
            bins[row] = (ushort)value;
        }

        return new BinnedFeature(bins, [], categories);
    }

    private static double[] Column(IReadOnlyList<FeatureBlock> blocks, int count, int feature)
    {
        double[] values = new double[count];
        foreach (FeatureBlock block in blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                if (block.Indices is null)
                {
                    values[block.First + row] = block.Values[(row * block.Size) + feature];
                    continue;
                }

                int at = Array.BinarySearch(block.Indices, block.Starts![row], block.Starts[row + 1] - block.Starts[row], feature);
                values[block.First + row] = at >= 0 ? block.Values[at] : 0;
            }
        }

        return values;
    }
}
