using System;
using System.Collections.Generic;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Randomness;

namespace Dsl.Pipelines.Trees;

/// <summary>What bounds the growth of trees; names, defaults and meaning are MLlib's.</summary>
internal sealed record GrowOptions
{
    public int MaxDepth { get; init; } = 5;

    public int MinInstancesPerNode { get; init; } = 1;

    public double MinWeightFractionPerNode { get; init; }

    public double MinInfoGain { get; init; }

    /// <summary>How many features a node looks at; drawn anew for each where it is not all.</summary>
    public int FeaturesPerNode { get; init; } = int.MaxValue;

    public long Seed { get; init; }
}

/// <summary>
/// Grows one tree or several at once, level by level, from histograms of binned features. To come to MLlib's trees node by node, the sums of a bin are made row by row in the rows' order,
/// bins are added upwards, and of equal gains the first split of a feature and then the first feature wins: equal gains are told apart by their last bit. So threads share out nodes and
/// features and never the rows of one histogram.
/// </summary>
internal sealed class TreeGrower
{
    private const double Epsilon = 2.220446049250313e-16;
    private const double Invalid = double.MinValue;

    private readonly BinnedFeature[] features;
    private readonly double[] labels;
    private readonly double[]? weights;
    private readonly Impurity impurity;
    private readonly GrowOptions options;
    private readonly double leastWeight;
    private readonly bool[] isUnordered;

    private TreeGrower(BinnedFeature[] features, double[] labels, double[]? weights, Impurity impurity, GrowOptions options)
    {
        this.features = features;
        this.labels = labels;
        this.weights = weights;
        this.impurity = impurity;
        this.options = options;
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
            total += weights is null ? 1 : weights[row];
        leastWeight = options.MinWeightFractionPerNode * total;
        isUnordered = new bool[features.Length];
    }

    /// <summary>Grows a tree for each set of copies.</summary>
    /// <param name="features">The binned features.</param>
    /// <param name="labels">One a row; classes from 0 where the impurity is of classes.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="copies">For each tree how often each row is in; null: every tree has every row once.</param>
    /// <param name="trees">How many trees.</param>
    /// <param name="maxBins">The bound that bins were made with: more than two classes look at every subset of few enough categories.</param>
    /// <param name="impurity">What is to become small.</param>
    /// <param name="options">What bounds the trees.</param>
    /// <param name="cancellation">Stops between levels.</param>
    public static TreeNode[] Grow(
        BinnedFeature[] features, double[] labels, double[]? weights, byte[][]? copies, int trees, int maxBins, Impurity impurity, GrowOptions options, CancellationToken cancellation)
    {
        TreeGrower grower = new(features, labels, weights, impurity, options);
        if (impurity is ClassImpurity { Classes: > 2 })
        {
            int most = (int)(Math.Log2((Math.Min(maxBins, labels.Length) / 2) + 1) + 1);
            for (int i = 0; i < features.Length; i++)
                grower.isUnordered[i] = features[i].Categories > 0 && features[i].Categories <= most;
        }

        return grower.Grow(copies, trees, cancellation);
    }

    private TreeNode[] Grow(byte[][]? copies, int trees, CancellationToken cancellation)
    {
        GrowingNode[] roots = new GrowingNode[trees];
        Stack<GrowingNode> open = new();
        for (int tree = 0; tree < trees; tree++)
        {
            byte[]? own = copies?[tree];
            int[] rows = Rows(own);
            roots[tree] = new GrowingNode(tree, 0, rows, 0, rows.Length, own);
            open.Push(roots[tree]);
        }

        JavaRandom random = new(options.Seed);
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            List<GrowingNode> round = [];
            while (open.TryPop(out GrowingNode? node))
            {
                node.Features = FeaturesOf(random);
                round.Add(node);
            }

            Split(round);
            foreach (GrowingNode node in InTreeOrder(round))
            {
                if (node.Left is { IsLeaf: false } left)
                    open.Push(left);
                if (node.Right is { IsLeaf: false } right)
                    open.Push(right);
            }
        }

