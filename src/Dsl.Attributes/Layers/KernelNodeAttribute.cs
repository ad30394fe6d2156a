namespace Dsl;

/// <summary>What every layer attribute with a 2d kernel of weights has.</summary>
/// <param name="k">The kernel's side in elements, at least 1.</param>
public abstract class KernelNodeAttribute(int k) : WeightedNodeAttribute
{
    /// <summary>The kernel's side in elements.</summary>
    public int Kernel { get; } = k;

    /// <summary>Elements from one window to the next, at least 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Zeros around the input, at least 0; not beside <c>Same</c>. Of a transposed convolution: rows and columns that its output lacks on each side.</summary>
    public int Padding { get; set; }

    /// <summary>Adds one trained number to every output channel.</summary>
    public bool Bias { get; set; } = true;

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
