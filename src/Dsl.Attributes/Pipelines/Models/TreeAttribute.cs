namespace Dsl;

/// <summary>What trees, forests and boosting have.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label.</param>
public abstract class TreeAttribute(string features, string label) : SupervisedAttribute(features, label)
{
    /// <summary>The deepest node, 0 to 30.</summary>
    public int MaxDepth { get; set; } = 5;

    /// <summary>The most bins of a feature, at least 2, and at least the classes of a class number among the features.</summary>
    public int MaxBins { get; set; } = 32;

    /// <summary>The fewest rows of a node, at least 1.</summary>
    public int MinInstancesPerNode { get; set; } = 1;

    /// <summary>The least share of the weight of a node, at least 0 and below 0.5.</summary>
    public double MinWeightFractionPerNode { get; set; }

    /// <summary>The least gain of a split, at least 0.</summary>
    public double MinInfoGain { get; set; }

    /// <summary>Where the drawing starts.</summary>
    public ulong Seed { get; set; }
}
