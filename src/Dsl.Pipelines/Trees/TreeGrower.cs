using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Randomness;
using Dsl.Runtime;

namespace Dsl.Pipelines.Trees;

/// <summary>What bounds the growth of trees; names, defaults and meaning are MLlib's.</summary>
internal sealed record GrowOptions
{
    public int MaxDepth { get; init; } = 5;

    public int MaxBins { get; init; } = 32;

    public int MinInstancesPerNode { get; init; } = 1;

    public double MinWeightFractionPerNode { get; init; }

    public double MinInfoGain { get; init; }

    /// <summary>How many features a node looks at; drawn anew for each where it is not all.</summary>
    public int FeaturesPerNode { get; init; } = int.MaxValue;
}

/// <summary>
/// Grows one tree or several at once, level by level, from histograms of binned features. To come to MLlib's trees node by node, the sums of a bin are made row by row in the rows' order,
/// bins are added upwards, and of equal gains the first split of a feature and then the first feature wins: equal gains are told apart by their last bit. So threads share out nodes and
/// features and never the rows of one histogram. Of two large siblings one has the sums of the node above less the other's.
/// </summary>
internal sealed unsafe class TreeGrower
{
    private const double Epsilon = 2.220446049250313e-16;

    // Fewer features than this are not worth a thread's going over the rows, and threads whose shares are few wait for each other.
    private const int FewestFeatures = 8;
    private const int SharesPerThread = 4;

    private readonly BinnedRows binned;
    private readonly double[]? weights;
    private readonly Impurity impurity;
    private readonly GrowOptions options;
    private readonly CancellationToken cancellation;
    private readonly double leastWeight;
    private readonly int[] usable;
    private readonly SplitSearch search;
    private readonly RowPartition partition;
    private readonly int featureStride;
    private readonly Stack<double[]> free = new();
    private double[] labels = [];

    /// <summary>Prepares growth.</summary>
    /// <param name="binned">The rows.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="impurity">What is to become small.</param>
    /// <param name="options">What bounds the trees.</param>
    /// <param name="cancellation">Stops between levels.</param>
    public TreeGrower(BinnedRows binned, double[]? weights, Impurity impurity, GrowOptions options, CancellationToken cancellation)
    {
        this.binned = binned;
        this.weights = weights;
        this.impurity = impurity;
        this.options = options;
        this.cancellation = cancellation;
        double total = weights is null ? binned.Count : 0;
        for (int row = 0; weights is not null && row < weights.Length; row++)
            total += weights[row];
        leastWeight = options.MinWeightFractionPerNode * total;
        usable = Usable(null);
        search = new SplitSearch(impurity, Unordered());
        partition = new RowPartition(binned);
        featureStride = binned.MostBins * impurity.Sums;
    }

    /// <summary>Told after each level: how deep the trees are, and the mean impurity of their leaves.</summary>
    public IProgress<Iterate>? Levels { get; init; }

    /// <summary>Grows a tree for each list of rows; leaves that need not be apart are one.</summary>
    /// <param name="rows">The rows of each tree.</param>
    /// <param name="labels">Of numbers the label of every row of the table; classes are with the rows.</param>
    /// <param name="seed">What the features of nodes are drawn from.</param>
    public GrowingNode[] Grow(TreeSample[] rows, double[] labels, long seed)
    {
        this.labels = labels;
        GrowingNode[] roots = Array.ConvertAll(rows, own => new GrowingNode(own, 0, 0, own.Count));
        Stack<GrowingNode> open = new(roots);
        JavaRandom random = new(seed);
        bool isWhole = options.FeaturesPerNode >= binned.Size;
        List<GrowingNode> round = [];
        List<GrowingNode> parted = [];
        double lost = 0;
        double total = 0;
        for (int depth = 0; open.Count > 0; depth++)
        {
            cancellation.ThrowIfCancellationRequested();
            round.Clear();
            while (open.TryPop(out GrowingNode? node))
            {
                node.Features = isWhole ? usable : Usable(Drawn(random));
                round.Add(node);
            }

            Split(round, parted);
            Report(round, depth, ref lost, ref total);
            Part(parted, isWhole);
            foreach (GrowingNode node in InTreeOrder(round))
            {
                if (node.Left is { IsLeaf: false } left)
                    open.Push(left);
                if (node.Right is { IsLeaf: false } right)
                    open.Push(right);
            }
        }

        foreach (GrowingNode root in roots)
            root.Prune(impurity);
        return roots;
    }

