namespace Dsl.Pipelines.Trees;

/// <summary>Where a tree parts rows.</summary>
/// <param name="Feature">By which feature.</param>
/// <param name="Threshold">Of a continuous one: at most this goes left.</param>
/// <param name="LeftCategories">Of a categorical one: these go left, ascending; else null.</param>
internal sealed record TreeSplit(int Feature, double Threshold, int[]? LeftCategories);

/// <summary>A node of a finished tree: a leaf, or one that parts its rows.</summary>
/// <param name="Prediction">What its rows predict.</param>
/// <param name="Sums">Their sums; of classes the weight of each and the number of rows, of numbers as <see cref="Variance"/> has them.</param>
internal sealed record TreeNode(double Prediction, double[] Sums)
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
}
