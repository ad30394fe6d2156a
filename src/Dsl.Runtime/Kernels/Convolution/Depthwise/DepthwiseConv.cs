using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Depthwise convolution of one image: any kernel, stride, dilation and padding. Prepared weights are kh·kw × Round32(C), forward and backward alike.
/// </summary>
internal static unsafe class DepthwiseConv
{
    /// <summary>Makes the weights from PyTorch's C × 1 × kh × kw, each channel scaled where <paramref name="scale"/> is given.</summary>
    public static void Prepare(in Conv2dShape shape, float* weight, float* scale, float* prepared)
    {
        int taps = shape.KernelHeight * shape.KernelWidth;
        int channels = shape.InputChannels;
        int row = GemmPacking.Round32(channels);
        Transpose.Run(weight, taps, prepared, row, channels, taps);
        for (int tap = 0; tap < taps; tap++, prepared += row)
        {
            for (int channel = 0; scale != null && channel < channels; channel++)
                prepared[channel] *= scale[channel];
            NativeMemory.Clear(prepared + channels, (nuint)(row - channels) * sizeof(float));
        }
    }

    /// <summary>Rows <paramref name="first"/> to <paramref name="end"/> - 1 of y = epilogue(x ∗ W + bias); an epilogue that is no clamp is left to the caller.</summary>
    public static void Forward(in Conv2dShape shape, float* prepared, float* bias, in ConvImage x, float* y, nint outputRow, int first, int end)
    {
        using Workspace.Scope scope = Workspace.Open();
        var pass = new ConvPass
        {
            Input = x.Interior - shape.PaddingTop * x.Row - shape.PaddingLeft * shape.InputChannels,
            InputRow = shape.StrideHeight * x.Row,
            InputPixel = (nint)shape.StrideWidth * shape.InputChannels,
            Segments = (TileSegment*)scope.Take(shape.KernelHeight * shape.KernelWidth * (sizeof(TileSegment) / sizeof(float))),
            Weights = prepared,
            Output = y,
            OutputRow = outputRow,
            OutputPixel = shape.InputChannels,
            Pixels = shape.ConvWidth,
            Channels = shape.InputChannels,
            Bias = bias,
        };
        GemmEpilogue.IsClamp(shape.Epilogue, out pass.Low, out pass.High);
        for (int row = 0; row < shape.KernelHeight; row++)
        {
            for (int column = 0; column < shape.KernelWidth; column++)
            {
                pass.Segments[pass.SegmentCount].A = (row * shape.DilationHeight * x.Row + column * shape.DilationWidth * shape.InputChannels) * sizeof(float);
                pass.Segments[pass.SegmentCount].B = (nint)pass.SegmentCount * GemmPacking.Round32(shape.InputChannels) * sizeof(float);
                pass.SegmentCount++;
            }
        }

        Run(&pass, DepthwiseWindowTile.StrideOf(shape, shape.StrideHeight), first, end);
    }

    /// <summary>dx, rows <paramref name="dxRow"/> floats apart; input pixels by residue class modulo the stride, as in <see cref="ConvDirect.Backward"/>.</summary>
    public static void Backward(in Conv2dShape shape, float* prepared, in ConvImage dy, float* dx, nint dxRow, int height, int width)
    {
        using Workspace.Scope scope = Workspace.Open();
        var segments = (TileSegment*)scope.Take(shape.KernelHeight * shape.KernelWidth * (sizeof(TileSegment) / sizeof(float)));
        for (int row = 0; row < Math.Min(shape.StrideHeight, height); row++)
        {
            for (int column = 0; column < Math.Min(shape.StrideWidth, width); column++)
            {
                var pass = new ConvPass
                {
                    Input = dy.Interior,
                    InputRow = dy.Row,
                    InputPixel = shape.InputChannels,
                    Segments = segments,
                    Weights = prepared,
                    Output = dx + row * dxRow + (nint)column * shape.InputChannels,
                    OutputRow = shape.StrideHeight * dxRow,
                    OutputPixel = (nint)shape.StrideWidth * shape.InputChannels,
                    Pixels = (width - column + shape.StrideWidth - 1) / shape.StrideWidth,
                    Channels = shape.InputChannels,
                    Low = float.NegativeInfinity,
                    High = float.PositiveInfinity,
                };
                FindTaps(shape, dy.Row, row, column, &pass);
                Run(&pass, shape.StrideHeight == 1 ? DepthwiseWindowTile.StrideOf(shape, 1) : 0, 0, (height - row + shape.StrideHeight - 1) / shape.StrideHeight);
            }
        }
    }

    /// <summary>gradient[tap, channel] (+)= the gradient of one image.</summary>
    public static void AddWeights(in Conv2dShape shape, in ConvImage x, in ConvImage dy, float* gradient, bool adds)
    {
        if (!adds)
            NativeMemory.Clear(gradient, (nuint)(shape.KernelHeight * shape.KernelWidth * shape.InputChannels) * sizeof(float));
        VectorWidth.RunTiles(new AddWeightsKernel(in shape, in x, in dy, gradient));
    }

    private static void FindTaps(in Conv2dShape shape, nint dyRow, int row, int column, ConvPass* pass)
    {
        // The last tap meets the first gradient: from it on they are read in the order in which they lie.
        for (int kernelRow = shape.KernelHeight - 1; kernelRow >= 0; kernelRow--)
        {
            int down = row + shape.PaddingTop - kernelRow * shape.DilationHeight;
            for (int tap = shape.KernelWidth - 1; tap >= 0 && down % shape.StrideHeight == 0; tap--)
            {
                int right = column + shape.PaddingLeft - tap * shape.DilationWidth;
                if (right % shape.StrideWidth != 0)
                    continue;

                TileSegment* segment = pass->Segments + pass->SegmentCount++;
                segment->A = (down / shape.StrideHeight * dyRow + (nint)(right / shape.StrideWidth) * shape.InputChannels) * sizeof(float);
                segment->B = (nint)(kernelRow * shape.KernelWidth + tap) * GemmPacking.Round32(shape.InputChannels) * sizeof(float);
            }
        }
    }

