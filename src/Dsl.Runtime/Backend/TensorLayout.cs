using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>
/// How one sample of a tensor lies in memory: channels last (H×W×C), inside a ring of zeros (the halo) that a padded convolution reads.
/// A vector of F is 1×1×F, a sequence T×F is 1×T×F, a tensor kept in row-major order is 1×1×count; those have no halo.
/// Element (n, h, w, c) is at n·<see cref="SampleStride"/> + h·<see cref="RowStride"/> + w·<see cref="Channels"/> + c from the view's interior origin.
/// </summary>
public readonly struct TensorLayout
{
    /// <summary>A layout of <paramref name="height"/>×<paramref name="width"/>×<paramref name="channels"/> with a halo of the given rows and columns.</summary>
    public TensorLayout(int channels, int height = 1, int width = 1, int top = 0, int left = 0, int bottom = 0, int right = 0)
    {
        Channels = channels;
        Height = height;
        Width = width;
        Top = top;
        Left = left;
        Bottom = bottom;
        Right = right;
        RowStride = (left + width + right) * channels;
        SampleStride = (long)(top + height + bottom) * RowStride;
    }

    /// <summary>Channels (innermost, contiguous).</summary>
    public int Channels { get; }

    /// <summary>Rows of the interior.</summary>
    public int Height { get; }

    /// <summary>Columns of the interior.</summary>
    public int Width { get; }

    /// <summary>Rows of zeros above the interior.</summary>
    public int Top { get; }

    /// <summary>Columns of zeros before the interior.</summary>
    public int Left { get; }

    /// <summary>Rows of zeros below the interior.</summary>
    public int Bottom { get; }

    /// <summary>Columns of zeros after the interior.</summary>
    public int Right { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Floats from one sample to the next, halo included.</summary>
    public long SampleStride { get; }

    /// <summary>Floats of one sample's interior: H·W·C.</summary>
    public long Count => (long)Height * Width * Channels;

    /// <summary>True when there is no halo, so that a batch is one contiguous run of floats.</summary>
    public bool IsContiguous => (Top | Left | Bottom | Right) == 0;

    /// <summary>Floats from a sample's first float (halo included) to its interior origin.</summary>
    public long Origin => (long)Top * RowStride + (long)Left * Channels;
}

/// <summary>A batch of samples in a backend's memory: where the first sample starts (halo included), and how each lies there.</summary>
public readonly struct TensorView
{
    /// <summary>A view of samples from <paramref name="start"/> on, each <paramref name="layout"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TensorView(FloatBuffer start, in TensorLayout layout)
    {
        Start = start;
        Layout = layout;
    }

    /// <summary>The first float of the first sample, halo included.</summary>
    public FloatBuffer Start { get; }

    /// <summary>How one sample lies.</summary>
    public TensorLayout Layout { get; }

    /// <summary>True for the view that stands for "not given".</summary>
    public bool IsNone => Start.IsNone;

    /// <summary>Address of element (0, 0, 0) of sample 0.</summary>
    internal unsafe float* Interior => Start.Pointer + Layout.Origin;
}
