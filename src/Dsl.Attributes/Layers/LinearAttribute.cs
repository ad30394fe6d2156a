namespace Dsl;

/// <summary>y = x·Wᵀ + b over the last dimension: F → features, T×F → T×features. On C×H×W: DSL201; <c>Flatten</c> first.</summary>
/// <param name="features">Outputs, at least 1.</param>
public sealed class LinearAttribute(int features) : WeightedNodeAttribute
{
    /// <summary>The outputs.</summary>
    public int Features { get; } = features;

    /// <summary>Adds one trained number to every output.</summary>
    public bool Bias { get; set; } = true;
}