    /// <summary>More than two classes look at every subset of few enough categories.</summary>
    private bool[] Unordered()
    {
        int most = (int)(Math.Log2((Math.Min(options.MaxBins, binned.Count) / 2) + 1) + 1);
        return Array.ConvertAll(binned.Features, feature => impurity is ClassImpurity { Classes: > 2 } && feature.Categories > 0 && feature.Categories <= most);
    }

    /// <summary>Those of some features, or of all, that have bins to part.</summary>
    private int[] Usable(int[]? some)
    {
        List<int> several = [];
        int count = some?.Length ?? binned.Size;
        for (int i = 0; i < count; i++)
        {
            int feature = some is null ? i : some[i];
            if (binned.Features[feature].BinCount > 1)
                several.Add(feature);
        }

        return [.. several];
    }

    /// <summary>A reservoir (Vitter's R), drawn from a generator of the node's own. The order of what is drawn is the order in which features are looked at.</summary>
    private int[] Drawn(JavaRandom random)
    {
        XorShiftRandom own = new(random.NextLong());
        int[] drawn = new int[options.FeaturesPerNode];
        for (int i = 0; i < binned.Size; i++)
        {
            if (i < drawn.Length)
            {
                drawn[i] = i;
                continue;
            }

            long slot = (long)(own.NextDouble() * (i + 1));
            if (slot < drawn.Length)
                drawn[slot] = i;
        }

        return drawn;
    }

    /// <summary>Looks at every feature of every node, several at a time; of each node the best split.</summary>
    private void Split(List<GrowingNode> round, List<GrowingNode> parted)
    {
        List<Look> looks = LooksOf(round);
        List<Look> kept = FillsOf(round.FindAll(node => node.Histogram is not null && node.Less is null));
        ParallelParts.Run(kept.Count, i => Fill(kept[i], kept[i].Node.Histogram.AsSpan(kept[i].First * featureStride, kept[i].Count * featureStride)));
        foreach (GrowingNode node in round)
        {
            if (node.Sums is not null)
                continue;
            node.Sums = node.Features.Length > 0 ? search.RootSums(node.Features[0], binned.Features[node.Features[0]], BinsOf(node.Histogram, 0, node.Features[0])) : SumsOf(node);
            node.Impurity = impurity.Of(node.Sums);
        }

        int sums = impurity.Sums;
        FoundSplit[] found = new FoundSplit[looks.Count];
        double[] sides = ArrayPool<double>.Shared.Rent(looks.Count * 2 * sums);
        ParallelParts.Run(looks.Count, i => LookAt(looks[i], ref found[i], sides.AsSpan(i * 2 * sums, 2 * sums)));
        parted.Clear();
        for (int i = 0; i < looks.Count;)
        {
            GrowingNode node = looks[i].Node;
            int best = i;
            for (; i < looks.Count && looks[i].Node == node; i++)
            {
                if (found[i].Gain > found[best].Gain)
                    best = i;
            }

            if (Choose(node, found[best], sides.AsSpan(best * 2 * sums, 2 * sums)))
                parted.Add(node);
            else
                Release(node);
        }

        ArrayPool<double>.Shared.Return(sides);
    }

