namespace Dsl.Runtime;

/// <summary>An element-wise function with at most one parameter.</summary>
public enum UnaryFunction
{
    /// <summary>x</summary>
    Identity,

    /// <summary>max(0, x); NaN stays NaN.</summary>
    ReLU,

    /// <summary>min(max(0, x), 6)</summary>
    ReLU6,

    /// <summary>x for x ≥ 0, else parameter·x</summary>
    LeakyReLU,

    /// <summary>x for x ≥ 0, else parameter·(eˣ - 1)</summary>
    ELU,

    /// <summary>x·Φ(x), exact (erf)</summary>
    GELU,

    /// <summary>x·sigmoid(x)</summary>
    SiLU,

    /// <summary>1 / (1 + e⁻ˣ)</summary>
    Sigmoid,

    /// <summary>tanh x</summary>
    Tanh,

    /// <summary>ln(1 + eˣ), x itself above 20 as PyTorch</summary>
    Softplus,

    /// <summary>x·min(max(x + 3, 0), 6) / 6</summary>
    HardSwish,

    /// <summary>min(max(x + 3, 0), 6) / 6</summary>
    HardSigmoid,
}
