namespace Dsl;

/// <summary>Gradient-boosted trees of two classes.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: two classes.</param>
public sealed class GBTClassifierAttribute(string features, string label) : TreeClassifierAttribute(features, label)
{
    /// <summary>How many trees, at least 0.</summary>
    public int MaxIter { get; set; } = 20;

    /// <summary>How much each tree behind the first counts, above 0 up to 1.</summary>
    public double StepSize { get; set; } = 0.1;

    /// <summary>How many features a node looks at: all, onethird, sqrt, log2, a number of at least 1, or a share above 0 up to 1; auto: all.</summary>
    public string FeatureSubsetStrategy { get; set; } = "all";

    /// <summary>The share of the rows that a tree sees, above 0 up to 1.</summary>
    public double SubsamplingRate { get; set; } = 1;
}