    /// <summary>Shares nodes and their features out. Where few nodes are open, a node's features are several threads'.</summary>
    private List<Look> LooksOf(List<GrowingNode> round)
    {
        List<Look> looks = new(round.Count);
        int fills = round.FindAll(node => node.Less is null).Count;
        int shares = Compute.Threads == 1 ? 1 : Math.Max(1, SharesPerThread * Compute.Threads / fills);
        foreach (GrowingNode node in round)
        {
            if (node.Sums is null && node.Features.Length > 0)
                node.Histogram = Rent(node.Features.Length);
            int size = Math.Max(FewestFeatures, (node.Features.Length + shares - 1) / shares);
            for (int first = 0; first < node.Features.Length; first += size)
                looks.Add(new Look(node, first, Math.Min(size, node.Features.Length - first)));
        }

        return looks;
    }

    /// <summary>
    /// Shares out the sums that are kept: what a row costs beside its features' additions is paid once a share, so that no node has more shares than threads are its due. Largest first, by
    /// turns to each thread.
    /// </summary>
    private static List<Look> FillsOf(List<GrowingNode> nodes)
    {
        List<Look> fills = [];
        long rows = 0;
        foreach (GrowingNode node in nodes)
            rows += node.Count;
        foreach (GrowingNode node in nodes)
        {
            int shares = (int)((((long)node.Count * Compute.Threads) + rows - 1) / Math.Max(1, rows));
            int size = Math.Max(FewestFeatures, (node.Features.Length + shares - 1) / Math.Max(1, shares));
            for (int first = 0; first < node.Features.Length; first += size)
                fills.Add(new Look(node, first, Math.Min(size, node.Features.Length - first)));
        }

        fills.Sort((a, b) => ((long)b.Node.Count * b.Count).CompareTo((long)a.Node.Count * a.Count));
        List<Look> dealt = new(fills.Count);
        for (int thread = 0; thread < Compute.Threads; thread++)
        {
            for (int i = thread; i < fills.Count; i += Compute.Threads)
                dealt.Add(fills[i]);
        }

        return dealt;
    }

