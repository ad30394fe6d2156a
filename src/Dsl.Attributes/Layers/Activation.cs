namespace Dsl;

/// <summary>The function between the two linear layers of a <c>TransformerEncoderLayer</c>.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x·Φ(x), exact (erf). Hendrycks and Gimpel, 2016.</summary>
    GELU,
}
