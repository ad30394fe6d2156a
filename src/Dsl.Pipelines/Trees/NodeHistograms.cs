using System;
using System.Collections.Generic;
using Dsl.Pipelines.Numerics;
using Dsl.Runtime;

namespace Dsl.Pipelines.Trees;

/// <summary>
/// Fills the histograms of nodes, on all threads. The sums of a bin are made row by row in the rows' order; of a node with more rows than MLlib's bins are taken from they are made in parts
/// of the rows, which depend on nothing but the table, and are added in the parts' order.
/// </summary>
/// <param name="binned">The bins of all rows.</param>
/// <param name="weights">Weight of each row; null: 1 each.</param>
/// <param name="impurity">Which sums a bin has.</param>
/// <param name="mostFeatures">The most features of a node.</param>
internal sealed unsafe class NodeHistograms(BinnedRows binned, double[]? weights, Impurity impurity, int mostFeatures)
{
    /// <summary>Fewer features than this are not worth a thread's going over the rows.</summary>
    public const int FewestFeatures = 8;

    // A part's rows should outweigh its zeros and their sum; and all parts together take at most 32 MiB beside the first.
    private const int PartRows = 8 * 1024;
    private const int MostParts = 16;
    private const int MostElements = 1 << 22;

    private readonly Stack<double[]> free = new();
    private readonly int stride = binned.MostBins * impurity.Sums;

    /// <summary>Of numbers the label of every row of the table; classes are with the rows.</summary>
    public double[] Labels { get; set; } = [];

    /// <summary>Doubles of a node's features.</summary>
    public int Length => mostFeatures * stride;

    /// <summary>
    /// Whether a node's sums are made in parts of the rows, or from those above: a large root's, and where every node looks at the same features all large ones'. What is drawn for
    /// a node is seldom what was drawn above.
    /// </summary>
    public bool IsInParts(OpenNode node) => node.Count >= impurity.FewestSubtracted && (node.Number == 0 || mostFeatures == binned.Size);

    /// <summary>Gives a node memory for the bins of its features, if it has none.</summary>
    public void Rent(OpenNode node) => node.Histogram ??= Rent();

    /// <summary>Takes it back.</summary>
    public void Release(OpenNode node)
    {
        if (node.Histogram is { } histogram)
            Return(histogram);
        node.Histogram = null;
    }

    /// <summary>Some features of a node's memory.</summary>
    /// <param name="node">A node with memory.</param>
    /// <param name="first">The place of the first among the node's features.</param>
    /// <param name="features">How many.</param>
    public Span<double> Of(OpenNode node, int first, int features) => node.Histogram.AsSpan(first * stride, features * stride);

    /// <summary>The bins of one feature.</summary>
    /// <param name="histogram">Sums of some features.</param>
    /// <param name="place">The feature's place among those.</param>
    /// <param name="feature">The feature.</param>
    public ReadOnlySpan<double> BinsOf(ReadOnlySpan<double> histogram, int place, int feature) => histogram.Slice(place * stride, binned.Features[feature].BinCount * impurity.Sums);

    /// <summary>Sums all rows of nodes into the memory that they have.</summary>
    public void Fill(List<OpenNode> nodes)
    {
        List<Part> parts = PartsOf(nodes);
        ParallelParts.Run(parts.Count, i => Fill(parts[i].Node, parts[i].FirstRow, parts[i].Rows, parts[i].FirstFeature, parts[i].Features, parts[i].Sums.AsSpan()));
        List<Part> joined = parts.FindAll(part => part.FirstRow > part.Node.Node.First);
        if (joined.Count == 0)
            return;

        // In the rows' order, some features a thread.
        joined.Sort((a, b) => a.Number.CompareTo(b.Number));
        int slices = (mostFeatures + FewestFeatures - 1) / FewestFeatures;
        ParallelParts.Run(slices, slice =>
        {
            foreach (Part part in joined)
            {
                int first = slice * FewestFeatures;
                int features = Math.Min(FewestFeatures, part.Features - first);
                if (features > 0)
                    Doubles.AddScaled(Of(part.Node, first, features), 1, part.Sums.AsSpan(first * stride, features * stride));
            }
        });
        foreach (Part part in joined)
            Return(part.Memory);
    }

