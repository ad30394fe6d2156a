using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Sums of products of every two columns over rows, the lower half: a symmetric update of rank k in register tiles of four columns by up to three vectors. Each tile runs through the rows
/// once and has its sums in registers meanwhile, so that multiply-adds are the limit and neither loads nor stores.
/// </summary>
internal static unsafe class SymmetricProducts
{
    /// <summary>Columns of a tile that are broadcast.</summary>
    private const int Broadcast = 4;

    // In doubles.
    private const int CacheLine = 8;

    /// <summary>What the number of columns must be a multiple of.</summary>
    public static int Multiple => Vector512.IsHardwareAccelerated ? Vector512<double>.Count : Math.Max(Broadcast, Vector<double>.Count);

    /// <summary>sums[i, j] += Σ over rows of a[row, i]·b[row, j], for j up to i at least; what lies beyond is summed along within a vector, or not.</summary>
    /// <param name="a">Rows × columns.</param>
    /// <param name="b">Likewise; the same, or another where rows have weights.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns, a multiple of <see cref="Multiple"/>.</param>
    /// <param name="used">How many of them count; the products of the rest are wanted by nobody.</param>
    /// <param name="sums">Columns × columns.</param>
    /// <param name="next">What will be read next, asked for a cache line a row of a tile: all of it at once would fill the queue to memory, and nothing would come while tiles are computed.</param>
    /// <param name="nextCount">How many doubles that are.</param>
    public static void Add(double* a, double* b, int rows, int columns, int used, double* sums, double* next, int nextCount)
    {
        if (Vector512.IsHardwareAccelerated)
            Add<Lanes512>(a, b, rows, columns, used, sums, next, nextCount);
        else
            Add<LanesOfMachine>(a, b, rows, columns, used, sums, next, nextCount);
    }

