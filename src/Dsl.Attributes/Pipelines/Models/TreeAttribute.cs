namespace Dsl;

/// <summary>What trees, forests and boosting have.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label.</param>
public abstract class TreeAttribute(string features, string label) : SupervisedAttribute(features, label)
{
    /// <summary>How deep the deepest node may be, 0 to 30; 0 is a root alone.</summary>
    public int MaxDepth { get; set; } = 5;

    /// <summary>The most bins of a feature, at least 2, and at least the classes of a class number among the features.</summary>
    public int MaxBins { get; set; } = 32;

    /// <summary>The fewest rows of a child, at least 1: a split that leaves fewer is none.</summary>
    public int MinInstancesPerNode { get; set; } = 1;

    /// <summary>The least share of all rows' weight that a child has, at least 0 and below 0.5.</summary>
    public double MinWeightFractionPerNode { get; set; }

    /// <summary>The least gain of a split, at least 0.</summary>
    public double MinInfoGain { get; set; }

    /// <summary>Where the drawing starts; the <c>Seed</c> of <c>PipelineOptions</c> is added to it.</summary>
    public ulong Seed { get; set; }
}
