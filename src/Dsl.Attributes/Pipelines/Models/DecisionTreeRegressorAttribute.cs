namespace Dsl;

/// <summary>A regression tree.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: a number.</param>
public sealed class DecisionTreeRegressorAttribute(string features, string label) : TreeAttribute(features, label);
