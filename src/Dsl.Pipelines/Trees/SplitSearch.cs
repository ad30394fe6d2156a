using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Trees;

/// <summary>A split that was found, and what it gains.</summary>
internal struct FoundSplit
{
    /// <summary>What it gains; 0 where none gains.</summary>
    public double Gain { get; set; }

    /// <summary>By which feature.</summary>
    public int Feature { get; set; }

    /// <summary>Of a continuous feature the last bin on the left.</summary>
    public int Cut { get; set; }

    /// <summary>Of a categorical one those that go left, ascending; else null.</summary>
    public int[]? LeftCategories { get; set; }
}

/// <summary>Looks for the best split by the sums of a feature's bins. Of equal gains the first split wins; sums are added in MLlib's order, so that those are equal that are there.</summary>
/// <param name="impurity">What a split lowers.</param>
/// <param name="isUnordered">Of each feature whether every subset of its categories is looked at.</param>
internal sealed class SplitSearch(Impurity impurity, bool[] isUnordered)
{
    /// <summary>The best split of a feature where it is better than what was found before.</summary>
    /// <param name="found">What was found before.</param>
    /// <param name="sides">The sums of its left side and behind them those of its right, written anew where a better one is found.</param>
    /// <param name="index">The feature's number.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="bins">The sums of its bins.</param>
    /// <param name="bounds">What a split must have.</param>
    public void Improve(ref FoundSplit found, Span<double> sides, int index, BinnedFeature feature, ReadOnlySpan<double> bins, SplitBounds bounds)
    {
        if (isUnordered[index])
        {
            ImproveBySubset(ref found, sides, index, bins, bounds);
            return;
        }

        int sums = impurity.Sums;
        int[]? order = feature.Categories > 0 ? OrderOf(bins) : null;
        if (order is not null)
            bins = InOrder(bins, order);
        Cut best = impurity.BestCut(bins, bounds);
        if (!(best.Gain > found.Gain))
            return;
        int[]? categories = order?[..(best.At + 1)];
        if (categories is not null)
            Array.Sort(categories);
        found = new FoundSplit { Gain = best.Gain, Feature = index, Cut = best.At, LeftCategories = categories };
        Span<double> left = sides[..sums];
        Span<double> right = sides[sums..];
        bins[..sums].CopyTo(left);
        for (int bin = 1; bin <= best.At; bin++)
            Add(left, bins.Slice(bin * sums, sums));
        left.CopyTo(right);
        for (int bin = best.At + 1; bin < feature.BinCount; bin++)
            Add(right, bins.Slice(bin * sums, sums));
        for (int i = 0; i < sums; i++)
            right[i] -= left[i];
    }

    /// <summary>The sums of a root, which are those of its first split put together: the first bin, and the total less it.</summary>
    /// <param name="index">The feature that it looks at first.</param>
    /// <param name="feature">The same.</param>
    /// <param name="bins">The sums of its bins.</param>
    /// <param name="root">Where they go.</param>
    public void RootSums(int index, BinnedFeature feature, ReadOnlySpan<double> bins, Span<double> root)
    {
        int sums = impurity.Sums;
        if (feature.Categories > 0 && !isUnordered[index])
            bins = InOrder(bins, OrderOf(bins));
        bins[..sums].CopyTo(root);
        for (int bin = 1; bin < feature.BinCount; bin++)
            Add(root, bins.Slice(bin * sums, sums));
        for (int i = 0; i < sums; i++)
            root[i] = bins[i] + (root[i] - bins[i]);
    }

    private static void Add(Span<double> target, ReadOnlySpan<double> added)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = added[i] + target[i];
    }

    private int[] OrderOf(ReadOnlySpan<double> bins)
    {
        int sums = impurity.Sums;
        int[] order = new int[bins.Length / sums];
        double[] keys = new double[order.Length];
        for (int bin = 0; bin < order.Length; bin++)
        {
            ReadOnlySpan<double> own = bins.Slice(bin * sums, sums);
            order[bin] = bin;
            keys[bin] = impurity.WeightOf(own) > 0 ? impurity.OrderOf(own) : double.MaxValue;
        }

        Array.Sort(order, (a, b) => keys[a].CompareTo(keys[b]) is not 0 and int by ? by : a.CompareTo(b));
        return order;
    }

    private double[] InOrder(ReadOnlySpan<double> bins, int[] order)
    {
        int sums = impurity.Sums;
        double[] ordered = new double[bins.Length];
        for (int i = 0; i < order.Length; i++)
            bins.Slice(order[i] * sums, sums).CopyTo(ordered.AsSpan(i * sums));
        return ordered;
    }

    /// <summary>All ways to part a few categories in two: bit j of 1, 2, ... says that category j goes left.</summary>
    private void ImproveBySubset(ref FoundSplit found, Span<double> sides, int index, ReadOnlySpan<double> bins, SplitBounds bounds)
    {
        int sums = impurity.Sums;
        int count = bins.Length / sums;
        double[] total = new double[sums];
        for (int at = 0; at < bins.Length; at++)
            total[at % sums] += bins[at];
        double[] left = new double[sums];
        double[] right = new double[sums];
        int best = 0;
        for (int subset = 1; subset < 1 << (count - 1); subset++)
        {
            Array.Clear(left);
            for (int at = 0; at < bins.Length; at++)
            {
                if ((subset >> (at / sums) & 1) != 0)
                    left[at % sums] += bins[at];
            }

            for (int i = 0; i < sums; i++)
                right[i] = total[i] - left[i];
            double gain = impurity.GainOf(left, right, bounds);
            if (!(gain > found.Gain))
                continue;
            found.Gain = gain;
            best = subset;
            left.CopyTo(sides);
            right.CopyTo(sides[sums..]);
        }

        if (best == 0)
            return;
        List<int> categories = [];
        for (int category = 0; category < count; category++)
        {
            if ((best >> category & 1) != 0)
                categories.Add(category);
        }

        found = new FoundSplit { Gain = found.Gain, Feature = index, LeftCategories = [.. categories] };
    }
}
