using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>One image and the zeros around it that a convolution may read.</summary>
internal readonly unsafe struct ConvImage
{
    /// <summary>An image whose element (0, 0, 0) and row stride in floats are given.</summary>
    public ConvImage(float* interior, nint row)
    {
        Interior = interior;
        Row = row;
    }

    /// <summary>Element (0, 0, 0).</summary>
    public float* Interior { get; }

    /// <summary>Floats from one row to the next.</summary>
    public nint Row { get; }

    /// <summary>Sample <paramref name="n"/> of a batch as a batch of its own.</summary>
    public static TensorView Sample(in TensorView view, int n) => new(view.Start + n * view.Layout.SampleStride, view.Layout);

    /// <summary>The layout with at least the given ring, rows and columns as they are.</summary>
    public static TensorLayout WithHalo(in TensorLayout layout, in ConvHalo halo) =>
        new(layout.Channels, layout.Height, layout.Width, halo.Top, halo.Left, halo.Bottom, halo.Right);

    /// <summary>An image of that layout in the workspace, with nothing set.</summary>
    public static TensorView Take(in TensorLayout layout, in Workspace.Scope scope) => new(new FloatBuffer((nint)scope.Take(layout.SampleStride)), layout);

    /// <summary>Sample <paramref name="n"/> in place where its halo suffices, else copied into a ring of zeros in the workspace.</summary>
    public static ConvImage Padded(in TensorView view, int n, in ConvHalo halo, in Workspace.Scope scope)
    {
        TensorLayout layout = view.Layout;
        float* interior = view.Interior + n * layout.SampleStride;
        if (halo.FitsInto(layout))
            return new ConvImage(interior, layout.RowStride);

        TensorLayout padded = WithHalo(layout, halo);
        float* copy = scope.Take(padded.SampleStride);
        NativeMemory.Clear(copy, (nuint)padded.SampleStride * sizeof(float));
        float* to = copy + padded.Origin;
        for (int h = 0; h < layout.Height; h++)
            Unsafe.CopyBlockUnaligned(to + (nint)h * padded.RowStride, interior + (nint)h * layout.RowStride, (uint)(layout.Width * layout.Channels * sizeof(float)));

        return new ConvImage(to, padded.RowStride);
    }
}
