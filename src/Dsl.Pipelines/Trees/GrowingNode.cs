using System;

namespace Dsl.Pipelines.Trees;

/// <summary>A node on its way: some rows of a tree.</summary>
/// <param name="tree">Its tree.</param>
/// <param name="depth">How far from the root.</param>
/// <param name="first">Its first row.</param>
/// <param name="end">Behind its last row.</param>
internal sealed class GrowingNode(TreeSample tree, int depth, int first, int end)
{
    /// <summary>Its tree.</summary>
    public TreeSample Tree => tree;

    /// <summary>How far from the root.</summary>
    public int Depth => depth;

    /// <summary>Its first row.</summary>
    public int First => first;

    /// <summary>Behind its last row.</summary>
    public int End => end;

    /// <summary>How many rows, each once.</summary>
    public int Count => end - first;

    /// <summary>What the features to look at are drawn from.</summary>
    public long Seed { get; set; }

    /// <summary>The features to look at, in their order.</summary>
    public int[] Features { get; set; } = [];

    /// <summary>The sums of its rows; null of a root that has not been looked at.</summary>
    public double[]? Sums { get; set; }

    /// <summary>How mixed its rows are.</summary>
    public double Impurity { get; set; }

    /// <summary>It is not to be parted.</summary>
    public bool IsLeaf { get; set; }

    /// <summary>The sums of its bins, kept for its children.</summary>
    public double[]? Histogram { get; set; }

    /// <summary>The sibling whose sums are to be taken from those above to get this one's; <see cref="Histogram"/> has those above until then.</summary>
    public GrowingNode? Less { get; set; }

    /// <summary>What parting gained.</summary>
    public double Gain { get; set; }

    /// <summary>How it is parted; null while it is not.</summary>
    public TreeSplit? Split { get; set; }

    /// <summary>Of a continuous feature the last bin that goes left.</summary>
    public int Cut { get; set; }

    /// <summary>The sums of what goes left.</summary>
    public double[] LeftSums { get; set; } = [];

    /// <summary>The sums of what goes right.</summary>
    public double[] RightSums { get; set; } = [];

    /// <summary>Where the split's left goes.</summary>
    public GrowingNode? Left { get; set; }

    /// <summary>Where its right goes.</summary>
    public GrowingNode? Right { get; set; }

    /// <summary>Whether rows of a bin go left.</summary>
    public bool IsLeft(int bin) => Split!.LeftCategories is { } left ? Array.BinarySearch(left, bin) >= 0 : bin <= Cut;

    /// <summary>Two leaves of one parent that predict the same are one: gives up the splits that are none, upwards.</summary>
    public void Prune(Impurity kind)
    {
        if (Split is null)
            return;
        Left!.Prune(kind);
        Right!.Prune(kind);
        if (Left.Split is null && Right.Split is null && kind.Predict(Left.Sums) == kind.Predict(Right.Sums))
            Split = null;
    }
}
