using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The products of a Winograd convolution: one for each of 16 planes, on the calling thread. Products of few channels need no blocks and no packing, and
/// their tiles are run at once: making ready a product of 16 channels took as long as its tiles.
/// </summary>
internal static unsafe class WinogradProducts
{
    private const int Planes = 16;

    /// <summary>result[tile, :] = input[tile, :] · weights, for the forward weights as for the backward ones.</summary>
    public static void Run(float* input, nint inputPlane, int inputs, float* weights, int outputs, float* result, nint resultPlane, int tiles)
    {
        nint weightPlane = (nint)inputs * GemmPacking.Round32(outputs);
        if (NeedsNoBlocks(inputs, outputs))
        {
            VectorWidth.RunTiles(new RunKernel(input, inputPlane, inputs, weights, weightPlane, outputs, result, resultPlane, tiles));
            return;
        }

        var product = new GemmProduct
        {
            Rows = tiles,
            Columns = outputs,
            Depth = inputs,
            ARow = inputs,
            AStep = 1,
            BOrder = GemmOperand.Panels,
            CRow = outputs,
        };
        for (int plane = 0; plane < Planes; plane++)
        {
            product.A = input + plane * inputPlane;
            product.B = weights + plane * weightPlane;
            product.C = result + plane * resultPlane;
            Gemm.RunPart(&product, 0, tiles, 0, outputs);
        }
    }

    /// <summary>gradient[input, output] (+)= Σ over tiles of input[tile, input] · dy[tile, output], 16 planes of inputs × outputs.</summary>
    public static void AddWeights(float* input, nint inputPlane, int inputs, float* dy, nint dyPlane, int outputs, float* gradient, int tiles, bool adds)
    {
        if (NeedsNoBlocks(tiles, outputs) && outputs % VectorWidth.Count == 0)
        {
            VectorWidth.RunTiles(new AddWeightsKernel(input, inputPlane, inputs, dy, dyPlane, outputs, gradient, tiles, adds));
            return;
        }

        var product = new GemmProduct
        {
            Rows = inputs,
            Columns = outputs,
            Depth = tiles,
            ARow = 1,
            AStep = inputs,
            BOrder = GemmOperand.RowMajor,
            BRow = outputs,
            CRow = outputs,
            Adds = adds,
        };
        for (int plane = 0; plane < Planes; plane++)
        {
            product.A = input + plane * inputPlane;
            product.B = dy + plane * dyPlane;
            product.C = gradient + plane * (nint)inputs * outputs;
            Gemm.RunPart(&product, 0, inputs, 0, outputs);
        }
    }

    // One block of the depth, as the sums of a product of any size are formed, and two panels at the most, for which nothing is packed.
    private static bool NeedsNoBlocks(int depth, int columns) => depth <= Gemm.DepthBlock && columns <= 2 * GemmPacking.PanelWidth;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<T, W>(float* input, nint inputPlane, int inputs, float* weights, nint weightPlane, int outputs, float* result, nint resultPlane, int tiles)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        int width = 2 * W.Count;
        float* scratch = stackalloc float[GemmTile.ScratchFloats];
        TileSegment start = default;
        TileCall call = default;
        call.Segments = &start;
        call.SegmentCount = 1;
        call.Steps = inputs;
        call.Scratch = scratch;
        call.SetRowStride((nint)inputs * sizeof(float));
        call.AStep = sizeof(float);
        call.BStep = width * sizeof(float);
        call.CRow = outputs;
        for (int column = 0; column < outputs; column += width)
        {
            call.SetColumns<T, W>(int.Min(width, outputs - column));
            for (int plane = 0; plane < Planes; plane++)
            {
                call.B = (byte*)(weights + plane * weightPlane + (nint)column * inputs);
                GemmBlocks<T, W>.RunTiles(&call, null, 0, input + plane * inputPlane, tiles, result + plane * resultPlane + column);
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddWeights<T, W>(float* input, nint inputPlane, int inputs, float* dy, nint dyPlane, int outputs, float* gradient, int tiles, bool adds)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        int width = 2 * W.Count;
        float* scratch = stackalloc float[GemmTile.ScratchFloats];
        TileSegment start = default;
        TileCall call = default;
        call.Segments = &start;
        call.SegmentCount = 1;
        call.Steps = tiles;
        call.Scratch = scratch;
        call.SetRowStride(sizeof(float));
        call.AStep = (nint)inputs * sizeof(float);
        call.BStep = (nint)outputs * sizeof(float);
        call.CRow = outputs;
        call.Adds = adds;
        for (int column = 0; column < outputs; column += width)
        {
            call.SetColumns<T, W>(int.Min(width, outputs - column));
            for (int plane = 0; plane < Planes; plane++)
            {
                call.B = (byte*)(dy + plane * dyPlane + column);
                GemmBlocks<T, W>.RunTiles(&call, null, 0, input + plane * inputPlane, inputs, gradient + plane * (nint)inputs * outputs + column);
            }
        }
    }

    private readonly struct RunKernel(float* input, nint inputPlane, int inputs, float* weights, nint weightPlane, int outputs, float* result, nint resultPlane, int tiles) : ITileKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => WinogradProducts.Run<T, W>(input, inputPlane, inputs, weights, weightPlane, outputs, result, resultPlane, tiles);
    }

    private readonly struct AddWeightsKernel(float* input, nint inputPlane, int inputs, float* dy, nint dyPlane, int outputs, float* gradient, int tiles, bool adds) : ITileKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => AddWeights<T, W>(input, inputPlane, inputs, dy, dyPlane, outputs, gradient, tiles, adds);
    }
}