    private static void Add<TLanes>(double* a, double* b, int rows, int columns, int used, double* sums, double* next, int nextCount)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (int i = 0; i < used; i += Broadcast)
        {
            int vectors = ((i + Broadcast - 1) / TLanes.Count) + 1;
            double* to = sums + ((nint)i * columns);
            int done = 0;
            while (done < vectors)
            {
                // Four are two and two: one alone waits for its own sums.
                int left = vectors - done;
                int take = left is 4 or 2 ? 2 : left == 1 ? 1 : 3;
                double* from = b + (done * TLanes.Count);
                double* at = to + (done * TLanes.Count);

                // What is near already costs nothing to ask for; a tile of one vector is too short for memory.
                double* ahead = a;
                if (nextCount > 0 && (take > 1 || used <= TLanes.Count))
                {
                    ahead = next;
                    next += rows * CacheLine;
                    nextCount -= rows * CacheLine;
                }

                if (take == 3)
                    Three<TLanes>(a + i, from, rows, columns, at, ahead);
                else if (take == 2)
                    Two<TLanes>(a + i, from, rows, columns, at, ahead);
                else
                    One<TLanes>(a + i, from, rows, columns, at, ahead);
                done += take;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Three<TLanes>(double* a, double* b, int rows, int stride, double* sums, double* ahead)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        int second = TLanes.Count;
        int third = 2 * TLanes.Count;
        double* to1 = sums + stride;
        double* to2 = to1 + stride;
        double* to3 = to2 + stride;
        TLanes s00 = TLanes.Load(sums), s01 = TLanes.Load(sums + second), s02 = TLanes.Load(sums + third);
        TLanes s10 = TLanes.Load(to1), s11 = TLanes.Load(to1 + second), s12 = TLanes.Load(to1 + third);
        TLanes s20 = TLanes.Load(to2), s21 = TLanes.Load(to2 + second), s22 = TLanes.Load(to2 + third);
        TLanes s30 = TLanes.Load(to3), s31 = TLanes.Load(to3 + second), s32 = TLanes.Load(to3 + third);
        for (int row = 0; row < rows; row++, a += stride, b += stride, ahead += CacheLine)
        {
            Prefetch(ahead);
            TLanes b0 = TLanes.Load(b), b1 = TLanes.Load(b + second), b2 = TLanes.Load(b + third);
            TLanes x = TLanes.Create(a[0]);
            s00 = TLanes.MultiplyAdd(x, b0, s00);
            s01 = TLanes.MultiplyAdd(x, b1, s01);
            s02 = TLanes.MultiplyAdd(x, b2, s02);
            x = TLanes.Create(a[1]);
            s10 = TLanes.MultiplyAdd(x, b0, s10);
            s11 = TLanes.MultiplyAdd(x, b1, s11);
            s12 = TLanes.MultiplyAdd(x, b2, s12);
            x = TLanes.Create(a[2]);
            s20 = TLanes.MultiplyAdd(x, b0, s20);
            s21 = TLanes.MultiplyAdd(x, b1, s21);
            s22 = TLanes.MultiplyAdd(x, b2, s22);
            x = TLanes.Create(a[3]);
            s30 = TLanes.MultiplyAdd(x, b0, s30);
            s31 = TLanes.MultiplyAdd(x, b1, s31);
            s32 = TLanes.MultiplyAdd(x, b2, s32);
        }

        s00.Store(sums);
        s01.Store(sums + second);
        s02.Store(sums + third);
        s10.Store(to1);
        s11.Store(to1 + second);
        s12.Store(to1 + third);
        s20.Store(to2);
        s21.Store(to2 + second);
        s22.Store(to2 + third);
        s30.Store(to3);
        s31.Store(to3 + second);
        s32.Store(to3 + third);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Two<TLanes>(double* a, double* b, int rows, int stride, double* sums, double* ahead)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        int second = TLanes.Count;
        double* to1 = sums + stride;
        double* to2 = to1 + stride;
        double* to3 = to2 + stride;
        TLanes s00 = TLanes.Load(sums), s01 = TLanes.Load(sums + second);
        TLanes s10 = TLanes.Load(to1), s11 = TLanes.Load(to1 + second);
        TLanes s20 = TLanes.Load(to2), s21 = TLanes.Load(to2 + second);
        TLanes s30 = TLanes.Load(to3), s31 = TLanes.Load(to3 + second);
        for (int row = 0; row < rows; row++, a += stride, b += stride, ahead += CacheLine)
        {
            Prefetch(ahead);
            TLanes b0 = TLanes.Load(b), b1 = TLanes.Load(b + second);
            TLanes x = TLanes.Create(a[0]);
            s00 = TLanes.MultiplyAdd(x, b0, s00);
            s01 = TLanes.MultiplyAdd(x, b1, s01);
            x = TLanes.Create(a[1]);
            s10 = TLanes.MultiplyAdd(x, b0, s10);
            s11 = TLanes.MultiplyAdd(x, b1, s11);
            x = TLanes.Create(a[2]);
            s20 = TLanes.MultiplyAdd(x, b0, s20);
            s21 = TLanes.MultiplyAdd(x, b1, s21);
            x = TLanes.Create(a[3]);
            s30 = TLanes.MultiplyAdd(x, b0, s30);
            s31 = TLanes.MultiplyAdd(x, b1, s31);
        }

        s00.Store(sums);
        s01.Store(sums + second);
        s10.Store(to1);
        s11.Store(to1 + second);
        s20.Store(to2);
        s21.Store(to2 + second);
        s30.Store(to3);
        s31.Store(to3 + second);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void One<TLanes>(double* a, double* b, int rows, int stride, double* sums, double* ahead)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        double* to1 = sums + stride;
        double* to2 = to1 + stride;
        double* to3 = to2 + stride;
        TLanes s0 = TLanes.Load(sums), s1 = TLanes.Load(to1), s2 = TLanes.Load(to2), s3 = TLanes.Load(to3);
        for (int row = 0; row < rows; row++, a += stride, b += stride, ahead += CacheLine)
        {
            Prefetch(ahead);
            TLanes b0 = TLanes.Load(b);
            s0 = TLanes.MultiplyAdd(TLanes.Create(a[0]), b0, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Create(a[1]), b0, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Create(a[2]), b0, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Create(a[3]), b0, s3);
        }

        s0.Store(sums);
        s1.Store(to1);
        s2.Store(to2);
        s3.Store(to3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(double* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
