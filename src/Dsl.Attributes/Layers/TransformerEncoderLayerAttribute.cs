namespace Dsl;

/// <summary>
/// Attention of a sequence to itself, then two linear layers, each with a residual connection and a layer norm (epsilon 1e-5), as PyTorch's
/// <c>nn.TransformerEncoderLayer</c>: T×F → T×F. Vaswani et al., 2017.
/// </summary>
/// <param name="heads">At least 1; divides F.</param>
/// <param name="feedForward">Features between the two linear layers, at least 1.</param>
public sealed class TransformerEncoderLayerAttribute(int heads, int feedForward) : WeightedNodeAttribute
{
    /// <summary>The heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>Features between the two linear layers.</summary>
    public int FeedForward { get; } = feedForward;

    /// <summary>The probability of a zero, in [0, 1), in PyTorch's four places: attention weights, attention's output, after the activation, after the second linear layer.</summary>
    public double Dropout { get; set; } = 0.1;

    /// <summary>A step sees itself and what is before it, not what comes after.</summary>
    public bool Causal { get; set; }

    /// <summary><c>true</c>: the norms stand before attention and linear layers (x + f(norm(x))); <c>false</c>: behind the sums (norm(x + f(x))).</summary>
    public bool NormFirst { get; set; } = true;

    /// <summary>The function between the two linear layers.</summary>
    public Activation Activation { get; set; } = Activation.GELU;
}
