using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Trees;

/// <summary>A node as rows meet it, 16 bytes: its children lie side by side.</summary>
/// <param name="Threshold">Of a continuous feature: at most this goes left. Of a categorical one the number of its set.</param>
/// <param name="Feature">By which feature it parts rows; of a categorical one the complement.</param>
/// <param name="Next">Where the left child lies, the right one behind it; 0 of a leaf.</param>
internal readonly record struct FlatNode(double Threshold, int Feature, int Next)
{
    /// <summary>It parts nothing.</summary>
    public bool IsLeaf => Next == 0;

    /// <summary>By which feature it parts rows, of whichever kind.</summary>
    public int Element => Feature < 0 ? ~Feature : Feature;
}

/// <summary>
/// Finished trees in flat arrays, tree behind tree, each level by level: a walk touches 16 bytes a node. What a node held is beside it, by the same number. It does not change.
/// </summary>
internal sealed class TreeEnsemble
{
    private const int ChunkNodes = 4 * 1024;

    private readonly FlatNode[] nodes;
    private readonly int[] starts;
    private readonly double[] gains;
    private readonly double[] sums;
    private readonly CategorySets sets;
    private readonly double[] predictions;
    private readonly double[] shares;

    // Which sums nodes have; by what measure they were grown does not matter here.
    private readonly Impurity kind;

    /// <summary>Trees out of their parts.</summary>
    /// <param name="elements">What the features are.</param>
    /// <param name="classes">How many classes there are; 0: they predict numbers.</param>
    /// <param name="starts">Where each tree's nodes begin, and the end of the last.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="gains">What each gained by parting its rows; 0 of a leaf.</param>
    /// <param name="sums">The sums of each one's rows, as <see cref="Impurity"/> has them.</param>
    /// <param name="sets">The categories that go left.</param>
    public TreeEnsemble(ElementNames elements, int classes, int[] starts, FlatNode[] nodes, double[] gains, double[] sums, CategorySets sets)
    {
        Elements = elements;
        Classes = classes;
        this.starts = starts;
        this.nodes = nodes;
        this.gains = gains;
        this.sums = sums;
        this.sets = sets;
        kind = KindOf(classes);
        predictions = GC.AllocateUninitializedArray<double>(nodes.Length);
        shares = new double[nodes.Length * classes];
        ParallelParts.Run((nodes.Length + ChunkNodes - 1) / ChunkNodes, chunk =>
        {
            for (int node = chunk * ChunkNodes; node < Math.Min(nodes.Length, (chunk + 1) * ChunkNodes); node++)
            {
                predictions[node] = kind.Predict(SumsOf(node));
                double weight = classes > 0 ? WeightOf(node) : 0;
                for (int label = 0; weight != 0 && label < classes; label++)
                    shares[(node * classes) + label] = SumsOf(node)[label] / weight;
            }
        });
    }

    /// <summary>What the features are.</summary>
    public ElementNames Elements { get; }

    /// <summary>How many classes there are; 0: they predict numbers.</summary>
    public int Classes { get; }

    /// <summary>How many trees.</summary>
    public int Count => starts.Length - 1;

    /// <summary>How many sums there are for a node.</summary>
    public int SumCount => kind.Sums;

    /// <summary>The nodes of all trees.</summary>
    public ReadOnlySpan<FlatNode> Nodes => nodes;

    /// <summary>Where each tree's nodes begin, and the end of the last.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>What each node gained.</summary>
    public ReadOnlySpan<double> Gains => gains;

    /// <summary>The sums of all nodes.</summary>
    public ReadOnlySpan<double> Sums => sums;

    /// <summary>The categories that go left.</summary>
    public CategorySets Sets => sets;

    /// <summary>Grown trees, laid flat.</summary>
    public static TreeEnsemble Of(IReadOnlyList<GrownTree> trees, ElementNames elements, int classes)
    {
        int[] starts = new int[trees.Count + 1];
        for (int tree = 0; tree < trees.Count; tree++)
            starts[tree + 1] = starts[tree] + trees[tree].Gains.Length;
        int count = starts[^1];
        FlatNode[] nodes = GC.AllocateUninitializedArray<FlatNode>(count);
        double[] gains = GC.AllocateUninitializedArray<double>(count);
        int sumCount = KindOf(classes).Sums;
        double[] sums = GC.AllocateUninitializedArray<double>(count * sumCount);
        CategorySets.Builder sets = new(elements);
        int[] firstSets = new int[trees.Count];
        for (int tree = 0; tree < trees.Count; tree++)
        {
            firstSets[tree] = sets.Count;
            foreach ((int feature, int[] left) in trees[tree].Categories)
                _ = sets.Add(feature, left);
        }

        ParallelParts.Run(trees.Count, tree =>
        {
            GrownTree grown = trees[tree];
            int start = starts[tree];
            grown.Gains.CopyTo(gains, start);
            grown.Sums.CopyTo(sums, start * sumCount);
            for (int node = 0; node < grown.Nodes.Length; node++)
            {
                FlatNode own = grown.Nodes[node];
                nodes[start + node] = own.IsLeaf ? own : own with { Threshold = own.Threshold + (own.Feature < 0 ? firstSets[tree] : 0), Next = start + own.Next };
            }
        });
        return new TreeEnsemble(elements, classes, starts, nodes, gains, sums, sets.Build());
    }

