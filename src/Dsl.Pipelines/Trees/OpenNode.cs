using System.Diagnostics.CodeAnalysis;

namespace Dsl.Pipelines.Trees;

/// <summary>A node that is to be looked at in this round, and what is known of it only until then. They are used again.</summary>
internal sealed class OpenNode
{
    /// <summary>Its tree.</summary>
    [AllowNull]
    public GrowingTree Tree { get; private set; }

    /// <summary>Which of the tree's nodes.</summary>
    public int Number { get; private set; }

    /// <summary>How far from the root.</summary>
    public int Depth { get; private set; }

    /// <summary>The features to look at, in their order, and perhaps others behind them.</summary>
    public int[] Features { get; set; } = [];

    /// <summary>How many.</summary>
    public int FeatureCount { get; set; }

    /// <summary>Where its left child would lie.</summary>
    public int Children { get; private set; }

    /// <summary>All threads look at it together, whatever else is open.</summary>
    public bool IsShared { get; set; }

    /// <summary>The sums of its bins, where they are kept for its children or several threads look at them.</summary>
    public double[]? Histogram { get; set; }

    /// <summary>The sibling whose sums are to be taken from those above to get this one's; <see cref="Histogram"/> has those above until then.</summary>
    public OpenNode? Less { get; set; }

    /// <summary>What stays of it.</summary>
    public ref GrowingNode Node => ref Tree[Number];

    /// <summary>How many rows, each once.</summary>
    public int Count { get; private set; }

    /// <summary>Becomes another node, with room for its children.</summary>
    /// <param name="tree">Its tree.</param>
    /// <param name="number">Which of the tree's nodes.</param>
    /// <param name="depth">How far from the root.</param>
    public void Begin(GrowingTree tree, int number, int depth)
    {
        Tree = tree;
        Number = number;
        Depth = depth;
        Children = tree.AddPair();
        Count = Node.Count;
        Histogram = null;
        Less = null;
    }
}
