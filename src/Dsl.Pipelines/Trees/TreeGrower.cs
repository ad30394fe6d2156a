using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
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
/// features, and the rows of one histogram only where MLlib itself would see but a sample of them. Of two large siblings one has the sums of the node above less the other's.
/// </summary>
internal sealed class TreeGrower
{
    private const double Epsilon = 2.220446049250313e-16;

    // Fewer features than this are not worth a thread's going over the rows, and threads whose shares are few wait for each other.
    private const int FewestFeatures = 8;
    private const int SharesPerThread = 4;

    // A node's draws are a fraction of a microsecond.
    private const int NodesAtOnce = 64;

    private readonly BinnedRows binned;
    private readonly double[]? weights;
    private readonly Impurity impurity;
    private readonly GrowOptions options;
    private readonly CancellationToken cancellation;
    private readonly double leastWeight;
    private readonly int[] usable;
    private readonly SplitSearch search;
    private readonly RowPartition partition;
    private readonly NodeHistograms histograms;
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
        usable = Usable([.. Enumerable.Range(0, binned.Size)]);
        search = new SplitSearch(impurity, Unordered());
        partition = new RowPartition(binned);
        histograms = new NodeHistograms(binned, weights, impurity, Math.Min(options.FeaturesPerNode, binned.Size));
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
        histograms.Labels = labels;
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
                if (isWhole)
                    node.Features = usable;
                else
                    node.Seed = random.NextLong();
                round.Add(node);
            }

            if (!isWhole)
                Draw(round);
            Split(round, parted);
            Report(round, depth, ref lost, ref total);
            Part(parted, isWhole);
            PushChildren(round, roots.Length, open);
        }

        ParallelParts.Run(roots.Length, tree => roots[tree].Prune(impurity));
        return roots;
    }

    /// <summary>More than two classes look at every subset of few enough categories.</summary>
    private bool[] Unordered()
    {
        int most = (int)(Math.Log2((Math.Min(options.MaxBins, binned.Count) / 2) + 1) + 1);
        return Array.ConvertAll(binned.Features, feature => impurity is ClassImpurity { Classes: > 2 } && feature.Categories > 0 && feature.Categories <= most);
    }

    /// <summary>Those of some features that have bins to part.</summary>
    private int[] Usable(int[] some) => Array.TrueForAll(some, HasBins) ? some : Array.FindAll(some, HasBins);

    private bool HasBins(int feature) => binned.Features[feature].BinCount > 1;

    private void Draw(List<GrowingNode> round) => ParallelParts.Run((round.Count + NodesAtOnce - 1) / NodesAtOnce, chunk =>
    {
        XorShiftRandom own = new(0);
        for (int i = chunk * NodesAtOnce; i < Math.Min(round.Count, (chunk + 1) * NodesAtOnce); i++)
        {
            own.Begin(round[i].Seed);
            round[i].Features = Usable(Drawn(own));
        }
    });

    /// <summary>A reservoir (Vitter's R), drawn from a generator of the node's own. The order of what is drawn is the order in which features are looked at.</summary>
    private int[] Drawn(XorShiftRandom own)
    {
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
        histograms.Fill(round.FindAll(node => node.Histogram is not null && node.Less is null));
        foreach (GrowingNode node in round)
        {
            if (node.Sums is not null)
                continue;
            node.Sums = node.Features.Length > 0 ? search.RootSums(node.Features[0], binned.Features[node.Features[0]], histograms.BinsOf(node.Histogram, 0, node.Features[0])) : SumsOf(node);
            node.Impurity = impurity.Of(node.Sums);
        }

        int sums = impurity.Sums;
        FoundSplit[] found = new FoundSplit[looks.Count];
        double[] sides = ArrayPool<double>.Shared.Rent(looks.Count * 2 * sums);
        ParallelParts.Run(looks.Count, i =>
        {
            LookAt(looks[i], ref found[i], sides.AsSpan(i * 2 * sums, 2 * sums));
            if (looks[i].Count == looks[i].Node.Features.Length)
                Choose(looks[i].Node, found[i], sides.AsSpan(i * 2 * sums, 2 * sums));
        });
        parted.Clear();
        for (int i = 0; i < looks.Count;)
        {
            GrowingNode node = looks[i].Node;
            int first = i;
            int best = i;
            for (; i < looks.Count && looks[i].Node == node; i++)
            {
                if (found[i].Gain > found[best].Gain)
                    best = i;
            }

            if (i - first > 1)
                Choose(node, found[best], sides.AsSpan(best * 2 * sums, 2 * sums));
            if (node.Split is not null)
                parted.Add(node);
            else
                histograms.Release(node);
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
                histograms.Rent(node);
            int size = Math.Max(FewestFeatures, (node.Features.Length + shares - 1) / shares);
            for (int first = 0; first < node.Features.Length; first += size)
                looks.Add(new Look(node, first, Math.Min(size, node.Features.Length - first)));
        }

        return looks;
    }

    private void LookAt(Look look, ref FoundSplit found, Span<double> sides)
    {
        GrowingNode node = look.Node;
        int length = histograms.LengthOf(look.Count);
        double[]? rented = node.Histogram is null ? ArrayPool<double>.Shared.Rent(length) : null;
        Span<double> bins = rented is null ? histograms.Of(node, look.First, look.Count) : rented.AsSpan(0, length);
        if (rented is not null)
            histograms.Fill(node, look.First, look.Count, bins);
        else if (node.Less is { } sibling)
            impurity.Subtract(bins, histograms.Of(sibling, look.First, look.Count));
        SplitBounds bounds = new(node.Impurity, options.MinInstancesPerNode, leastWeight, options.MinInfoGain);
        for (int i = 0; i < look.Count; i++)
        {
            int feature = node.Features[look.First + i];
            search.Improve(ref found, sides, feature, binned.Features[feature], histograms.BinsOf(bins, i, feature), bounds);
        }

        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The sums of a node's rows, in their order.</summary>
    private double[] SumsOf(GrowingNode node)
    {
        double[] sums = new double[impurity.Sums];
        foreach (ulong row in node.Tree.Rows.AsSpan(node.First, node.Count))
            impurity.Add(sums, row, labels, weights);
        return sums;
    }

    /// <summary>Parts a node by the best split of all its features, where it gains.</summary>
    private void Choose(GrowingNode node, FoundSplit best, ReadOnlySpan<double> sides)
    {
        if (best.Gain <= 0 || node.Depth == options.MaxDepth)
            return;
        double[] thresholds = binned.Features[best.Feature].Thresholds;
        node.Gain = best.Gain;
        node.Cut = best.Cut;
        node.Split = new TreeSplit(best.Feature, best.LeftCategories is null ? thresholds[best.Cut] : 0, best.LeftCategories);
        node.LeftSums = sides[..impurity.Sums].ToArray();
        node.RightSums = sides[impurity.Sums..].ToArray();
    }

    /// <summary>Parts the rows of nodes that gain, and says which children take their sums from above.</summary>
    private void Part(List<GrowingNode> parted, bool isWhole)
    {
        partition.Run(parted, (node, middle) =>
        {
            node.Left = Child(node, node.First, middle, node.LeftSums);
            node.Right = Child(node, middle, node.End, node.RightSums);
        });
        foreach (GrowingNode node in parted)
        {
            GrowingNode left = node.Left!;
            GrowingNode right = node.Right!;
            GrowingNode more = left.Count > right.Count ? left : right;
            GrowingNode fewer = more == left ? right : left;
            if (isWhole && node.Histogram is not null && !left.IsLeaf && !right.IsLeaf && more.Count >= impurity.FewestSubtracted)
            {
                more.Histogram = node.Histogram;
                more.Less = fewer;
                histograms.Rent(fewer);
                node.Histogram = null;
                continue;
            }

            histograms.Release(node);
            KeepIfLarge(left, isWhole);
            KeepIfLarge(right, isWhole);
        }
    }

    private void KeepIfLarge(GrowingNode node, bool isWhole)
    {
        if (isWhole && !node.IsLeaf && node.Count >= impurity.FewestSubtracted)
            histograms.Rent(node);
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

    /// <summary>Opens the children of nodes, tree by tree in the order in which Scala's immutable map holds so many trees, each tree's as they were taken: what the next draws depend on.</summary>
    private static void PushChildren(List<GrowingNode> round, int trees, Stack<GrowingNode> open)
    {
        List<GrowingNode>?[] byTree = new List<GrowingNode>?[trees];
        foreach (GrowingNode node in round)
            (byTree[node.Tree.Index] ??= []).Add(node);
        foreach (int tree in ScalaMap.OrderOf([.. Enumerable.Range(0, trees).Where(tree => byTree[tree] is not null)]))
        {
            foreach (GrowingNode node in byTree[tree]!)
            {
                if (node.Left is { IsLeaf: false } left)
                    open.Push(left);
                if (node.Right is { IsLeaf: false } right)
                    open.Push(right);
            }
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
