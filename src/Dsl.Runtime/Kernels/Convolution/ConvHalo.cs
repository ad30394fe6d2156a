namespace Dsl.Runtime.Kernels;

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
