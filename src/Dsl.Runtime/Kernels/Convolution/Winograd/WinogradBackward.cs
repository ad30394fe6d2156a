using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Gradients of a Winograd convolution for some images of a batch, as the exact adjoint of the forward pass: one transform of the output's gradient serves
/// weights and input. The input's transform is formed anew: from L2 that takes less time than reading a kept one from memory.
/// </summary>
internal unsafe struct WinogradBackward
{
    public Conv2dShape Shape;
    public float* Prepared;
    public TensorView X;
    public TensorView Y;
    public TensorView Dy;
    public TensorView Dx;
    public byte* Indices;

    /// <summary>Floats of the gathered gradient of the weights: 16 planes of inputs × outputs.</summary>
    public static nint Floats(in Conv2dShape shape) => 16 * (nint)shape.InputChannels * shape.OutputChannels;

    /// <summary>Images <paramref name="first"/> to <paramref name="end"/> - 1; dWeight and dBias are set, or null.</summary>
    public readonly void Images(int first, int end, float* dWeight, float* dBias)
    {
        var tiles = new WinogradTiles(Shape);
        bool adds = false;
        for (int n = first; n < end; n += tiles.Images)
        {
            int images = Math.Min(tiles.Images, end - n);
            using Workspace.Scope scope = Workspace.Open();
            TensorView image = Dx.IsNone ? default : ConvImage.Take(new TensorLayout(Shape.InputChannels, 2 * tiles.Rows + 2, 2 * tiles.Columns + 2), scope);
            for (int row = 0; row < tiles.Rows; row += tiles.RowsAtOnce)
            {
                int rows = Math.Min(tiles.RowsAtOnce, tiles.Rows - row);
                Rows(tiles, n, images, row, rows, image, dWeight, dBias, adds);
                adds = true;
            }
        }
    }

    private readonly void Rows(in WinogradTiles tiles, int first, int images, int row, int rows, in TensorView image, float* dWeight, float* dBias, bool adds)
    {
        int each = rows * tiles.Columns;
        int count = images * each;
        int inputs = Shape.InputChannels;
        int outputs = Shape.OutputChannels;
        using Workspace.Scope scope = Workspace.Open();
        nint inputPlane = WinogradTiles.Plane(count, inputs);
        nint outputPlane = WinogradTiles.Plane(count, outputs);
        float* input = scope.Take(16 * inputPlane);
        float* dy = scope.Take(16 * outputPlane);
        for (int i = 0; i < images; i++)
        {
            TransformGradient(tiles, first + i, row, rows, dy + (nint)i * each * outputs, outputPlane, dBias, adds || i > 0);
            if (dWeight != null)
                WinogradForward.TransformInput(Shape, tiles, X, first + i, row, rows, input + (nint)i * each * inputs, inputPlane);
        }

        if (dWeight != null)
            WinogradProducts.AddWeights(input, inputPlane, inputs, dy, outputPlane, outputs, dWeight, count, adds);
        if (Dx.IsNone)
            return;

        WinogradProducts.Run(dy, outputPlane, outputs, Prepared, inputs, input, inputPlane, count);
        for (int i = 0; i < images; i++)
            AddImage(tiles, first + i, row, rows, input + (nint)i * each * inputs, inputPlane, image);
    }

    private readonly void TransformGradient(in WinogradTiles tiles, int n, int row, int rows, float* planes, nint plane, float* dBias, bool adds)
    {
        using Workspace.Scope scope = Workspace.Open();
        int outputs = Shape.OutputChannels;
        if (WinogradForward.PoolsInRegisters(Shape))
        {
            if (row == 0)
                ActivationGradient(n, dBias, adds);
            long sample = n * MaxPooling.IndexStride(Shape.Pool, Dy.Layout);
            for (int i = row; i < row + rows; i++, planes += (nint)tiles.Columns * outputs)
            {
                // What an odd last row or column holds was not pooled.
                int pooled = i < Dy.Layout.Height ? Dy.Layout.Width : 0;
                WinogradRows.OutputAdjoint(Dy.Row(n, i), 0, Indices + sample + (long)i * Dy.Layout.Width * outputs, outputs, pooled, planes, plane);
                for (int p = 0; p < 16 && pooled < tiles.Columns; p++)
                    NativeMemory.Clear(planes + p * plane + (nint)pooled * outputs, (nuint)((tiles.Columns - pooled) * outputs) * sizeof(float));
            }

            return;
        }

        var halo = new ConvHalo(0, 0, 2 * tiles.Rows - Shape.ConvHeight, 2 * tiles.Columns - Shape.ConvWidth);
        TensorView gradient = ConvGradient.Output(Shape, Y, Indices, Dy, n, halo, scope);
        if (dBias != null && row == 0)
            ConvGradient.AddBias(Shape.Pool.IsGiven ? ConvImage.Sample(Dy, n) : gradient, dBias, adds);
        for (int i = row; i < row + rows; i++, planes += (nint)tiles.Columns * outputs)
            WinogradRows.OutputAdjoint(gradient.Row(0, 2 * i), gradient.Layout.RowStride, null, outputs, tiles.Columns, planes, plane);
    }

    // The chosen element's derivative is that of the pooled value, and the bias sees every pooled gradient once.
    private readonly void ActivationGradient(int n, float* dBias, bool adds)
    {
        TensorView gradient = ConvImage.Sample(Dy, n);
        if (Shape.Epilogue.Function != UnaryFunction.Identity)
            Unary.Backward(Shape.Epilogue, ConvImage.Sample(Y, n), gradient, gradient, 1);
        if (dBias != null)
            ConvGradient.AddBias(gradient, dBias, adds);
    }

    /// <summary>Adds rows of patches to an image that starts at the padding, and copies it to dx behind its last rows.</summary>
    private readonly void AddImage(in WinogradTiles tiles, int n, int row, int rows, float* planes, nint plane, in TensorView image)
    {
        TensorLayout padded = image.Layout;
        int inputs = Shape.InputChannels;
        float* start = image.Interior;
        if (row == 0)
            NativeMemory.Clear(start, (nuint)padded.SampleStride * sizeof(float));
        for (int i = row; i < row + rows; i++, planes += (nint)tiles.Columns * inputs)
            WinogradRows.AddInputAdjoint(planes, plane, inputs, tiles.Columns, start + 2 * i * (nint)padded.RowStride, padded.RowStride);
        if (row + rows < tiles.Rows)
            return;

        // Where the output is cut short, the last rows and columns of x are not read by any tile, or only by the zeros beyond it.
        TensorLayout layout = Dx.Layout;
        int width = Math.Min(layout.Width, padded.Width - Shape.PaddingLeft);
        for (int h = 0; h < layout.Height; h++)
        {
            float* to = Dx.Row(n, h);
            int seen = h + Shape.PaddingTop < padded.Height ? width : 0;
            if (seen > 0)
                Unsafe.CopyBlockUnaligned(to, image.Row(0, h + Shape.PaddingTop) + (nint)Shape.PaddingLeft * inputs, (uint)(seen * inputs * sizeof(float)));
            NativeMemory.Clear(to + (nint)seen * inputs, (nuint)((layout.Width - seen) * inputs) * sizeof(float));
        }

        Halo.Clear(Dx, n);
    }
}
