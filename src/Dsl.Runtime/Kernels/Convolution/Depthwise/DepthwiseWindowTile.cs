using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The tile of a 3×3 depthwise convolution with stride 1 or 2: up to two rows of up to four neighbouring pixels, all channels, a vector of channels at a time with its nine
/// weights in registers. An input is read once for all the windows that it lies in, in one row of output at least: 24 loads for 72 multiply-adds at stride 1, and two rows
/// of output at once read each row of input from L2 half as often. What it sums, it sums in the order of <see cref="DepthwiseTile"/>.
/// </summary>
internal static unsafe class DepthwiseWindowTile
{
    /// <summary>The most rows and pixels of a tile.</summary>
    public const int MostRows = 2;
    public const int MostPixels = 4;

    /// <summary>The stride, 1 or 2, at which windows of nine taps, side by side and row by row, lie in the input; 0 where it is none of these.</summary>
    public static int StrideOf(in Conv2dShape shape, int stride) =>
        shape is { KernelHeight: 3, KernelWidth: 3, DilationHeight: 1, DilationWidth: 1 } && shape.StrideHeight == shape.StrideWidth && stride is 1 or 2 ? stride : 0;

    /// <summary>Rows and pixels from the first one at input and output on; whole vectors of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T, W, TStride, TRows, TPixels>(ConvPass* pass, float* input, float* output)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TStride : struct, ITileRows
        where TRows : struct, ITileRows
        where TPixels : struct, ITileRows
    {
        TileSegment* taps = pass->Segments;
        nint pixel = taps[1].A - taps[0].A;
        nint row = taps[3].A - taps[0].A;
        nint weight = taps[1].B - taps[0].B;
        byte* corner = (byte*)input + taps[0].A;
        byte* weights = (byte*)pass->Weights + taps[0].B;
        int channels = pass->Channels;
        for (int channel = 0; channel + W.Count <= channels; channel += W.Count)
        {
            T a0 = pass->Bias == null ? W.Zero : W.Load(pass->Bias + channel);
            T a1 = a0;
            T a2 = a0;
            T a3 = a0;
            T b0 = a0;
            T b1 = a0;
            T b2 = a0;
            T b3 = a0;
            byte* x = corner + channel * sizeof(float);
            byte* w0 = weights + channel * sizeof(float);
            byte* w1 = w0 + 3 * weight;
            byte* w2 = w1 + 3 * weight;
            Row<T, W, TStride, TPixels>(x, pixel, w0, weight, ref a0, ref a1, ref a2, ref a3);
            x += row;
            if (TRows.Count == 1)
            {
                Row<T, W, TStride, TPixels>(x, pixel, w1, weight, ref a0, ref a1, ref a2, ref a3);
                Row<T, W, TStride, TPixels>(x + row, pixel, w2, weight, ref a0, ref a1, ref a2, ref a3);
            }
            else if (TStride.Count == 1)
            {
                Rows<T, W, TStride, TPixels, Rows2>(x, pixel, w1, w0, weight, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
                x += row;
                Rows<T, W, TStride, TPixels, Rows2>(x, pixel, w2, w1, weight, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
                Row<T, W, TStride, TPixels>(x + row, pixel, w2, weight, ref b0, ref b1, ref b2, ref b3);
            }
            else
            {
                Row<T, W, TStride, TPixels>(x, pixel, w1, weight, ref a0, ref a1, ref a2, ref a3);
                x += row;
                Rows<T, W, TStride, TPixels, Rows2>(x, pixel, w2, w0, weight, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
                x += row;
                Row<T, W, TStride, TPixels>(x, pixel, w1, weight, ref b0, ref b1, ref b2, ref b3);
                Row<T, W, TStride, TPixels>(x + row, pixel, w2, weight, ref b0, ref b1, ref b2, ref b3);
            }

            // The bounds are read only here: kept, they would take registers from the sums.
            T low = W.Broadcast(&pass->Low);
            T high = W.Broadcast(&pass->High);
            float* y = output + channel;
            Store<T, W, TPixels>(a0, a1, a2, a3, low, high, y, pass->OutputPixel);
            if (TRows.Count > 1)
                Store<T, W, TPixels>(b0, b1, b2, b3, low, high, y + pass->OutputRow, pass->OutputPixel);
        }
    }

    /// <summary>The tile of so many rows and pixels; a stride of 1 or 2.</summary>
    public static delegate*<ConvPass*, float*, float*, void> Tile<T, W>(int stride, int rows, int pixels)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => (stride, rows) switch
        {
            (1, 1) => Tile<T, W, Rows1, Rows1>(pixels),
            (1, _) => Tile<T, W, Rows1, Rows2>(pixels),
            (_, 1) => Tile<T, W, Rows2, Rows1>(pixels),
            _ => Tile<T, W, Rows2, Rows2>(pixels),
        };

    private static delegate*<ConvPass*, float*, float*, void> Tile<T, W, TStride, TRows>(int pixels)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TStride : struct, ITileRows
        where TRows : struct, ITileRows
        => pixels switch
        {
            1 => &Run<T, W, TStride, TRows, Rows1>,
            2 => &Run<T, W, TStride, TRows, Rows2>,
            3 => &Run<T, W, TStride, TRows, Rows3>,
            _ => &Run<T, W, TStride, TRows, Rows4>,
        };

    /// <summary>A row of input in one row of output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<T, W, TStride, TPixels>(byte* x, nint pixel, byte* w, nint weight, ref T a0, ref T a1, ref T a2, ref T a3)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TStride : struct, ITileRows
        where TPixels : struct, ITileRows
        => Rows<T, W, TStride, TPixels, Rows1>(x, pixel, w, w, weight, ref a0, ref a1, ref a2, ref a3, ref a0, ref a1, ref a2, ref a3);

    /// <summary>
    /// A row of input in the one or two rows of output that its windows lie in: by three weights from w on in a, from v on in b. A pixel goes into every window that it lies in
    /// before the next one is read: so a row's weights, eight sums and that pixel fit into 16 registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows<T, W, TStride, TPixels, TOutputs>(
        byte* x, nint pixel, byte* w, byte* v, nint weight, ref T a0, ref T a1, ref T a2, ref T a3, ref T b0, ref T b1, ref T b2, ref T b3)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TStride : struct, ITileRows
        where TPixels : struct, ITileRows
        where TOutputs : struct, ITileRows
    {
        T w0 = W.Load((float*)w);
        T w1 = W.Load((float*)(w + weight));
        T w2 = W.Load((float*)(w + 2 * weight));
        T v0 = TOutputs.Count > 1 ? W.Load((float*)v) : w0;
        T v1 = TOutputs.Count > 1 ? W.Load((float*)(v + weight)) : w1;
        T v2 = TOutputs.Count > 1 ? W.Load((float*)(v + 2 * weight)) : w2;
        if (TStride.Count == 1)
            Side<T, W, TPixels, TOutputs>(x, pixel, w0, w1, w2, v0, v1, v2, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
        else
            Apart<T, W, TPixels, TOutputs>(x, pixel, w0, w1, w2, v0, v1, v2, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
    }

    /// <summary>The pixels of windows that start at every pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Side<T, W, TPixels, TOutputs>(
        byte* x, nint pixel, T w0, T w1, T w2, T v0, T v1, T v2, ref T a0, ref T a1, ref T a2, ref T a3, ref T b0, ref T b1, ref T b2, ref T b3)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TPixels : struct, ITileRows
        where TOutputs : struct, ITileRows
    {
        T value = W.Load((float*)x);
        Add<T, W, TOutputs>(w0, v0, value, ref a0, ref b0);
        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w1, v1, value, ref a0, ref b0);
        if (TPixels.Count > 1)
            Add<T, W, TOutputs>(w0, v0, value, ref a1, ref b1);
        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a0, ref b0);
        if (TPixels.Count > 1)
            Add<T, W, TOutputs>(w1, v1, value, ref a1, ref b1);
        if (TPixels.Count > 2)
            Add<T, W, TOutputs>(w0, v0, value, ref a2, ref b2);
        if (TPixels.Count == 1)
            return;

        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a1, ref b1);
        if (TPixels.Count > 2)
            Add<T, W, TOutputs>(w1, v1, value, ref a2, ref b2);
        if (TPixels.Count > 3)
            Add<T, W, TOutputs>(w0, v0, value, ref a3, ref b3);
        if (TPixels.Count == 2)
            return;

        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a2, ref b2);
        if (TPixels.Count > 3)
            Add<T, W, TOutputs>(w1, v1, value, ref a3, ref b3);
        if (TPixels.Count == 3)
            return;

        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a3, ref b3);
    }

    /// <summary>The pixels of windows that start at every other pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apart<T, W, TPixels, TOutputs>(
        byte* x, nint pixel, T w0, T w1, T w2, T v0, T v1, T v2, ref T a0, ref T a1, ref T a2, ref T a3, ref T b0, ref T b1, ref T b2, ref T b3)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TPixels : struct, ITileRows
        where TOutputs : struct, ITileRows
    {
        T value = W.Load((float*)x);
        Add<T, W, TOutputs>(w0, v0, value, ref a0, ref b0);
        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w1, v1, value, ref a0, ref b0);
        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a0, ref b0);
        if (TPixels.Count > 1)
            Add<T, W, TOutputs>(w0, v0, value, ref a1, ref b1);
        if (TPixels.Count == 1)
            return;

        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w1, v1, value, ref a1, ref b1);
        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a1, ref b1);
        if (TPixels.Count > 2)
            Add<T, W, TOutputs>(w0, v0, value, ref a2, ref b2);
        if (TPixels.Count == 2)
            return;

        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w1, v1, value, ref a2, ref b2);
        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a2, ref b2);
        if (TPixels.Count > 3)
            Add<T, W, TOutputs>(w0, v0, value, ref a3, ref b3);
        if (TPixels.Count == 3)
            return;

        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w1, v1, value, ref a3, ref b3);
        value = W.Load((float*)(x += pixel));
        Add<T, W, TOutputs>(w2, v2, value, ref a3, ref b3);
    }

    /// <summary>A pixel in one window, or in one of each row of output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T, W, TOutputs>(T w, T v, T value, ref T a, ref T b)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TOutputs : struct, ITileRows
    {
        a = W.MultiplyAdd(w, value, a);
        if (TOutputs.Count > 1)
            b = W.MultiplyAdd(v, value, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, W, TPixels>(T a0, T a1, T a2, T a3, T low, T high, float* y, nint pixel)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TPixels : struct, ITileRows
    {
        W.Store(W.Min(high, W.Max(low, a0)), y);
        if (TPixels.Count > 1)
            W.Store(W.Min(high, W.Max(low, a1)), y + pixel);
        if (TPixels.Count > 2)
            W.Store(W.Min(high, W.Max(low, a2)), y + 2 * pixel);
        if (TPixels.Count > 3)
            W.Store(W.Min(high, W.Max(low, a3)), y + 3 * pixel);
    }
}
