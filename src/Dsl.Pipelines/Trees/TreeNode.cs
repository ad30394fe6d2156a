using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Trees;

/// <summary>Where a tree parts rows.</summary>
/// <param name="Feature">By which feature.</param>
/// <param name="Threshold">Of a continuous one: at most this goes left.</param>
/// <param name="LeftCategories">Of a categorical one: these go left; else null.</param>
internal sealed record TreeSplit(int Feature, double Threshold, int[]? LeftCategories)
{
    /// <summary>Whether a value goes left.</summary>
    public bool IsLeft(double value) => LeftCategories is null ? value <= Threshold : Array.BinarySearch(LeftCategories, (int)value) >= 0;
}

/// <summary>A node of a finished tree: a leaf, or one that parts its rows.</summary>
/// <param name="Prediction">What its rows predict.</param>
/// <param name="Impurity">How mixed they were.</param>
/// <param name="Sums">Their sums, as <see cref="Trees.Impurity"/> has them.</param>
internal sealed record TreeNode(double Prediction, double Impurity, double[] Sums)
{
    /// <summary>How it parts them; null of a leaf.</summary>
    public TreeSplit? Split { get; init; }

    /// <summary>What was gained by that.</summary>
    public double Gain { get; init; }

    /// <summary>Where the split's left goes.</summary>
    public TreeNode? Left { get; init; }

    /// <summary>Where its right goes.</summary>
    public TreeNode? Right { get; init; }

    /// <summary>Nodes of the tree below it, itself counted.</summary>
    public int Count => Split is null ? 1 : 1 + Left!.Count + Right!.Count;

    /// <summary>The longest way to a leaf.</summary>
    public int Depth => Split is null ? 0 : 1 + Math.Max(Left!.Depth, Right!.Depth);

    /// <summary>The leaf that a row falls into.</summary>
    public TreeNode LeafOf(ReadOnlySpan<double> row)
    {
        TreeNode node = this;
        while (node.Split is { } split)
            node = split.IsLeft(row[split.Feature]) ? node.Left! : node.Right!;
        return node;
    }

    /// <summary>Adds each feature's gains, weighted by the rows they were made on.</summary>
    public void AddImportances(double[] importances, Impurity impurity)
    {
        Stack<TreeNode> open = new([this]);
        while (open.TryPop(out TreeNode? node))
        {
            if (node.Split is not { } split)
                continue;
            importances[split.Feature] += node.Gain * impurity.WeightOf(node.Sums);
            open.Push(node.Right!);
            open.Push(node.Left!);
        }
    }
}
