using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The direct gradient of a convolution's weights: a product over pixels of the input's channels (neighbouring taps of a kernel row side by side) with
/// the output's gradient, both read in place. It is gathered as Groups × (tap, input channel) × output channel.
/// </summary>
internal static unsafe class ConvWeightGradient
{
    // Pixels summed in registers before a tile goes back to memory: what a panel's strip of the gradient takes in L1.
    private const int PixelBlock = 256;

    /// <summary>Floats of the gathered gradient.</summary>
    public static nint Floats(in Conv2dShape shape) => (nint)ConvWeights.ForwardDepth(shape) * shape.OutputChannels;

    /// <summary>gradient (+)= the gradient of one image.</summary>
    public static void AddImage(in Conv2dShape shape, in ConvImage x, in ConvImage dy, float* gradient, bool adds)
        => VectorWidth.RunTiles(new AddImageKernel(in shape, in x, in dy, gradient, adds));

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddImage<T, W>(in Conv2dShape shape, in ConvImage x, in ConvImage dy, float* gradient, bool adds)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        int joined = shape.DilationWidth == 1 && shape.Groups == 1 ? shape.KernelWidth : 1;
        int band = int.Clamp(PixelBlock / shape.ConvWidth, 1, shape.ConvHeight);
        using Workspace.Scope scope = Workspace.Open();
        float* scratch = stackalloc float[GemmTile.ScratchFloats];
        TileCall call = default;
        call.SetRowStride(sizeof(float));
        call.AStep = (nint)shape.StrideWidth * shape.InputChannels * sizeof(float);
        call.BStep = shape.OutputChannels * sizeof(float);
        call.CRow = outputs;
        call.Segments = (TileSegment*)scope.Take(band * (sizeof(TileSegment) / sizeof(float)));
        call.Steps = shape.ConvWidth;
        call.Scratch = scratch;
        for (int row = 0; row < band; row++)
        {
            call.Segments[row].A = row * shape.StrideHeight * x.Row * sizeof(float);
            call.Segments[row].B = row * dy.Row * sizeof(float);
        }

        float* corner = x.Interior - shape.PaddingTop * x.Row - shape.PaddingLeft * shape.InputChannels;
        for (int first = 0; first < shape.ConvHeight; first += band)
        {
            call.SegmentCount = int.Min(band, shape.ConvHeight - first);
            call.Adds = adds || first > 0;
            float* rows = corner + first * shape.StrideHeight * x.Row;
            float* dyRows = dy.Interior + first * dy.Row;
            for (int group = 0; group < shape.Groups; group++)
            {
                float* groupRows = rows + group * inputs;
                float* target = gradient + (nint)group * ConvWeights.ForwardDepth(shape) * outputs;
                for (int channel = 0; channel < outputs; channel += 2 * W.Count)
                {
                    // Columns behind the last channel are the next pixel's, or the memory's slack; their sums are dropped.
                    call.B = (byte*)(dyRows + group * outputs + channel);
                    call.SetColumns<T, W>(int.Min(2 * W.Count, outputs - channel));
                    if (joined == shape.KernelWidth && joined * inputs == 3)
                    {
                        RunTriples<T, W>(&call, groupRows, shape.DilationHeight * x.Row, shape.KernelHeight, target + channel);
                        continue;
                    }

                    for (int kernelRow = 0; kernelRow < shape.KernelHeight; kernelRow++)
                    {
                        for (int tap = 0; tap < shape.KernelWidth; tap += joined)
                        {
                            float* a = groupRows + kernelRow * shape.DilationHeight * x.Row + (nint)tap * shape.DilationWidth * shape.InputChannels;
                            float* c = target + (nint)(kernelRow * shape.KernelWidth + tap) * inputs * outputs + channel;
                            GemmBlocks<T, W>.RunTiles(&call, null, 0, a, joined * inputs, c);
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// A kernel row of three values (one channel and three columns, or a group's three channels and one column) is too few rows for a tile; but the tile
    /// takes a stride of its own from each three rows to the next, and so several kernel rows at once.
    /// </summary>
    private static void RunTriples<T, W>(TileCall* call, float* x, nint kernelRow, int kernelRows, float* target)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        call->ARow3 = kernelRow * sizeof(float);
        int most = W.TileRows / 3;
        for (int row = 0; row < kernelRows; row += most)
        {
            int tileRows = 3 * int.Min(most, kernelRows - row);
            call->A = (byte*)(x + row * kernelRow);
            call->C = target + 3 * row * call->CRow;
            TileCall.Run<T, W>(call, GemmTileRows.Tile<T, W>(tileRows, call->Vectors<T, W>()), tileRows);
        }

        call->SetRowStride(sizeof(float));
    }

    private readonly ref struct AddImageKernel(in Conv2dShape shape, in ConvImage x, in ConvImage dy, float* gradient, bool adds) : ITileKernel
    {
        private readonly ref readonly Conv2dShape shape = ref shape;
        private readonly ref readonly ConvImage x = ref x;
        private readonly ref readonly ConvImage dy = ref dy;
        private readonly float* gradient = gradient;
        private readonly bool adds = adds;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => AddImage<T, W>(in shape, in x, in dy, gradient, adds);
    }
}
