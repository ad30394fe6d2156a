namespace Dsl;

/// <summary>
/// 1d cross-correlation along the steps: T×F → T'×channels with T' = floor((T + 2·Padding - Dilation·(k - 1) - 1) / Stride) + 1. Of a padded sample it sees zeros beyond its own
/// steps, and the same formula gives the length of its output, at least 1; with <c>Same</c> and a stride above 1 the padding stays that of all T steps.
/// </summary>
/// <param name="channels">Output channels, at least 1.</param>
/// <param name="k">The kernel's length in steps, at least 1.</param>
public sealed class Conv1dAttribute(int channels, int k) : WeightedNodeAttribute
{
    /// <summary>The output channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>The kernel's length in steps.</summary>
    public int Kernel { get; } = k;

    /// <summary>Steps from one window to the next, at least 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Steps of zeros before and behind the input, at least 0; not beside <see cref="Same"/>.</summary>
    public int Padding { get; set; }

    /// <summary>Steps from one tap to the next, at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Groups of channels that do not see each other; divides the input's features and the output channels.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Adds one trained number to every output channel.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>TensorFlow's SAME padding: the output has ceil(T / Stride) steps, the odd extra step of zeros comes behind.</summary>
    public bool Same { get; set; }
}
