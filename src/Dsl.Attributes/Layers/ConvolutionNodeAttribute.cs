namespace Dsl;

/// <summary>What the 2d convolutions share: a window over C×H×W with H' = floor((H + 2·padding - dilation·(k - 1) - 1) / stride) + 1, W' alike.</summary>
/// <param name="k">The kernel's side in elements, at least 1.</param>
public abstract class ConvolutionNodeAttribute(int k) : KernelNodeAttribute(k)
{
    /// <summary>Elements from one tap to the next, at least 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>TensorFlow's SAME padding: the output is ceil(input / stride), the odd extra row and column come after.</summary>
    public bool Same { get; set; }
}
