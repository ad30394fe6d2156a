using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The tile of a depthwise convolution's gradient of weights: up to 3 × 3 taps, a vector of channels at a time, summed in registers over a row of pixels.
/// </summary>
internal static unsafe class DepthwiseGradientTile
{
    /// <summary>The most rows and columns of taps of a tile.</summary>
    public const int MostTaps = 3;

    /// <summary>gradient[row, tap, channel] += Σ over pixels of x[row, pixel·step + tap, channel]·dy[pixel, channel]. Strides in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T, W, TRows, TTaps>(float* x, nint xRow, nint xTap, nint xPixel, float* dy, int pixels, int channels, float* gradient, nint gradientRow, nint gradientTap)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TRows : struct, ITileRows
        where TTaps : struct, ITileRows
    {
        for (int channel = 0; channel < channels; channel += W.Count)
        {
            int lanes = channels - channel;
            float* g0 = gradient + channel;
            float* g1 = g0 + gradientRow;
            float* g2 = g1 + gradientRow;
            T s00 = W.Zero;
            T s01 = W.Zero;
            T s02 = W.Zero;
            T s10 = W.Zero;
            T s11 = W.Zero;
            T s12 = W.Zero;
            T s20 = W.Zero;
            T s21 = W.Zero;
            T s22 = W.Zero;
            float* a0 = x + channel;
            float* a1 = a0 + xRow;
            float* a2 = a1 + xRow;
            float* b = dy + channel;
            int steps = pixels;
            if (lanes < W.Count)
            {
                RunLast<T, W>(a0, xRow, xTap, xPixel, b, channels, pixels, lanes, TRows.Count, TTaps.Count, g0, gradientRow, gradientTap);
                return;
            }

            do
            {
                T d = W.Load(b);
                s00 = W.MultiplyAdd(d, W.Load(a0), s00);
                if (TTaps.Count > 1)
                    s01 = W.MultiplyAdd(d, W.Load(a0 + xTap), s01);
                if (TTaps.Count > 2)
                    s02 = W.MultiplyAdd(d, W.Load(a0 + 2 * xTap), s02);
                if (TRows.Count > 1)
                    s10 = W.MultiplyAdd(d, W.Load(a1), s10);
                if (TRows.Count > 1 && TTaps.Count > 1)
                    s11 = W.MultiplyAdd(d, W.Load(a1 + xTap), s11);
                if (TRows.Count > 1 && TTaps.Count > 2)
                    s12 = W.MultiplyAdd(d, W.Load(a1 + 2 * xTap), s12);
                if (TRows.Count > 2)
                    s20 = W.MultiplyAdd(d, W.Load(a2), s20);
                if (TRows.Count > 2 && TTaps.Count > 1)
                    s21 = W.MultiplyAdd(d, W.Load(a2 + xTap), s21);
                if (TRows.Count > 2 && TTaps.Count > 2)
                    s22 = W.MultiplyAdd(d, W.Load(a2 + 2 * xTap), s22);
                a0 += xPixel;
                a1 += xPixel;
                a2 += xPixel;
                b += channels;
            }
            while (--steps > 0);

            W.Store(W.Add(W.Load(g0), s00), g0);
            if (TTaps.Count > 1)
                W.Store(W.Add(W.Load(g0 + gradientTap), s01), g0 + gradientTap);
            if (TTaps.Count > 2)
                W.Store(W.Add(W.Load(g0 + 2 * gradientTap), s02), g0 + 2 * gradientTap);
            if (TRows.Count > 1)
                W.Store(W.Add(W.Load(g1), s10), g1);
            if (TRows.Count > 1 && TTaps.Count > 1)
                W.Store(W.Add(W.Load(g1 + gradientTap), s11), g1 + gradientTap);
            if (TRows.Count > 1 && TTaps.Count > 2)
                W.Store(W.Add(W.Load(g1 + 2 * gradientTap), s12), g1 + 2 * gradientTap);
            if (TRows.Count > 2)
                W.Store(W.Add(W.Load(g2), s20), g2);
            if (TRows.Count > 2 && TTaps.Count > 1)
                W.Store(W.Add(W.Load(g2 + gradientTap), s21), g2 + gradientTap);
            if (TRows.Count > 2 && TTaps.Count > 2)
                W.Store(W.Add(W.Load(g2 + 2 * gradientTap), s22), g2 + 2 * gradientTap);
        }
    }

    /// <summary>Channels that do not fill a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void RunLast<T, W>(float* x, nint xRow, nint xTap, nint xPixel, float* dy, nint dyPixel, int pixels, int lanes, int rows, int taps, float* gradient, nint gradientRow, nint gradientTap)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        for (int row = 0; row < rows; row++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                float* a = x + row * xRow + tap * xTap;
                float* b = dy;
                T sum = W.Zero;
                for (int i = 0; i < pixels; i++, a += xPixel, b += dyPixel)
                    sum = W.MultiplyAdd(W.LoadFirst(b, lanes), W.LoadFirst(a, lanes), sum);
                float* to = gradient + row * gradientRow + tap * gradientTap;
                W.StoreFirst(W.Add(W.LoadFirst(to, lanes), sum), to, lanes);
            }
        }
    }

    /// <summary>The tile of 1 to <see cref="MostTaps"/> rows and columns of taps.</summary>
    public static delegate*<float*, nint, nint, nint, float*, int, int, float*, nint, nint, void> Tile<T, W>(int rows, int taps)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => (rows, taps) switch
        {
            (1, 1) => &Run<T, W, Rows1, Rows1>,
            (1, 2) => &Run<T, W, Rows1, Rows2>,
            (1, _) => &Run<T, W, Rows1, Rows3>,
            (2, 1) => &Run<T, W, Rows2, Rows1>,
            (2, 2) => &Run<T, W, Rows2, Rows2>,
            (2, _) => &Run<T, W, Rows2, Rows3>,
            (_, 1) => &Run<T, W, Rows3, Rows1>,
            (_, 2) => &Run<T, W, Rows3, Rows2>,
            _ => &Run<T, W, Rows3, Rows3>,
        };
}
