namespace Dsl;

/// <summary>What the 2d pools share: a window over every channel of C×H×W with H' = floor((H + 2·padding - k) / stride) + 1, W' alike.</summary>
/// <param name="k">The window's side in elements, at least 1.</param>
public abstract class PoolNodeAttribute(int k) : NodeAttribute
{
    /// <summary>The window's side in elements.</summary>
    public int Kernel { get; } = k;

    /// <summary>Elements from one window to the next, at least 1; without it, the window's side.</summary>
    public int Stride { get; set; } = k;

    /// <summary>Elements around the input, from 0 to half the window.</summary>
    public int Padding { get; set; }

    /// <summary>The window's height in elements, where it differs from the other side: at least 1.</summary>
    public int KernelHeight { get; set; }

    /// <summary>The window's width in elements, where it differs from the other side: at least 1.</summary>
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
