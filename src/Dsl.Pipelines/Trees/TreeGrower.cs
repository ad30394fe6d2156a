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

/// <summary>
/// Grows one tree or several at once, level by level, from histograms of binned features. To come to MLlib's trees node by node, the sums of a bin are made row by row in the rows' order,
/// bins are added upwards, and of equal gains the first split of a feature and then the first feature wins: equal gains are told apart by their last bit. So threads share out nodes and
/// features, and the rows of one histogram only where MLlib itself would see but a sample of them. Of two large siblings one has the sums of the node above less the other's.
/// </summary>
internal sealed class TreeGrower
{
    private const double Epsilon = 2.220446049250313e-16;

    // Fewer nodes than this for each thread, and threads wait for each other where each takes whole nodes.
    private const int NodesPerThread = 4;

    private readonly BinnedRows binned;
    private readonly double[]? weights;
    private readonly Impurity impurity;
    private readonly GrowOptions options;
    private readonly CancellationToken cancellation;
    private readonly double leastWeight;
    private readonly bool isWhole;
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
        isWhole = options.FeaturesPerNode >= binned.Size;
        usable = [.. Enumerable.Range(0, binned.Size).Where(HasBins)];
        search = new SplitSearch(impurity, Unordered());
        partition = new RowPartition(binned);
        histograms = new NodeHistograms(binned, weights, impurity, Math.Min(options.FeaturesPerNode, binned.Size));
    }

    /// <summary>Told after each level: how deep the trees are, and the mean impurity of their leaves.</summary>
    public IProgress<Iterate>? Levels { get; init; }

    /// <summary>Grows trees from their roots; leaves that need not be apart are one.</summary>
    /// <param name="trees">The roots.</param>
    /// <param name="labels">Of numbers the label of every row of the table; classes are with the rows.</param>
    /// <param name="seed">What the features of nodes are drawn from.</param>
    public void Grow(GrowingTree[] trees, double[] labels, long seed)
    {
        this.labels = labels;
        histograms.Labels = labels;
        JavaRandom random = new(seed);
        Frontier[] frontiers = Array.ConvertAll(trees, tree => new Frontier(tree, () => new OpenNode { Features = isWhole ? usable : new int[options.FeaturesPerNode] }));
        foreach (Frontier tree in frontiers)
        {
            _ = Open(tree, 0, 0);
            tree.Turn();
        }

        List<Frontier> round = Frontier.Order(frontiers, areRoots: true);
        double lost = 0;
        double total = 0;
        for (int depth = 0; round.Count > 0; depth++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Frontier tree in round)
                tree.Seed(random);
            LookAt(round);
            Report(round, depth, ref lost, ref total);
            List<Frontier> next = Frontier.Order(frontiers, areRoots: false);
            ParallelParts.Run(next.Count, tree => OpenChildren(next[tree]));
            next.RemoveAll(tree => tree.Nodes.Length == 0);
            round = next;
        }

        ParallelParts.Run(trees.Length, tree => trees[tree].Prune(impurity));
    }

    /// <summary>More than two classes look at every subset of few enough categories.</summary>
    private bool[] Unordered()
    {
        int most = (int)(Math.Log2((Math.Min(options.MaxBins, binned.Count) / 2) + 1) + 1);
        return Array.ConvertAll(binned.Features, feature => impurity is ClassImpurity { Classes: > 2 } && feature.Categories > 0 && feature.Categories <= most);
    }

    private bool HasBins(int feature) => binned.Features[feature].BinCount > 1;

    /// <summary>
    /// Parts the nodes of a round that gain by it. Who looks at a node changes nothing: large ones, and few, are looked at by all threads together, and of others a thread takes some and
    /// does all that is to be done with one while its rows are near.
    /// </summary>
    private void LookAt(List<Frontier> round)
    {
        bool areFew = Compute.Threads > 1 && round.Sum(tree => tree.Nodes.Length) < NodesPerThread * Compute.Threads;
        List<OpenNode> shared = [];
        List<(Frontier Tree, int Chunk)> chunks = [];
        XorShiftRandom random = new(0);
        foreach (Frontier tree in round)
        {
            for (int chunk = 0; chunk < tree.Chunks; chunk++)
            {
                if (areFew || tree.NodesOf(chunk)[0].IsShared)
                    Share(tree, chunk, shared, random);
                else
                    chunks.Add((tree, chunk));
            }
        }

        if (shared.Count > 0)
            LookTogether(shared);
        if (chunks.Count > 0)
            ParallelParts.Run(chunks.Count, i => LookAlone(chunks[i].Tree, chunks[i].Chunk));
    }

    private void Share(Frontier tree, int chunk, List<OpenNode> shared, XorShiftRandom random)
    {
        ReadOnlySpan<OpenNode> nodes = tree.NodesOf(chunk);
        for (int i = 0; i < nodes.Length; i++)
        {
            Draw(nodes[i], tree.SeedsOf(chunk)[i], random);
            shared.Add(nodes[i]);
        }
    }

    /// <summary>Looks at all features of nodes and parts those that gain, on one thread.</summary>
    private void LookAlone(Frontier tree, int chunk)
    {
        ReadOnlySpan<OpenNode> nodes = tree.NodesOf(chunk);
        ReadOnlySpan<long> seeds = tree.SeedsOf(chunk);
        int most = 0;
        foreach (OpenNode node in nodes)
            most = Math.Max(most, node.Count);
        XorShiftRandom random = new(0);
        double[] bins = ArrayPool<double>.Shared.Rent(histograms.Length);
        double[] sidesOf = ArrayPool<double>.Shared.Rent(2 * impurity.Sums);
        Span<double> sides = sidesOf.AsSpan(0, 2 * impurity.Sums);
        ulong[] scratch = ArrayPool<ulong>.Shared.Rent(most);
        for (int i = 0; i < nodes.Length; i++)
        {
            OpenNode node = nodes[i];
            Draw(node, seeds[i], random);
            histograms.Fill(node, bins);
            if (node.Number == 0)
                BeginRoot(node, bins);
            FoundSplit found = default;
            Improve(node, 0, node.FeatureCount, bins, ref found, sides);
            if (Choose(node, found, sides))
                Part(node, partition.Run(node, scratch));
        }

        ArrayPool<double>.Shared.Return(bins);
        ArrayPool<double>.Shared.Return(sidesOf);
        ArrayPool<ulong>.Shared.Return(scratch);
    }

    /// <summary>The same on all threads, some features or some rows of a node at a time.</summary>
    private void LookTogether(List<OpenNode> nodes)
    {
        List<Look> looks = [];
        foreach (OpenNode node in nodes)
        {
            histograms.Rent(node);
            for (int first = 0; first < node.FeatureCount; first += NodeHistograms.FewestFeatures)
                looks.Add(new Look(node, first, Math.Min(NodeHistograms.FewestFeatures, node.FeatureCount - first)));
        }

        histograms.Fill(nodes.FindAll(node => node.Less is null));
        foreach (OpenNode node in nodes)
        {
            if (node.Number == 0)
                BeginRoot(node, node.Histogram);
        }

        int sums = impurity.Sums;
        FoundSplit[] found = new FoundSplit[looks.Count];
        double[] sides = new double[looks.Count * 2 * sums];
        ParallelParts.Run(looks.Count, i =>
        {
            (OpenNode node, int first, int count) = looks[i];
            Span<double> bins = histograms.Of(node, first, count);
            if (node.Less is { } sibling)
                impurity.Subtract(bins, histograms.Of(sibling, first, count));
            Improve(node, first, count, bins, ref found[i], sides.AsSpan(i * 2 * sums, 2 * sums));
        });
        List<OpenNode> parted = [];
        for (int i = 0; i < looks.Count;)
        {
            int best = i;
            OpenNode node = looks[i].Node;
            for (; i < looks.Count && looks[i].Node == node; i++)
            {
                if (found[i].Gain > found[best].Gain)
                    best = i;
            }

            if (Choose(node, found[best], sides.AsSpan(best * 2 * sums, 2 * sums)))
                parted.Add(node);
        }

        partition.Run(parted, Part);
    }

    private void Draw(OpenNode node, long seed, XorShiftRandom random)
    {
        node.FeatureCount = node.Features.Length;
        if (isWhole)
            return;
        random.Begin(seed);
        Draw(node.Features, random);
        node.FeatureCount = 0;
        foreach (int feature in node.Features)
        {
            if (HasBins(feature))
                node.Features[node.FeatureCount++] = feature;
        }
    }

    /// <summary>A reservoir (Vitter's R), drawn from a generator of the node's own. The order of what is drawn is the order in which features are looked at.</summary>
    private void Draw(int[] drawn, XorShiftRandom random)
    {
        for (int i = 0; i < binned.Size; i++)
        {
            if (i < drawn.Length)
            {
                drawn[i] = i;
                continue;
            }

            long slot = (long)(random.NextDouble() * (i + 1));
            if (slot < drawn.Length)
                drawn[slot] = i;
        }
    }

    /// <summary>A root's sums, which no node above has found.</summary>
    private void BeginRoot(OpenNode node, ReadOnlySpan<double> bins)
    {
        Span<double> sums = node.Tree.SumsOf(0);
        if (node.FeatureCount > 0)
            search.RootSums(node.Features[0], binned.Features[node.Features[0]], histograms.BinsOf(bins, 0, node.Features[0]), sums);
        else
            AddRows(node.Tree, 0);
        node.Node.Impurity = impurity.Of(sums);
    }

    /// <summary>Looks for a better split in some of a node's features.</summary>
    private void Improve(OpenNode node, int first, int count, ReadOnlySpan<double> bins, ref FoundSplit found, Span<double> sides)
    {
        SplitBounds bounds = new(node.Node.Impurity, options.MinInstancesPerNode, leastWeight, options.MinInfoGain);
        for (int i = 0; i < count; i++)
        {
            int feature = node.Features[first + i];
            search.Improve(ref found, sides, feature, binned.Features[feature], histograms.BinsOf(bins, i, feature), bounds);
        }
    }

    /// <summary>A node's sums, row by row in their order.</summary>
    private void AddRows(GrowingTree tree, int node)
    {
        Span<double> sums = tree.SumsOf(node);
        sums.Clear();
        foreach (ulong row in tree.RowsOf(node))
            impurity.Add(sums, row, labels, weights);
    }

    /// <summary>Whether a node is parted: by the best split of all its features, where it gains. Its children have their sums then.</summary>
    private bool Choose(OpenNode open, FoundSplit best, ReadOnlySpan<double> sides)
    {
        if (best.Gain <= 0 || open.Depth == options.MaxDepth)
            return false;
        ref GrowingNode node = ref open.Node;
        node.Gain = best.Gain;
        node.Feature = best.Feature;
        node.Cut = best.Cut;
        node.LeftCategories = best.LeftCategories;
        node.Next = open.Children;
        sides[..impurity.Sums].CopyTo(open.Tree.SumsOf(node.Next));
        sides.Slice(impurity.Sums, impurity.Sums).CopyTo(open.Tree.SumsOf(node.Next + 1));
        return true;
    }

    /// <summary>Gives the children of a node their rows.</summary>
    private void Part(OpenNode open, int middle)
    {
        GrowingNode node = open.Node;
        Begin(open, node.Next, node.First, middle);
        Begin(open, node.Next + 1, middle, node.End);
    }

    private void Begin(OpenNode parent, int number, int first, int end)
    {
        ref GrowingNode child = ref parent.Tree[number];
        child.First = first;
        child.End = end;
        if (parent.Less is not null && impurity.IsDoubtful(parent.Tree.SumsOf(number)))
            AddRows(parent.Tree, number);
        child.Impurity = impurity.Of(parent.Tree.SumsOf(number));
    }

    /// <summary>Opens the children of a tree's nodes, from the last to the first, and goes on to them.</summary>
    private void OpenChildren(Frontier tree)
    {
        for (int i = tree.Nodes.Length - 1; i >= 0; i--)
        {
            OpenChildren(tree, tree.Nodes[i]);
            histograms.Release(tree.Nodes[i]);
        }

        tree.Turn();
    }

    /// <summary>Opens the children that can be parted. Of two, one of which is large enough, that one is to have the sums of the node above less the other's.</summary>
    private void OpenChildren(Frontier tree, OpenNode node)
    {
        int children = node.Node.Next;
        if (children == 0 || node.Depth + 1 == options.MaxDepth)
            return;
        OpenNode? right = OpenChild(tree, children + 1, node.Depth + 1);
        OpenNode? left = OpenChild(tree, children, node.Depth + 1);
        if (!isWhole || node.Histogram is null || left is null || right is null)
            return;
        (OpenNode more, OpenNode fewer) = left.Count > right.Count ? (left, right) : (right, left);
        if (more.Count < impurity.FewestSubtracted)
            return;
        more.Histogram = node.Histogram;
        more.Less = fewer;
        more.IsShared = true;
        node.Histogram = null;
        histograms.Rent(fewer);
        fewer.IsShared = true;
    }

    private OpenNode? OpenChild(Frontier tree, int number, int depth) => Math.Abs(tree.Tree[number].Impurity) < Epsilon ? null : Open(tree, number, depth);

    private OpenNode Open(Frontier tree, int number, int depth)
    {
        OpenNode node = tree.Open(number, depth);
        node.IsShared = histograms.IsInParts(node);
        return node;
    }

    private void Report(List<Frontier> round, int depth, ref double lost, ref double total)
    {
        if (Levels is null)
            return;
        foreach (Frontier tree in round)
        {
            foreach (OpenNode open in tree.Nodes)
            {
                ref GrowingNode node = ref open.Node;
                double weight = impurity.WeightOf(open.Tree.SumsOf(open.Number));
                total += depth == 0 ? weight : 0;
                lost += (depth == 0 ? node.Impurity * weight : 0) - (node.Gain * weight);
            }
        }

        Levels.Report(new Iterate(depth + 1, lost / total));
    }

    /// <summary>Some features of a node, which a thread looks at.</summary>
    private readonly record struct Look(OpenNode Node, int First, int Count);
}
