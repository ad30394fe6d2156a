using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The tile of a depthwise convolution: a constant number of neighbouring pixels, all channels, a vector of channels at a time. Each multiply-add takes one
/// operand from memory, so it is as fast as the first-level cache. Named accumulators over bare vectors, as in <see cref="GemmTile"/>.
/// </summary>
internal static unsafe class DepthwiseTile
{
    /// <summary>The most pixels of a tile.</summary>
    public const int MostPixels = 8;

    /// <summary>Pixels from the first one at input and output on; whole vectors of channels, the rest is <see cref="RunLast"/>'s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T, W, TPixels>(ConvPass* pass, float* input, float* output)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TPixels : struct, ITileRows
    {
        nint pixel = pass->InputPixel * sizeof(float);
        nint pixel2 = 2 * pixel;
        nint outputPixel = pass->OutputPixel;
        T low = W.Create(pass->Low);
        T high = W.Create(pass->High);
        TileSegment* end = pass->Segments + pass->SegmentCount;
        int channels = pass->Channels;
        for (int channel = 0; channel + W.Count <= channels; channel += W.Count)
        {
            T start = pass->Bias == null ? W.Zero : W.Load(pass->Bias + channel);
            T c0 = start;
            T c1 = start;
            T c2 = start;
            T c3 = start;
            T c4 = start;
            T c5 = start;
            T c6 = start;
            T c7 = start;
            TileSegment* tap = pass->Segments;
            do
            {
                T weight = W.Load((float*)((byte*)(pass->Weights + channel) + tap->B));
                byte* x0 = (byte*)(input + channel) + tap->A;
                byte* x3 = x0 + pixel + pixel2;
                byte* x6 = x3 + pixel + pixel2;
                c0 = W.MultiplyAdd(weight, W.Load((float*)x0), c0);
                if (TPixels.Count > 1)
                    c1 = W.MultiplyAdd(weight, W.Load((float*)(x0 + pixel)), c1);
                if (TPixels.Count > 2)
                    c2 = W.MultiplyAdd(weight, W.Load((float*)(x0 + pixel2)), c2);
                if (TPixels.Count > 3)
                    c3 = W.MultiplyAdd(weight, W.Load((float*)x3), c3);
                if (TPixels.Count > 4)
                    c4 = W.MultiplyAdd(weight, W.Load((float*)(x3 + pixel)), c4);
                if (TPixels.Count > 5)
                    c5 = W.MultiplyAdd(weight, W.Load((float*)(x3 + pixel2)), c5);
                if (TPixels.Count > 6)
                    c6 = W.MultiplyAdd(weight, W.Load((float*)x6), c6);
                if (TPixels.Count > 7)
                    c7 = W.MultiplyAdd(weight, W.Load((float*)(x6 + pixel)), c7);
            }
            while (++tap != end);

            float* to = output + channel;
            W.Store(W.Min(high, W.Max(low, c0)), to);
            if (TPixels.Count > 1)
                W.Store(W.Min(high, W.Max(low, c1)), to += outputPixel);
            if (TPixels.Count > 2)
                W.Store(W.Min(high, W.Max(low, c2)), to += outputPixel);
            if (TPixels.Count > 3)
                W.Store(W.Min(high, W.Max(low, c3)), to += outputPixel);
            if (TPixels.Count > 4)
                W.Store(W.Min(high, W.Max(low, c4)), to += outputPixel);
            if (TPixels.Count > 5)
                W.Store(W.Min(high, W.Max(low, c5)), to += outputPixel);
            if (TPixels.Count > 6)
                W.Store(W.Min(high, W.Max(low, c6)), to += outputPixel);
            if (TPixels.Count > 7)
                W.Store(W.Min(high, W.Max(low, c7)), to += outputPixel);
        }
    }

    /// <summary>The channels behind the last whole vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RunLast<T, W>(ConvPass* pass, float* input, float* output, int pixels)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        int count = pass->Channels % W.Count;
        int channel = pass->Channels - count;
        if (count == 0)
            return;

        T start = pass->Bias == null ? W.Zero : W.LoadFirst(pass->Bias + channel, count);
        for (int i = 0; i < pixels; i++, input += pass->InputPixel, output += pass->OutputPixel)
        {
            T sum = start;
            for (int tap = 0; tap < pass->SegmentCount; tap++)
            {
                T weight = W.LoadFirst((float*)((byte*)(pass->Weights + channel) + pass->Segments[tap].B), count);
                sum = W.MultiplyAdd(weight, W.LoadFirst((float*)((byte*)(input + channel) + pass->Segments[tap].A), count), sum);
            }

            W.StoreFirst(W.Min(W.Create(pass->High), W.Max(W.Create(pass->Low), sum)), output + channel, count);
        }
    }

    /// <summary>The tile of 1 to <see cref="MostPixels"/> pixels.</summary>
    public static delegate*<ConvPass*, float*, float*, void> Tile<T, W>(int pixels)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => pixels switch
        {
            1 => &Run<T, W, Rows1>,
            2 => &Run<T, W, Rows2>,
            3 => &Run<T, W, Rows3>,
            4 => &Run<T, W, Rows4>,
            5 => &Run<T, W, Rows5>,
            6 => &Run<T, W, Rows6>,
            7 => &Run<T, W, Rows7>,
            _ => &Run<T, W, Rows8>,
        };
}
