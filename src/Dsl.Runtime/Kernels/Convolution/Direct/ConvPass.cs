using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The loop nest of a direct convolution over one image: rows of output pixels, each a row of a matrix product whose left operand is read in place.
/// In channels-last order with a halo, the channels of neighbouring taps of one kernel row are neighbours in memory, and neighbouring
/// output pixels are a constant stride apart: so a kernel row is one segment of the register tile's inner dimension, and no patch is ever copied.
/// Strides in floats.
/// </summary>
internal unsafe struct ConvPass
{
    private const nint BandFloats = 64 * 1024;

    /// <summary>Address that tap 0 reads for output pixel (0, 0).</summary>
    public float* Input;

    /// <summary>Input floats from one output row, and from one output pixel, to the next.</summary>
    public nint InputRow;
    public nint InputPixel;

    /// <summary>What each segment adds to the input's and to a panel's address, and how many channels it sums.</summary>
    public TileSegment* Segments;
    public int SegmentCount;
    public int Steps;

    /// <summary>Panels of the weights, each this many floats.</summary>
    public float* Weights;
    public nint Panel;

    public float* Output;
    public nint OutputRow;
    public nint OutputPixel;
    public int Pixels;

    /// <summary>Output channels.</summary>
    public int Channels;

    public float* Bias;
    public Epilogue Epilogue;

    /// <summary>The clamp that a depthwise tile applies on the way out.</summary>
    public float Low;
    public float High;

    /// <summary>Rows of output pixels that no tap reaches: zero, or the bias behind the epilogue.</summary>
    public readonly void WithoutTaps(int first, int end)
    {
        for (int row = first; row < end; row++)
        {
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                float* output = Output + row * OutputRow + pixel * OutputPixel;
                if (Bias == null)
                    NativeMemory.Clear(output, (nuint)Channels * sizeof(float));
                else
                    NativeMemory.Copy(Bias, output, (nuint)Channels * sizeof(float));
                if (Epilogue.Function != UnaryFunction.Identity)
                    GemmEpilogue.Apply(Epilogue, output, Channels);
            }
        }
    }

    /// <summary>Computes rows <paramref name="first"/> to <paramref name="end"/> - 1 of the output.</summary>
    public static void Run(ConvPass* pass, int first, int end)
        => VectorWidth.RunTiles(new Kernel(pass, first, end));

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<T, W>(ConvPass* pass, int first, int end)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        int width = 2 * W.Count;
        float* scratch = stackalloc float[GemmTile.ScratchFloats];
        TileCall call = default;
        call.SetRowStride(pass->InputPixel * sizeof(float));
        call.AStep = sizeof(float);
        call.BStep = width * sizeof(float);
        call.CRow = pass->OutputPixel;
        call.Segments = pass->Segments;
        call.SegmentCount = pass->SegmentCount;
        call.Steps = pass->Steps;
        call.Scratch = scratch;
        call.Epilogue = pass->Epilogue;

        // Where the input's rows follow each other without a break (a 1×1 convolution), all pixels of a band are rows of one product: a tile then reaches over the ends of
        // rows, of which there are many in a small image.
        bool joins = pass->InputRow == pass->Pixels * pass->InputPixel;
        if (joins)
            call.SetRuns(pass->Pixels, pass->OutputRow - pass->Pixels * pass->OutputPixel);

        // A band of input rows that L2 holds is read by every panel before the next one.
        nint rowFloats = nint.Max(1, pass->InputRow);
        int band = (int)nint.Clamp(BandFloats / rowFloats, 4, int.MaxValue);
        bool asksAhead = true;
        for (; first < end; first += band, asksAhead = false)
        {
            int last = int.Min(first + band, end);
            int step = joins ? last - first : 1;
            for (int channel = 0; channel < pass->Channels; channel += width)
            {
                call.B = (byte*)(pass->Weights + channel / width * pass->Panel);
                if (asksAhead && channel + width < pass->Channels)
                    call.SetAhead(call.B + pass->Panel * sizeof(float), pass->Panel * sizeof(float));
                call.Bias = pass->Bias == null ? null : pass->Bias + channel;
                call.SetColumns<T, W>(int.Min(width, pass->Channels - channel));
                for (int row = first; row < last; row += step)
                    GemmBlocks<T, W>.RunTiles(&call, null, 0, pass->Input + row * pass->InputRow, step * pass->Pixels, pass->Output + row * pass->OutputRow + channel);
            }
        }
    }

    private readonly struct Kernel(ConvPass* pass, int first, int end) : ITileKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => ConvPass.Run<T, W>(pass, first, end);
    }
}
