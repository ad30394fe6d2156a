using System;

namespace Dsl.Runtime;

/// <summary>What a convolution or pool over steps makes of a sample's length: its output formula, and at least 1.</summary>
/// <param name="Kernel">Steps of the window.</param>
/// <param name="Stride">Steps from one window to the next.</param>
/// <param name="Padding">Zeros before and after, together.</param>
/// <param name="Dilation">Steps from one element of the window to the next.</param>
public readonly record struct LengthMap(int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>The length of the output.</summary>
    /// <param name="length">The length of the input.</param>
    public int Of(int length) => Math.Max(1, ((length + Padding - (Dilation * (Kernel - 1)) - 1) / Stride) + 1);
}
