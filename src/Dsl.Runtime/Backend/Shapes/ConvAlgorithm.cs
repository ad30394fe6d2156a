namespace Dsl.Runtime;

/// <summary>How a convolution is computed. The compiler advises by the shape (<see cref="Conv2dShape.Advised"/>); a backend may do otherwise.</summary>
public enum ConvAlgorithm
{
    /// <summary>Register tiles over the halo buffer, no im2col.</summary>
    Direct,

    /// <summary>Winograd F(2×2, 3×3); only for 3×3, stride 1, dilation 1, one group.</summary>
    Winograd,
}
