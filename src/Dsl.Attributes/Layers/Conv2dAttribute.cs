namespace Dsl;

/// <summary>2d cross-correlation: C×H×W → channels×H'×W'.</summary>
/// <param name="channels">Output channels, at least 1.</param>
/// <param name="k">The kernel's side in elements, at least 1.</param>
public sealed class Conv2dAttribute(int channels, int k) : ConvolutionNodeAttribute(k)
{
    /// <summary>The output channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>Groups of channels that do not see each other; divides the input and the output channels.</summary>
    public int Groups { get; set; } = 1;
}
