namespace Dsl;

/// <summary>What trees, forests and boosting have that classify.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label.</param>
public abstract class TreeClassifierAttribute(string features, string label) : TreeAttribute(features, label)
{
    /// <summary>The column of the classes' probabilities; without one <c>Probability</c>, behind the written <c>Prediction</c>.</summary>
    public string? Probability { get; set; }

    /// <summary>The column of raw scores, a vector of the classes; without one there is none.</summary>
    public string? RawPrediction { get; set; }
}