        return Array.ConvertAll(roots, root => root.Finish(impurity));
    }

    private int[] Rows(byte[]? copies)
    {
        List<int> rows = new(labels.Length);
        for (int row = 0; row < labels.Length; row++)
        {
            if (copies is null || copies[row] > 0)
                rows.Add(row);
        }

        return [.. rows];
    }

    /// <summary>Null: all. The order of what is drawn is the order in which they are looked at.</summary>
    private int[]? FeaturesOf(JavaRandom random)
    {
        int count = features.Length;
        if (options.FeaturesPerNode >= count)
            return null;

        // A reservoir (Vitter's R), drawn from a generator of the node's own.
        XorShiftRandom own = new(random.NextLong());
        int[] drawn = new int[options.FeaturesPerNode];
        for (int i = 0; i < count; i++)
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

    /// <summary>Looks at every feature of every node, several at a time, and parts the rows of those that gain.</summary>
    private void Split(List<GrowingNode> round)
    {
        List<(GrowingNode Node, int At)> looks = [];
        foreach (GrowingNode node in round)
        {
            int count = node.Features?.Length ?? features.Length;
            node.Candidates = new Candidate?[count];
            for (int at = 0; at < count; at++)
            {
                if (features[node.FeatureAt(at)].BinCount < 2)
                    continue;

                // A root has its sums from the first feature it looks at, so that one goes ahead.
                if (node.Sums is null)
                    Look(node, at);
                else
                    looks.Add((node, at));
            }
        }

        ParallelParts.Run(looks.Count, i => Look(looks[i].Node, looks[i].At));
        ParallelParts.Run(round.Count, i => Choose(round[i]));
    }

    private void Look(GrowingNode node, int at)
    {
        int index = node.FeatureAt(at);
        BinnedFeature feature = features[index];
        double[] histogram = new double[feature.BinCount * impurity.Sums];
        impurity.Fill(RowsOf(node), feature.Bins, histogram);
        Candidate found = isUnordered[index] ? BestSubset(node, feature, histogram) : BestCut(node, feature, histogram);
        node.Candidates[at] = found with { Feature = index };
    }

    private LabelledRows RowsOf(GrowingNode node) => new(node.Rows.AsSpan(node.First, node.End - node.First), labels, weights, node.Copies);

    private void Choose(GrowingNode node)
    {
        Candidate? chosen = null;
        foreach (Candidate? candidate in node.Candidates)
        {
            if (candidate is { } other && (chosen is null || other.Gain > chosen.Value.Gain))
                chosen = other;
        }

        node.Candidates = [];
        if (chosen is not { } best)
        {
            node.Sums ??= SumsOf(node);
            node.Impurity ??= impurity.Of(node.Sums);
            return;
        }

        if (best.Gain <= 0 || node.Depth == options.MaxDepth)
            return;
        BinnedFeature feature = features[best.Feature];
        node.Gain = best.Gain;
        node.Split = new TreeSplit(best.Feature, best.LeftCategories is null ? feature.Thresholds[best.Cut] : 0, best.LeftCategories);
        Part(node, feature, best);
    }

    /// <summary>Where no feature parts anything, all rows are one bin.</summary>
    private double[] SumsOf(GrowingNode node)
    {
        double[] all = new double[impurity.Sums];
        impurity.Fill(RowsOf(node), new ushort[labels.Length], all);
        return all;
    }

    /// <summary>The best of the cuts between bins; categories are put in order before.</summary>
    private Candidate BestCut(GrowingNode node, BinnedFeature feature, double[] histogram)
    {
        int sums = impurity.Sums;
        int bins = feature.BinCount;
        int[]? order = feature.Categories > 0 ? OrderOf(histogram, bins) : null;
        double[] left = new double[bins * sums];
        for (int bin = 0; bin < bins; bin++)
        {
            Span<double> own = left.AsSpan(bin * sums, sums);
            histogram.AsSpan((order is null ? bin : order[bin]) * sums, sums).CopyTo(own);
            for (int i = 0; bin > 0 && i < sums; i++)
                own[i] += left[((bin - 1) * sums) + i];
        }

        ReadOnlySpan<double> total = left.AsSpan((bins - 1) * sums, sums);
        Candidate best = new() { Gain = double.NegativeInfinity };
        double[] right = new double[sums];
        for (int cut = 0; cut < bins - 1; cut++)
        {
            ReadOnlySpan<double> below = left.AsSpan(cut * sums, sums);
            for (int i = 0; i < sums; i++)
                right[i] = total[i] - below[i];
            double gain = GainOf(node, below, right);
            if (gain > best.Gain)
                best = new Candidate { Gain = gain, Cut = cut, Left = below.ToArray(), Right = [.. right] };
        }

        if (order is not null)
        {
            int[] categories = order[..(best.Cut + 1)];
            Array.Sort(categories);
            best = best with { LeftCategories = categories };
        }

        return best;
    }

    private int[] OrderOf(double[] histogram, int bins)
    {
        int sums = impurity.Sums;
        int[] order = new int[bins];
        double[] keys = new double[bins];
        for (int bin = 0; bin < bins; bin++)
        {
            ReadOnlySpan<double> own = histogram.AsSpan(bin * sums, sums);
            order[bin] = bin;
            keys[bin] = impurity.WeightOf(own) > 0 ? impurity.OrderOf(own) : double.MaxValue;
        }

        Array.Sort(order, (a, b) => keys[a].CompareTo(keys[b]) is not 0 and int by ? by : a.CompareTo(b));
        return order;
    }

    /// <summary>The best of all ways to part a few categories in two: bit j of 1, 2, ... says that category j goes left.</summary>
    private Candidate BestSubset(GrowingNode node, BinnedFeature feature, double[] histogram)
    {
        int sums = impurity.Sums;
        int bins = feature.Categories;
        double[] total = new double[sums];
        for (int at = 0; at < histogram.Length; at++)
            total[at % sums] += histogram[at];
        Candidate best = new() { Gain = double.NegativeInfinity };
        double[] left = new double[sums];
        double[] right = new double[sums];
        for (int subset = 1; subset < 1 << (bins - 1); subset++)
        {
            Array.Clear(left);
            for (int at = 0; at < histogram.Length; at++)
            {
                if ((subset >> (at / sums) & 1) != 0)
                    left[at % sums] += histogram[at];
            }

            for (int i = 0; i < sums; i++)
                right[i] = total[i] - left[i];
            double gain = GainOf(node, left, right);
            if (gain > best.Gain)
                best = new Candidate { Gain = gain, Cut = subset, Left = [.. left], Right = [.. right] };
        }

        List<int> categories = [];
        for (int category = 0; category < bins; category++)
        {
            if ((best.Cut >> category & 1) != 0)
                categories.Add(category);
        }

        return best with { LeftCategories = [.. categories] };
    }

    /// <summary>What a split gains; <see cref="Invalid"/> where a side is too small or the gain is. The root's own sums are those of its first split, put together.</summary>
    private double GainOf(GrowingNode node, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (node.Sums is null)
        {
            node.Sums = left.ToArray();
            for (int i = 0; i < node.Sums.Length; i++)
                node.Sums[i] += right[i];
        }

        double own = node.Impurity ??= impurity.Of(node.Sums);
        double leftWeight = impurity.WeightOf(left);
        double rightWeight = impurity.WeightOf(right);
        if (impurity.RowsOf(left) < options.MinInstancesPerNode || impurity.RowsOf(right) < options.MinInstancesPerNode || leftWeight < leastWeight || rightWeight < leastWeight)
            return Invalid;
        double total = leftWeight + rightWeight;
        double gain = own - (leftWeight / total * impurity.Of(left)) - (rightWeight / total * impurity.Of(right));
        return gain < options.MinInfoGain ? Invalid : gain;
    }

    /// <summary>Rows that go left come before the others, both in their order.</summary>
    private void Part(GrowingNode node, BinnedFeature feature, Candidate best)
    {
        bool[] goesLeft = new bool[feature.BinCount];
        for (int bin = 0; bin < goesLeft.Length; bin++)
            goesLeft[bin] = best.LeftCategories is null ? bin <= best.Cut : Array.BinarySearch(best.LeftCategories, bin) >= 0;
        int[] rows = node.Rows;
        int[] others = new int[node.End - node.First];
        int left = node.First;
        int right = 0;
        for (int i = node.First; i < node.End; i++)
        {
            int row = rows[i];
            if (goesLeft[feature.Bins[row]])
                rows[left++] = row;
            else
                others[right++] = row;
        }

        Array.Copy(others, 0, rows, left, right);
        node.Left = Child(node, node.First, left, best.Left);
        node.Right = Child(node, left, node.End, best.Right);
    }

    private GrowingNode Child(GrowingNode parent, int first, int end, double[] sums)
    {
        double own = impurity.Of(sums);
        return new GrowingNode(parent.Tree, parent.Depth + 1, parent.Rows, first, end, parent.Copies)
        {
            Sums = sums,
            Impurity = own,
            IsLeaf = parent.Depth + 1 == options.MaxDepth || Math.Abs(own) < Epsilon,
        };
    }

    /// <summary>Nodes tree by tree in the order in which Scala's immutable map holds so many trees, each tree's as they were taken: what the next draws depend on.</summary>
    private static IEnumerable<GrowingNode> InTreeOrder(List<GrowingNode> round)
    {
        SortedDictionary<int, List<GrowingNode>> byTree = [];
        foreach (GrowingNode node in round)
        {
            if (!byTree.TryGetValue(node.Tree, out List<GrowingNode>? own))
                byTree.Add(node.Tree, own = []);
            own.Add(node);
        }

        foreach (int tree in ScalaMap.OrderOf([.. byTree.Keys]))
        {
            foreach (GrowingNode node in byTree[tree])
                yield return node;
        }
    }

    /// <summary>A split that was looked at.</summary>
    private readonly record struct Candidate
    {
        public double Gain { get; init; }

        public int Feature { get; init; }

        /// <summary>The last bin on the left, in the order of the bins; of subsets the subset.</summary>
        public int Cut { get; init; }

        public int[]? LeftCategories { get; init; }

        public double[] Left { get; init; }

        public double[] Right { get; init; }
    }

    /// <summary>A node on its way: some rows of a tree.</summary>
    private sealed class GrowingNode(int tree, int depth, int[] rows, int first, int end, byte[]? copies)
    {
        public int Tree => tree;

        public int Depth => depth;

        /// <summary>The tree's rows; this node's from <see cref="First"/> to before <see cref="End"/>.</summary>
        public int[] Rows => rows;

        public int First => first;

        public int End => end;

        public byte[]? Copies => copies;

        /// <summary>The features to look at, in their order; null: all.</summary>
        public int[]? Features { get; set; }

        /// <summary>What came of it, feature by feature; null where there is nothing to part.</summary>
        public Candidate?[] Candidates { get; set; } = [];

        public double[]? Sums { get; set; }

        public double? Impurity { get; set; }

        public bool IsLeaf { get; init; }

        public double Gain { get; set; }

        public TreeSplit? Split { get; set; }

        public GrowingNode? Left { get; set; }

        public GrowingNode? Right { get; set; }

        public int FeatureAt(int at) => Features is null ? at : Features[at];

        /// <summary>The finished node. Two leaves of one parent that predict the same are one.</summary>
        public TreeNode Finish(Impurity kind)
        {
            TreeNode node = new(kind.Predict(Sums), Impurity ?? 0, Sums ?? []);
            if (Split is null)
                return node;
            TreeNode left = Left!.Finish(kind);
            TreeNode right = Right!.Finish(kind);
            return left.Split is null && right.Split is null && left.Prediction == right.Prediction
                ? node
                : node with { Split = Split, Gain = Gain, Left = left, Right = right };
        }
    }
}
