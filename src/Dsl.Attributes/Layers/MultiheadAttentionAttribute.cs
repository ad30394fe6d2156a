namespace Dsl;

/// <summary>
/// Scaled dot-product attention of several heads over steps, with PyTorch's projections before and after: T×F → T×F. Each step is a query to all steps of the
/// same sequence, or of another (<see cref="KeyValue"/>). Keys that are padding are not seen. Vaswani et al., 2017.
/// </summary>
/// <param name="heads">At least 1; divides F.</param>
public sealed class MultiheadAttentionAttribute(int heads) : WeightedNodeAttribute
{
    /// <summary>The heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>A step sees itself and what is before it, not what comes after. Not beside <see cref="KeyValue"/>.</summary>
    public bool Causal { get; set; }

    /// <summary>In training the part of the attention weights that is set to zero, in [0, 1); the rest is scaled by 1 / (1 - Dropout).</summary>
    public double Dropout { get; set; }

    /// <summary>The name of an input or layer before this one, T'×F with the same F, that gives keys and values; without one the current output gives them.</summary>
    public string? KeyValue { get; set; }
}
