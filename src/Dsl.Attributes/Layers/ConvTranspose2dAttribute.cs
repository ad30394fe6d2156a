namespace Dsl;

/// <summary>
/// The transpose of a 2d convolution: C×H×W → channels×H'×W' with H' = (H - 1)·stride - 2·padding + k + OutputPadding, W' alike. Each element of the input adds its kernel, times
/// its value, to the output.
/// </summary>
/// <param name="channels">Output channels, at least 1.</param>
/// <param name="k">The kernel's side in elements, at least 1.</param>
public sealed class ConvTranspose2dAttribute(int channels, int k) : KernelNodeAttribute(k)
{
    /// <summary>The output channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>Rows below and columns to the right that the output has besides, from 0 to below the stride.</summary>
    public int OutputPadding { get; set; }

    /// <summary>Groups of channels that do not see each other; divides the input and the output channels.</summary>
    public int Groups { get; set; } = 1;
}