    private void LookAt(Look look, ref FoundSplit found, Span<double> sides)
    {
        GrowingNode node = look.Node;
        int length = look.Count * featureStride;
        double[]? rented = node.Histogram is null ? ArrayPool<double>.Shared.Rent(length) : null;
        Span<double> bins = rented is null ? node.Histogram.AsSpan(look.First * featureStride, length) : rented.AsSpan(0, length);
        if (rented is not null)
            Fill(look, bins);
        else if (node.Less is { } sibling)
            impurity.Subtract(bins, sibling.Histogram.AsSpan(look.First * featureStride, length));
        SplitBounds bounds = new(node.Impurity, options.MinInstancesPerNode, leastWeight, options.MinInfoGain);
        for (int i = 0; i < look.Count; i++)
        {
            int feature = node.Features[look.First + i];
            search.Improve(ref found, sides, feature, binned.Features[feature], BinsOf(bins, i, feature), bounds);
        }

        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    private ReadOnlySpan<double> BinsOf(ReadOnlySpan<double> histogram, int place, int feature) => histogram.Slice(place * featureStride, binned.Features[feature].BinCount * impurity.Sums);

    private void Fill(Look look, Span<double> histogram)
    {
        GrowingNode node = look.Node;
        histogram.Clear();
        fixed (ulong* rows = &node.Tree.Rows[node.First])
        fixed (int* features = &node.Features[look.First])
        fixed (double* labels = this.labels)
        fixed (double* weights = this.weights)
        fixed (double* sums = histogram)
        {
            HistogramWork work = new()
            {
                Rows = rows,
                Count = node.Count,
                Features = features,
                FeatureCount = look.Count,
                Labels = labels,
                Weights = weights,
                Sums = sums,
                FeatureStride = featureStride,
            };
            impurity.Fill(work, binned);
        }
    }

    /// <summary>The sums of a node's rows, in their order.</summary>
    private double[] SumsOf(GrowingNode node)
    {
        double[] sums = new double[impurity.Sums];
        foreach (ulong row in node.Tree.Rows.AsSpan(node.First, node.Count))
            impurity.Add(sums, row, labels, weights);
        return sums;
    }

    private bool Choose(GrowingNode node, FoundSplit best, ReadOnlySpan<double> sides)
    {
        if (best.Gain <= 0 || node.Depth == options.MaxDepth)
            return false;
        double[] thresholds = binned.Features[best.Feature].Thresholds;
        node.Gain = best.Gain;
        node.Cut = best.Cut;
        node.Split = new TreeSplit(best.Feature, best.LeftCategories is null ? thresholds[best.Cut] : 0, best.LeftCategories);
        node.LeftSums = sides[..impurity.Sums].ToArray();
        node.RightSums = sides[impurity.Sums..].ToArray();
        return true;
    }

    /// <summary>Parts the rows of nodes that gain, and says which children take their sums from above.</summary>
    private void Part(List<GrowingNode> parted, bool isWhole)
    {
        int[] middles = partition.Run(parted);
        for (int i = 0; i < parted.Count; i++)
        {
            GrowingNode node = parted[i];
            GrowingNode left = node.Left = Child(node, node.First, middles[i], node.LeftSums);
            GrowingNode right = node.Right = Child(node, middles[i], node.End, node.RightSums);
            GrowingNode more = left.Count > right.Count ? left : right;
            GrowingNode fewer = more == left ? right : left;
            if (isWhole && node.Histogram is not null && !left.IsLeaf && !right.IsLeaf && more.Count >= impurity.FewestSubtracted)
            {
                more.Histogram = node.Histogram;
                more.Less = fewer;
                fewer.Histogram = Rent(node.Features.Length);
                node.Histogram = null;
                continue;
            }

            Release(node);
            KeepIfLarge(left, isWhole);
            KeepIfLarge(right, isWhole);
        }
    }

    private void KeepIfLarge(GrowingNode node, bool isWhole)
    {
        if (isWhole && !node.IsLeaf && node.Count >= impurity.FewestSubtracted)
            node.Histogram = Rent(usable.Length);
    }

    private GrowingNode Child(GrowingNode parent, int first, int end, double[] sums)
    {
        GrowingNode child = new(parent.Tree, parent.Depth + 1, first, end);
        if (parent.Less is not null && impurity.IsDoubtful(sums))
            sums = SumsOf(child);
        child.Sums = sums;
        child.Impurity = impurity.Of(sums);
        child.IsLeaf = child.Depth == options.MaxDepth || Math.Abs(child.Impurity) < Epsilon;
        return child;
    }

    private double[] Rent(int features) => free.TryPop(out double[]? histogram) ? histogram : new double[features * featureStride];

    private void Release(GrowingNode node)
    {
        if (node.Histogram is { } histogram)
            free.Push(histogram);
        node.Histogram = null;
    }

    /// <summary>Nodes tree by tree in the order in which Scala's immutable map holds so many trees, each tree's as they were taken: what the next draws depend on.</summary>
    private static IEnumerable<GrowingNode> InTreeOrder(List<GrowingNode> round)
    {
        SortedDictionary<int, List<GrowingNode>> byTree = [];
        foreach (GrowingNode node in round)
        {
            if (!byTree.TryGetValue(node.Tree.Index, out List<GrowingNode>? own))
                byTree.Add(node.Tree.Index, own = []);
            own.Add(node);
        }

        foreach (int tree in ScalaMap.OrderOf([.. byTree.Keys]))
        {
            foreach (GrowingNode node in byTree[tree])
                yield return node;
        }
    }

    private void Report(List<GrowingNode> round, int depth, ref double lost, ref double total)
    {
        if (Levels is null)
            return;
        foreach (GrowingNode node in round)
        {
            double weight = impurity.WeightOf(node.Sums);
            total += depth == 0 ? weight : 0;
            lost += (depth == 0 ? node.Impurity * weight : 0) - (node.Gain * weight);
        }

        Levels.Report(new Iterate(depth + 1, lost / total));
    }

    /// <summary>Some features of a node, which a thread looks at.</summary>
    private readonly record struct Look(GrowingNode Node, int First, int Count);
}