    /// <summary>One of the trees alone.</summary>
    public TreeEnsemble Only(int tree)
    {
        int first = starts[tree];
        int count = starts[tree + 1] - first;
        FlatNode[] own = new FlatNode[count];
        for (int i = 0; i < count; i++)
            own[i] = nodes[first + i].IsLeaf ? default : nodes[first + i] with { Next = nodes[first + i].Next - first };
        return new TreeEnsemble(Elements, Classes, [0, count], own, gains[first..(first + count)], sums[(first * SumCount)..((first + count) * SumCount)], sets);
    }

    /// <summary>A node's sums.</summary>
    public ReadOnlySpan<double> SumsOf(int node) => sums.AsSpan(node * SumCount, SumCount);

    /// <summary>What a node predicts: a number, or the first of the heaviest classes.</summary>
    public double PredictionOf(int node) => predictions[node];

    /// <summary>Each class's share of a node's weight; zeros where it has none.</summary>
    public ReadOnlySpan<double> SharesOf(int node) => shares.AsSpan(node * Classes, Classes);

    /// <summary>The weight of a node's rows.</summary>
    public double WeightOf(int node) => kind.WeightOf(SumsOf(node));

    /// <summary>How many nodes a tree has.</summary>
    public int NodesOf(int tree) => starts[tree + 1] - starts[tree];

    /// <summary>The longest way from a tree's root to a leaf.</summary>
    public int DepthOf(int tree) => DepthBelow(starts[tree]);

    /// <summary>The leaf of a tree that a row falls into.</summary>
    /// <param name="tree">Which tree.</param>
    /// <param name="row">As many elements as there are features.</param>
    public int LeafOf(int tree, RowElements row) => row.IsSparse ? SparseLeafOf(starts[tree], row) : DenseLeafOf(starts[tree], row.Values);

    /// <summary>How much the features gained, made to sum 1: gain times weight, by feature; zeros are left out.</summary>
    /// <param name="isEachTreeNormalized">Each tree's are made to sum 1 before they are added.</param>
    public Vector Importances(bool isEachTreeNormalized)
    {
        double[] total = new double[Elements.Size];
        double[] own = new double[Elements.Size];
        for (int tree = 0; tree < Count; tree++)
        {
            Array.Clear(own);
            AddGains(starts[tree], own);
            double sum = isEachTreeNormalized ? Sum(own) : 1;
            for (int i = 0; sum != 0 && i < own.Length; i++)
                total[i] += own[i] / sum;
        }

        double all = Sum(total);
        List<int> places = [];
        List<double> values = [];
        for (int i = 0; i < total.Length; i++)
        {
            if (total[i] == 0)
                continue;
            places.Add(i);
            values.Add(total[i] / all);
        }

        return Vector.Sparse(Elements.Size, [.. places], [.. values]);
    }

    private static Impurity KindOf(int classes) => classes == 0 ? new Variance() : new ClassImpurity(classes, isEntropy: false, isWeighted: true);

    // Nodes before children, left before right: the order in which MLlib adds.
    private void AddGains(int node, double[] gained)
    {
        FlatNode own = nodes[node];
        if (own.IsLeaf)
            return;
        gained[own.Element] += gains[node] * WeightOf(node);
        AddGains(own.Next, gained);
        AddGains(own.Next + 1, gained);
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }

    private int DepthBelow(int node) => nodes[node].IsLeaf ? 0 : 1 + Math.Max(DepthBelow(nodes[node].Next), DepthBelow(nodes[node].Next + 1));

    // The row has as many elements as there are features, and nodes are checked where they are read: no bounds are left to check.
    private int DenseLeafOf(int at, ReadOnlySpan<double> row)
    {
        ref FlatNode first = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref double values = ref MemoryMarshal.GetReference(row);
        while (true)
        {
            ref FlatNode node = ref Unsafe.Add(ref first, at);
            if (node.IsLeaf)
                return at;
            bool isLeft = node.Feature >= 0 ? Unsafe.Add(ref values, node.Feature) <= node.Threshold : sets.Has((int)node.Threshold, Unsafe.Add(ref values, ~node.Feature));
            at = node.Next + (isLeft ? 0 : 1);
        }
    }

    private int SparseLeafOf(int at, RowElements row)
    {
        while (true)
        {
            FlatNode node = nodes[at];
            if (node.IsLeaf)
                return at;
            int place = row.Indices.BinarySearch(node.Element);
            double value = place >= 0 ? row.Values[place] : 0;
            bool isLeft = node.Feature >= 0 ? value <= node.Threshold : sets.Has((int)node.Threshold, value);
            at = node.Next + (isLeft ? 0 : 1);
        }
    }
}
