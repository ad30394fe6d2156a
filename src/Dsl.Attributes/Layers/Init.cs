namespace Dsl;

/// <summary>How weights get their first values: PyTorch's <c>nn.init</c> with its defaults.</summary>
public enum Init
{
    /// <summary>PyTorch's default of the layer: uniform in ±1/√fan_in.</summary>
    Default,

    /// <summary>Uniform in ±√(6 / (fan_in + fan_out)). Glorot and Bengio, 2010.</summary>
    XavierUniform,

    /// <summary>Normal with deviation √(2 / (fan_in + fan_out)).</summary>
    XavierNormal,

    /// <summary>Uniform in ±√(6 / fan_in): gain √2. He et al., 2015.</summary>
    KaimingUniform,

    /// <summary>Normal with deviation √(2 / fan_in).</summary>
    KaimingNormal,

    /// <summary>A random orthogonal matrix, of a kernel the first dimension by the rest. Saxe et al., 2013.</summary>
    Orthogonal,

    /// <summary>All zero.</summary>
    Zeros,
}