    // With a stride, by tiles of whole 3×3 windows.
    private static void Run(ConvPass* pass, int windowStride, int first, int end)
    {
        if (pass->SegmentCount == 0)
            pass->WithoutTaps(first, end);
        else
            VectorWidth.RunTiles(new Kernel(pass, windowStride, first, end));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<T, W>(ConvPass* pass, int windowStride, int first, int end)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        int most = windowStride == 0 ? DepthwiseTile.MostPixels : DepthwiseWindowTile.MostPixels;
        int tiles = (pass->Pixels + most - 1) / most;
        int small = pass->Pixels / tiles;
        int large = pass->Pixels - small * tiles;
        while (first < end)
        {
            int rows = windowStride == 0 ? 1 : Math.Min(DepthwiseWindowTile.MostRows, end - first);
            delegate*<ConvPass*, float*, float*, void> smallTile = Tile<T, W>(windowStride, rows, small);
            delegate*<ConvPass*, float*, float*, void> largeTile = Tile<T, W>(windowStride, rows, Math.Min(small + 1, most));
            float* input = pass->Input + first * pass->InputRow;
            float* output = pass->Output + first * pass->OutputRow;
            for (int row = 0; row < rows; row++)
                DepthwiseTile.RunLast<T, W>(pass, input + row * pass->InputRow, output + row * pass->OutputRow, pass->Pixels);
            for (int tile = 0; tile < tiles; tile++)
            {
                int pixels = tile < large ? small + 1 : small;
                (tile < large ? largeTile : smallTile)(pass, input, output);
                input += pixels * pass->InputPixel;
                output += pixels * pass->OutputPixel;
            }

            first += rows;
        }
    }

    private static delegate*<ConvPass*, float*, float*, void> Tile<T, W>(int windowStride, int rows, int pixels)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => windowStride == 0 ? DepthwiseTile.Tile<T, W>(pixels) : DepthwiseWindowTile.Tile<T, W>(windowStride, rows, pixels);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddWeights<T, W>(in Conv2dShape shape, in ConvImage x, in ConvImage dy, float* gradient)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        const int Most = DepthwiseGradientTile.MostTaps;
        nint channels = shape.InputChannels;
        float* corner = x.Interior - shape.PaddingTop * x.Row - shape.PaddingLeft * channels;
        if (DepthwiseWindowTile.StrideOf(shape, shape.StrideHeight) == 1 && shape.ConvWidth >= DepthwiseWindowGradientTile.FewestPixels)
        {
            AddWindows<T, W>(shape, corner, x.Row, dy, gradient);
            return;
        }

        for (int h = 0; h < shape.ConvHeight; h++)
        {
            for (int row = 0; row < shape.KernelHeight; row += Most)
            {
                for (int tap = 0; tap < shape.KernelWidth; tap += Most)
                {
                    DepthwiseGradientTile.Tile<T, W>(Math.Min(Most, shape.KernelHeight - row), Math.Min(Most, shape.KernelWidth - tap))(
                        corner + (h * shape.StrideHeight + row * shape.DilationHeight) * x.Row + tap * shape.DilationWidth * channels,
                        shape.DilationHeight * x.Row,
                        shape.DilationWidth * channels,
                        shape.StrideWidth * channels,
                        dy.Interior + h * dy.Row,
                        shape.ConvWidth,
                        shape.InputChannels,
                        gradient + (row * shape.KernelWidth + tap) * channels,
                        shape.KernelWidth * channels,
                        channels);
                }
            }
        }
    }

    private static void AddWindows<T, W>(in Conv2dShape shape, float* corner, nint xRow, in ConvImage dy, float* gradient)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        int channels = shape.InputChannels;
        int lanes = channels % W.Count;
        int whole = channels - lanes;
        for (int h = 0; h < shape.ConvHeight;)
        {
            int rows = Math.Min(DepthwiseWindowGradientTile.MostRows, shape.ConvHeight - h);
            DepthwiseWindowGradientTile.Tile<T, W>(rows)(corner + h * xRow, xRow, dy.Interior + h * dy.Row, dy.Row, shape.ConvWidth, channels, gradient);
            for (int end = h + rows; h < end; h++)
            {
                if (lanes > 0)
                    DepthwiseGradientTile.RunLast<T, W>(corner + h * xRow + whole, xRow, channels, channels, dy.Interior + h * dy.Row + whole, channels, shape.ConvWidth, lanes, 3, 3, gradient + whole, 3 * channels, channels);
            }
        }
    }

    private readonly struct Kernel(ConvPass* pass, int windowStride, int first, int end) : ITileKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => DepthwiseConv.Run<T, W>(pass, windowStride, first, end);
    }

    private readonly ref struct AddWeightsKernel(in Conv2dShape shape, in ConvImage x, in ConvImage dy, float* gradient) : ITileKernel
    {
        private readonly ref readonly Conv2dShape shape = ref shape;
        private readonly ref readonly ConvImage x = ref x;
        private readonly ref readonly ConvImage dy = ref dy;
        private readonly float* gradient = gradient;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => AddWeights<T, W>(in shape, in x, in dy, gradient);
    }
}
