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
        T low = W.Create(pass->Low);
        T high = W.Create(pass->High);
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
            byte* w = weights + channel * sizeof(float);
            T w00 = W.Load((float*)w);
            T w01 = W.Load((float*)(w + weight));
            T w02 = W.Load((float*)(w + 2 * weight));
            w += 3 * weight;
            T w10 = W.Load((float*)w);
            T w11 = W.Load((float*)(w + weight));
            T w12 = W.Load((float*)(w + 2 * weight));
            w += 3 * weight;
            T w20 = W.Load((float*)w);
            T w21 = W.Load((float*)(w + weight));
            T w22 = W.Load((float*)(w + 2 * weight));

            byte* x = corner + channel * sizeof(float);
            Row<T, W, TStride, TPixels>(x, pixel, w00, w01, w02, ref a0, ref a1, ref a2, ref a3);
            x += row;
            if (TRows.Count == 1)
            {
                Row<T, W, TStride, TPixels>(x, pixel, w10, w11, w12, ref a0, ref a1, ref a2, ref a3);
                Row<T, W, TStride, TPixels>(x + row, pixel, w20, w21, w22, ref a0, ref a1, ref a2, ref a3);
            }
            else if (TStride.Count == 1)
            {
                Rows<T, W, TStride, TPixels, Rows2>(x, pixel, w10, w11, w12, w00, w01, w02, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
                x += row;
                Rows<T, W, TStride, TPixels, Rows2>(x, pixel, w20, w21, w22, w10, w11, w12, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
                Row<T, W, TStride, TPixels>(x + row, pixel, w20, w21, w22, ref b0, ref b1, ref b2, ref b3);
            }
            else
            {
                Row<T, W, TStride, TPixels>(x, pixel, w10, w11, w12, ref a0, ref a1, ref a2, ref a3);
                x += row;
                Rows<T, W, TStride, TPixels, Rows2>(x, pixel, w20, w21, w22, w00, w01, w02, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
                x += row;
                Row<T, W, TStride, TPixels>(x, pixel, w10, w11, w12, ref b0, ref b1, ref b2, ref b3);
                Row<T, W, TStride, TPixels>(x + row, pixel, w20, w21, w22, ref b0, ref b1, ref b2, ref b3);
            }

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
    private static void Row<T, W, TStride, TPixels>(byte* x, nint pixel, T w0, T w1, T w2, ref T a0, ref T a1, ref T a2, ref T a3)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TStride : struct, ITileRows
        where TPixels : struct, ITileRows
        => Rows<T, W, TStride, TPixels, Rows1>(x, pixel, w0, w1, w2, w0, w1, w2, ref a0, ref a1, ref a2, ref a3, ref a0, ref a1, ref a2, ref a3);

    /// <summary>A row of input in the one or two rows of output that its windows lie in: by the weights w in a, by v in b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows<T, W, TStride, TPixels, TOutputs>(
        byte* x, nint pixel, T w0, T w1, T w2, T v0, T v1, T v2, ref T a0, ref T a1, ref T a2, ref T a3, ref T b0, ref T b1, ref T b2, ref T b3)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TStride : struct, ITileRows
        where TPixels : struct, ITileRows
        where TOutputs : struct, ITileRows
    {
        T x0 = W.Load((float*)x);
        T x1 = W.Load((float*)(x + pixel));
        T x2 = W.Load((float*)(x + 2 * pixel));
        a0 = W.MultiplyAdd(w2, x2, W.MultiplyAdd(w1, x1, W.MultiplyAdd(w0, x0, a0)));
        if (TOutputs.Count > 1)
            b0 = W.MultiplyAdd(v2, x2, W.MultiplyAdd(v1, x1, W.MultiplyAdd(v0, x0, b0)));
        if (TPixels.Count == 1)
            return;
        x += 2 * pixel;
        Next<T, W, TStride>(ref x, pixel, ref x0, ref x1, ref x2);
        a1 = W.MultiplyAdd(w2, x2, W.MultiplyAdd(w1, x1, W.MultiplyAdd(w0, x0, a1)));
        if (TOutputs.Count > 1)
            b1 = W.MultiplyAdd(v2, x2, W.MultiplyAdd(v1, x1, W.MultiplyAdd(v0, x0, b1)));
        if (TPixels.Count == 2)
            return;
        Next<T, W, TStride>(ref x, pixel, ref x0, ref x1, ref x2);
        a2 = W.MultiplyAdd(w2, x2, W.MultiplyAdd(w1, x1, W.MultiplyAdd(w0, x0, a2)));
        if (TOutputs.Count > 1)
            b2 = W.MultiplyAdd(v2, x2, W.MultiplyAdd(v1, x1, W.MultiplyAdd(v0, x0, b2)));
        if (TPixels.Count == 3)
            return;
        Next<T, W, TStride>(ref x, pixel, ref x0, ref x1, ref x2);
        a3 = W.MultiplyAdd(w2, x2, W.MultiplyAdd(w1, x1, W.MultiplyAdd(w0, x0, a3)));
        if (TOutputs.Count > 1)
            b3 = W.MultiplyAdd(v2, x2, W.MultiplyAdd(v1, x1, W.MultiplyAdd(v0, x0, b3)));
    }

    /// <summary>The inputs of the next window in the row; x is that of its last column, and goes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Next<T, W, TStride>(ref byte* x, nint pixel, ref T x0, ref T x1, ref T x2)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TStride : struct, ITileRows
    {
        x0 = TStride.Count == 1 ? x1 : x2;
        x1 = TStride.Count == 1 ? x2 : W.Load((float*)(x + pixel));
        x += TStride.Count * pixel;
        x2 = W.Load((float*)x);
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