    /// <summary>Sums all rows of a node for all its features, in the rows' order.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sums">Where to; what was there is lost.</param>
    public void Fill(OpenNode node, Span<double> sums) => Fill(node, node.Node.First, node.Count, 0, node.FeatureCount, sums[..(node.FeatureCount * stride)]);

    private void Fill(OpenNode node, int firstRow, int count, int first, int features, Span<double> sums)
    {
        sums.Clear();
        fixed (ulong* rows = &node.Tree.Rows[firstRow])
        fixed (int* ofFeatures = node.Features)
        fixed (double* labels = Labels)
        fixed (double* ofRows = weights)
        fixed (double* to = sums)
        {
            HistogramWork work = new()
            {
                Rows = rows,
                Count = count,
                Features = ofFeatures + first,
                FeatureCount = features,
                Labels = labels,
                Weights = ofRows,
                Sums = to,
                FeatureStride = stride,
            };
            impurity.Fill(work, binned);
        }
    }

    /// <summary>
    /// Shares the sums out: large nodes by rows; others, where a node is more than a thread's due, by features, which costs what a row does beside its features' additions once a share.
    /// Largest first, by turns to each thread.
    /// </summary>
    private List<Part> PartsOf(List<OpenNode> nodes)
    {
        List<Part> parts = [];
        long rows = 0;
        foreach (OpenNode node in nodes)
            rows += node.Count;
        foreach (OpenNode node in nodes)
        {
            int from = node.Node.First;
            int rowParts = RowPartsOf(node);
            for (int part = 0; rowParts > 1 && part < rowParts; part++)
            {
                int first = (int)((long)node.Count * part / rowParts);
                int end = (int)((long)node.Count * (part + 1) / rowParts);
                parts.Add(new Part(parts.Count, node, from + first, end - first, 0, node.FeatureCount, part == 0 ? node.Histogram! : Rent(), 0, node.FeatureCount * stride));
            }

            if (rowParts > 1)
                continue;
            int shares = (int)((((long)node.Count * Compute.Threads) + rows - 1) / Math.Max(1, rows));
            int size = Math.Max(FewestFeatures, (node.FeatureCount + shares - 1) / Math.Max(1, shares));
            for (int first = 0; first < node.FeatureCount; first += size)
            {
                int features = Math.Min(size, node.FeatureCount - first);
                parts.Add(new Part(parts.Count, node, from, node.Count, first, features, node.Histogram!, first * stride, features * stride));
            }
        }

        parts.Sort((a, b) => b.Cost.CompareTo(a.Cost));
        List<Part> dealt = new(parts.Count);
        for (int thread = 0; thread < Compute.Threads; thread++)
        {
            for (int i = thread; i < parts.Count; i += Compute.Threads)
                dealt.Add(parts[i]);
        }

        return dealt;
    }

    /// <summary>In how many parts a node's rows are summed; 0 or 1: in their order.</summary>
    private int RowPartsOf(OpenNode node) =>
        IsInParts(node) && node.FeatureCount > 0 ? Math.Clamp(Math.Min((node.Count + PartRows - 1) / PartRows, 1 + (MostElements / (node.FeatureCount * stride))), 1, MostParts) : 0;

    private double[] Rent()
    {
        lock (free)
        {
            if (free.TryPop(out double[]? histogram))
                return histogram;
        }

        return new double[Length];
    }

    private void Return(double[] histogram)
    {
        lock (free)
            free.Push(histogram);
    }

    /// <summary>Some rows and features of a node, which a thread sums.</summary>
    private readonly record struct Part(int Number, OpenNode Node, int FirstRow, int Rows, int FirstFeature, int Features, double[] Memory, int Offset, int Length)
    {
        public ArraySegment<double> Sums => new(Memory, Offset, Length);

        public long Cost => (long)Rows * Features;
    }
}
