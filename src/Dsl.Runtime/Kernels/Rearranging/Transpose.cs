using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Transposes of strided matrices in register blocks: 8×8 with AVX, 4×4 elsewhere. Columns are taken 16 at a time, so that every cache line
/// that is read is used up at once even where rows lie a power of two apart.
/// </summary>
internal static unsafe class Transpose
{
    /// <summary>y[c·yStride + r] = x[r·xStride + c] for all r below <paramref name="rows"/> and c below <paramref name="columns"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(float* x, nint xStride, float* y, nint yStride, int rows, int columns)
    {
        if (rows == 1 && yStride == 1)
        {
            new ReadOnlySpan<float>(x, columns).CopyTo(new Span<float>(y, columns));
            return;
        }

        if (columns == 1 && xStride == 1)
        {
            new ReadOnlySpan<float>(x, rows).CopyTo(new Span<float>(y, rows));
            return;
        }

        if (rows == 3 && yStride == 3)
        {
            Interleave3(x, xStride, y, columns);
            return;
        }

        int side = Avx.IsSupported ? 8 : 4;
        int c = 0;
        for (; c <= columns - 16; c += 16)
        {
            int r = 0;
            for (; r <= rows - side; r += side)
            {
                for (int k = 0; k < 16; k += side)
                    Block(x + r * xStride + c + k, xStride, y + (c + k) * yStride + r, yStride);
            }

            Scalar(x + r * xStride + c, xStride, y + c * yStride + r, yStride, rows - r, 16);
        }

        for (; c <= columns - side; c += side)
        {
            int r = 0;
            for (; r <= rows - side; r += side)
                Block(x + r * xStride + c, xStride, y + c * yStride + r, yStride);

            Scalar(x + r * xStride + c, xStride, y + c * yStride + r, yStride, rows - r, side);
        }

        Scalar(x + c, xStride, y + c * yStride, yStride, rows, columns - c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* x, nint xStride, float* y, nint yStride)
    {
        if (Avx.IsSupported)
            Block8(x, xStride, y, yStride);
        else
            Block4(x, xStride, y, yStride);
    }

    // Halves of rows r and r + 4 are brought together by the loads, so that only in-lane shuffles remain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8(float* x, nint xStride, float* y, nint yStride)
    {
        float* x4 = x + 4 * xStride;
        Quarter(Pair(x, x4), Pair(x + xStride, x4 + xStride), Pair(x + 2 * xStride, x4 + 2 * xStride), Pair(x + 3 * xStride, x4 + 3 * xStride), y, yStride);
        x += 4;
        x4 += 4;
        Quarter(Pair(x, x4), Pair(x + xStride, x4 + xStride), Pair(x + 2 * xStride, x4 + 2 * xStride), Pair(x + 3 * xStride, x4 + 3 * xStride), y + 4 * yStride, yStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* lower, float* upper)
        => Avx.InsertVector128(Vector128.Load(lower).ToVector256Unsafe(), Vector128.Load(upper), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* y, nint yStride)
    {
        Vector256<float> ab0 = Avx.UnpackLow(a, b);
        Vector256<float> ab1 = Avx.UnpackHigh(a, b);
        Vector256<float> cd0 = Avx.UnpackLow(c, d);
        Vector256<float> cd1 = Avx.UnpackHigh(c, d);
        Avx.Shuffle(ab0, cd0, 0x44).Store(y);
        Avx.Shuffle(ab0, cd0, 0xEE).Store(y + yStride);
        Avx.Shuffle(ab1, cd1, 0x44).Store(y + 2 * yStride);
        Avx.Shuffle(ab1, cd1, 0xEE).Store(y + 3 * yStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block4(float* x, nint xStride, float* y, nint yStride)
    {
        Turn(Vector128.Load(x), Vector128.Load(x + xStride), Vector128.Load(x + 2 * xStride), Vector128.Load(x + 3 * xStride), out Vector128<float> a, out Vector128<float> b, out Vector128<float> c, out Vector128<float> d);
        a.Store(y);
        b.Store(y + yStride);
        c.Store(y + 2 * yStride);
        d.Store(y + 3 * yStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(Vector128<float> x0, Vector128<float> x1, Vector128<float> x2, Vector128<float> x3, out Vector128<float> y0, out Vector128<float> y1, out Vector128<float> y2, out Vector128<float> y3)
    {
        Vector128<float> ab0 = InterleaveLower(x0, x1);
        Vector128<float> ab1 = InterleaveUpper(x0, x1);
        Vector128<float> cd0 = InterleaveLower(x2, x3);
        Vector128<float> cd1 = InterleaveUpper(x2, x3);
        y0 = Vector128.Create(ab0.GetLower(), cd0.GetLower());
        y1 = Vector128.Create(ab0.GetUpper(), cd0.GetUpper());
        y2 = Vector128.Create(ab1.GetLower(), cd1.GetLower());
        y3 = Vector128.Create(ab1.GetUpper(), cd1.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLower(Vector128<float> a, Vector128<float> b)
        => Sse.IsSupported ? Sse.UnpackLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveUpper(Vector128<float> a, Vector128<float> b)
        => Sse.IsSupported ? Sse.UnpackHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);

    // Colour images: four pixels are three whole vectors. (Stores of a pixel each, the next over the last one's fourth value, take six times as long.)
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Interleave3(float* x, nint xStride, float* y, int columns)
    {
        int c = 0;
        for (; c <= columns - 4; c += 4)
        {
            Vector128<float> r = Vector128.Load(x + c);
            Vector128<float> g = Vector128.Load(x + xStride + c);
            Vector128<float> b = Vector128.Load(x + 2 * xStride + c);
            float* to = y + 3 * c;
            if (Sse.IsSupported)
            {
                Sse.Shuffle(Sse.UnpackLow(r, g), Sse.Shuffle(b, r, 0b01_01_00_00), 0b10_00_01_00).Store(to);
                Sse.Shuffle(Sse.Shuffle(g, b, 0b01_01_01_01), Sse.UnpackHigh(r, g), 0b01_00_10_00).Store(to + 4);
                Sse.Shuffle(Sse.Shuffle(b, r, 0b11_11_10_10), Sse.Shuffle(g, b, 0b11_11_11_11), 0b10_00_10_00).Store(to + 8);
            }
            else
            {
                Vector128.Create(r[0], g[0], b[0], r[1]).Store(to);
                Vector128.Create(g[1], b[1], r[2], g[2]).Store(to + 4);
                Vector128.Create(b[2], r[3], g[3], b[3]).Store(to + 8);
            }
        }

        Scalar(x + c, xStride, y + 3 * c, 3, 3, columns - c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scalar(float* x, nint xStride, float* y, nint yStride, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            float* to = y + r;
            for (int c = 0; c < columns; c++, to += yStride)
                *to = x[c];

            x += xStride;
        }
    }
}
