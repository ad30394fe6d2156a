using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The tile of the gradient of a 3×3 depthwise convolution's weights at stride 1: one or two rows of gradients of the output, a vector of channels at a time, its nine sums in
/// registers. It walks along the input's columns; the gradients of the last three pixels, which are all that a column meets, go from register to register: 4 + 2 loads for 18 multiply-adds.
/// </summary>
internal static unsafe class DepthwiseWindowGradientTile
{
    /// <summary>The most rows of a tile.</summary>
    public const int MostRows = 2;

    /// <summary>The fewest pixels of a row: a window's first columns meet some of its taps only.</summary>
    public const int FewestPixels = 2;

    /// <summary>gradient[row, tap, channel] += Σ over pixels of x[row, pixel + tap, channel]·dy[pixel, channel]; whole vectors of channels. Strides in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T, W, TRows>(float* x, nint xRow, float* dy, nint dyRow, int pixels, int channels, float* gradient)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TRows : struct, ITileRows
    {
        nint row = 3 * (nint)channels;
        for (int channel = 0; channel + W.Count <= channels; channel += W.Count)
        {
            T s00 = W.Zero;
            T s01 = W.Zero;
            T s02 = W.Zero;
            T s10 = W.Zero;
            T s11 = W.Zero;
            T s12 = W.Zero;
            T s20 = W.Zero;
            T s21 = W.Zero;
            T s22 = W.Zero;
            float* at = x + channel;
            float* d = dy + channel;

            // A column's pixel is that of its first tap; the one before is met by its second tap, and so on.
            T a0 = W.Load(d);
            T b0 = TRows.Count > 1 ? W.Load(d + dyRow) : a0;
            Tap<T, W, TRows>(at, xRow, a0, b0, ref s00, ref s10, ref s20);
            T a1 = a0;
            T b1 = b0;
            at += channels;
            d += channels;
            a0 = W.Load(d);
            b0 = TRows.Count > 1 ? W.Load(d + dyRow) : a0;
            Tap<T, W, TRows>(at, xRow, a0, b0, ref s00, ref s10, ref s20);
            Tap<T, W, TRows>(at, xRow, a1, b1, ref s01, ref s11, ref s21);
            for (int left = pixels - FewestPixels; left > 0; left--)
            {
                T a2 = a1;
                T b2 = b1;
                a1 = a0;
                b1 = b0;
                at += channels;
                d += channels;
                a0 = W.Load(d);
                b0 = TRows.Count > 1 ? W.Load(d + dyRow) : a0;
                T x0 = W.Load(at);
                T x1 = W.Load(at + xRow);
                T x2 = W.Load(at + 2 * xRow);
                s00 = W.MultiplyAdd(a0, x0, s00);
                s01 = W.MultiplyAdd(a1, x0, s01);
                s02 = W.MultiplyAdd(a2, x0, s02);
                s10 = W.MultiplyAdd(a0, x1, s10);
                s11 = W.MultiplyAdd(a1, x1, s11);
                s12 = W.MultiplyAdd(a2, x1, s12);
                s20 = W.MultiplyAdd(a0, x2, s20);
                s21 = W.MultiplyAdd(a1, x2, s21);
                s22 = W.MultiplyAdd(a2, x2, s22);
                if (TRows.Count > 1)
                {
                    T x3 = W.Load(at + 3 * xRow);
                    s00 = W.MultiplyAdd(b0, x1, s00);
                    s01 = W.MultiplyAdd(b1, x1, s01);
                    s02 = W.MultiplyAdd(b2, x1, s02);
                    s10 = W.MultiplyAdd(b0, x2, s10);
                    s11 = W.MultiplyAdd(b1, x2, s11);
                    s12 = W.MultiplyAdd(b2, x2, s12);
                    s20 = W.MultiplyAdd(b0, x3, s20);
                    s21 = W.MultiplyAdd(b1, x3, s21);
                    s22 = W.MultiplyAdd(b2, x3, s22);
                }
            }

            at += channels;
            Tap<T, W, TRows>(at, xRow, a0, b0, ref s01, ref s11, ref s21);
            Tap<T, W, TRows>(at, xRow, a1, b1, ref s02, ref s12, ref s22);
            at += channels;
            Tap<T, W, TRows>(at, xRow, a0, b0, ref s02, ref s12, ref s22);

            float* g = gradient + channel;
            AddTo<T, W>(g, channels, s00, s01, s02);
            AddTo<T, W>(g + row, channels, s10, s11, s12);
            AddTo<T, W>(g + 2 * row, channels, s20, s21, s22);
        }
    }

    /// <summary>The tile of so many rows.</summary>
    public static delegate*<float*, nint, float*, nint, int, int, float*, void> Tile<T, W>(int rows)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => rows == 1 ? &Run<T, W, Rows1> : &Run<T, W, Rows2>;

    /// <summary>What a column of the input gives to the taps of one column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tap<T, W, TRows>(float* at, nint xRow, T a, T b, ref T s0, ref T s1, ref T s2)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TRows : struct, ITileRows
    {
        T x1 = W.Load(at + xRow);
        T x2 = W.Load(at + 2 * xRow);
        s0 = W.MultiplyAdd(a, W.Load(at), s0);
        s1 = W.MultiplyAdd(a, x1, s1);
        s2 = W.MultiplyAdd(a, x2, s2);
        if (TRows.Count == 1)
            return;
        s0 = W.MultiplyAdd(b, x1, s0);
        s1 = W.MultiplyAdd(b, x2, s1);
        s2 = W.MultiplyAdd(b, W.Load(at + 3 * xRow), s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<T, W>(float* gradient, nint channels, T s0, T s1, T s2)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        W.Store(W.Add(W.Load(gradient), s0), gradient);
        W.Store(W.Add(W.Load(gradient + channels), s1), gradient + channels);
        W.Store(W.Add(W.Load(gradient + 2 * channels), s2), gradient + 2 * channels);
    }
}
