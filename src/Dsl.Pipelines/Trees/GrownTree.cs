using System.Collections.Generic;

namespace Dsl.Pipelines.Trees;

/// <summary>Where a tree parts rows.</summary>
/// <param name="Feature">By which feature.</param>
/// <param name="Threshold">Of a continuous one: at most this goes left.</param>
/// <param name="LeftCategories">Of a categorical one: these go left, ascending; else null.</param>
internal sealed record TreeSplit(int Feature, double Threshold, int[]? LeftCategories);

/// <summary>A tree that has grown: its nodes level by level, children side by side, and nothing of the rows any more.</summary>
internal sealed class GrownTree
{
    /// <summary>Takes what is to stay of a tree.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="kind">Which sums nodes have.</param>
    public GrownTree(GrowingNode root, Impurity kind)
    {
        List<GrowingNode> nodes = [root];
        for (int node = 0; node < nodes.Count; node++)
        {
            if (nodes[node].Split is null)
                continue;
            nodes.Add(nodes[node].Left!);
            nodes.Add(nodes[node].Right!);
        }

        Splits = new TreeSplit?[nodes.Count];
        Gains = new double[nodes.Count];
        double[] first = kind.Finished(root.Sums!);
        Sums = new double[nodes.Count * first.Length];
        for (int node = 0; node < nodes.Count; node++)
        {
            kind.Finished(nodes[node].Sums!).CopyTo(Sums, node * first.Length);
            if (nodes[node].Split is null)
                continue;
            Splits[node] = nodes[node].Split;
            Gains[node] = nodes[node].Gain;
        }
    }

    /// <summary>How each node parts its rows; null of a leaf. The children of the first that does are nodes 1 and 2, those of the next 3 and 4.</summary>
    public TreeSplit?[] Splits { get; }

    /// <summary>What each gained by that; 0 of a leaf.</summary>
    public double[] Gains { get; }

    /// <summary>The sums of each one's rows; of classes the weight of each and the number of rows, of numbers as <see cref="Variance"/> has them.</summary>
    public double[] Sums { get; }
}
