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

/// <summary>Rows and columns of zeros around an image.</summary>
internal readonly record struct ConvHalo(int Top, int Left, int Bottom, int Right)
{
    /// <summary>What the forward convolution reads around its input.</summary>
    public static ConvHalo Forward(in Conv2dShape shape, int height, int width) => new(
        shape.PaddingTop,
        shape.PaddingLeft,
        int.Max(0, (shape.ConvHeight - 1) * shape.StrideHeight + (shape.KernelHeight - 1) * shape.DilationHeight + 1 - shape.PaddingTop - height),
        int.Max(0, (shape.ConvWidth - 1) * shape.StrideWidth + (shape.KernelWidth - 1) * shape.DilationWidth + 1 - shape.PaddingLeft - width));

    /// <summary>What the gradient of an input of height × width reads around the gradient of the convolution's output.</summary>
    public static ConvHalo Backward(in Conv2dShape shape, int height, int width) => new(
        Before((shape.KernelHeight - 1) * shape.DilationHeight - shape.PaddingTop, shape.StrideHeight),
        Before((shape.KernelWidth - 1) * shape.DilationWidth - shape.PaddingLeft, shape.StrideWidth),
        int.Max(0, (height - 1 + shape.PaddingTop) / shape.StrideHeight - (shape.ConvHeight - 1)),
        int.Max(0, (width - 1 + shape.PaddingLeft) / shape.StrideWidth - (shape.ConvWidth - 1)));

    public bool FitsInto(in TensorLayout layout) => layout.Top >= Top && layout.Left >= Left && layout.Bottom >= Bottom && layout.Right >= Right;

    private static int Before(int reach, int stride) => int.Max(0, (reach + stride - 1) / stride);
}
