namespace Dsl;

/// <summary>What the 2d convolutions share: a window over C×H×W with H' = floor((H + 2·padding - dilation·(k - 1) - 1) / stride) + 1, W' alike.</summary>
/// <param name="k">The kernel's side in elements, at least 1.</param>
public abstract class ConvolutionNodeAttribute(int k) : WeightedNodeAttribute
{
    /// <summary>The kernel's side in elements.</summary>
    public int Kernel { get; } = k;

    /// <summary>Elements from one window to the next, at least 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Zeros around the input, at least 0; not beside <see cref="Same"/>.</summary>
    public int Padding { get; set; }

    /// <summary>Elements from one tap to the next, at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Adds one trained number to every output channel.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>TensorFlow's SAME padding: the output is ceil(input / stride), the odd extra row and column come after.</summary>
    public bool Same { get; set; }

    /// <summary>The kernel's height in elements, where it differs from the other side: at least 1.</summary>
    public int KernelHeight { get; set; }

    /// <summary>The kernel's width in elements, where it differs from the other side: at least 1.</summary>
    public int KernelWidth { get; set; }

    /// <summary>The stride along the height, where it differs from the other side: at least 1.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The stride along the width, where it differs from the other side: at least 1.</summary>
    public int StrideWidth { get; set; }

    /// <summary>The padding above and below, where it differs from the other side: at least 0.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>The padding left and right, where it differs from the other side: at least 0.</summary>
    public int PaddingWidth { get; set; }
}
