namespace Dsl;

/// <summary>What a model has that learns a label.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label.</param>
public abstract class SupervisedAttribute(string features, string label) : PredictorAttribute(features)
{
    /// <summary>The label.</summary>
    public string Label { get; } = label;
}
