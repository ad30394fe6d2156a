namespace Dsl;

/// <summary>A forest of regression trees.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: a number.</param>
public sealed class RandomForestRegressorAttribute(string features, string label) : TreeAttribute(features, label)
{
    /// <summary>How many trees, at least 1.</summary>
    public int NumTrees { get; set; } = 20;

    /// <summary>How many features a node looks at: all, onethird, sqrt, log2, a number of at least 1, or a share above 0 up to 1; auto: all for one tree, else onethird.</summary>
    public string FeatureSubsetStrategy { get; set; } = "auto";

    /// <summary>The share of the rows that a tree sees, above 0 up to 1.</summary>
    public double SubsamplingRate { get; set; } = 1;

    /// <summary>Draws that share with replacement: a row may count several times in a tree, or not at all. Without it a tree sees a row once or not.</summary>
    public bool Bootstrap { get; set; } = true;
}
