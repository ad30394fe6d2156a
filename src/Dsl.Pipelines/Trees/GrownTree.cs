using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Trees;

/// <summary>A tree that has grown: its nodes level by level, children side by side, and nothing of the rows any more.</summary>
internal sealed class GrownTree
{
    private readonly List<(int Feature, int[] Left)> categories = [];

    /// <summary>Takes what is to stay of a tree.</summary>
    /// <param name="tree">The tree, pruned.</param>
    /// <param name="kind">Which sums nodes have.</param>
    /// <param name="features">What parts each feature's values.</param>
    public GrownTree(GrowingTree tree, Impurity kind, BinnedFeature[] features)
    {
        int[] order = new int[tree.NodeCount];
        int count = 1;
        for (int node = 0; node < count; node++)
        {
            int next = tree[order[node]].Next;
            if (next == 0)
                continue;
            order[count++] = next;
            order[count++] = next + 1;
        }

        Nodes = new FlatNode[count];
        Gains = new double[count];
        Sums = new double[count * kind.FinishedSums];
        int children = 1;
        for (int node = 0; node < count; node++)
        {
            ref GrowingNode own = ref tree[order[node]];
            kind.Finish(tree.SumsOf(order[node]), Sums.AsSpan(node * kind.FinishedSums, kind.FinishedSums));
            if (own.IsLeaf)
                continue;
            Gains[node] = own.Gain;
            Nodes[node] = own.LeftCategories is null
                ? new FlatNode(features[own.Feature].Thresholds[own.Cut], own.Feature, children)
                : new FlatNode(categories.Count, ~own.Feature, children);
            if (own.LeftCategories is { } left)
                categories.Add((own.Feature, left));
            children += 2;
        }
    }

    /// <summary>The nodes; their numbers are the tree's own.</summary>
    public FlatNode[] Nodes { get; }

    /// <summary>By the number that a node has as its threshold, its feature and the categories that go left there, ascending.</summary>
    public IReadOnlyList<(int Feature, int[] Left)> Categories => categories;

    /// <summary>What each gained by being parted; 0 of a leaf.</summary>
    public double[] Gains { get; }

    /// <summary>The sums of each one's rows; of classes the weight of each and the number of rows, of numbers as <see cref="Variance"/> has them.</summary>
    public double[] Sums { get; }
}
