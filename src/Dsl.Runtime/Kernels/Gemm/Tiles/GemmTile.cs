using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The register tile under every matrix product and convolution: rows of a constant number by two vectors of columns, or one where C has no more. Accumulators are named
/// locals (in an array they would live on the stack); the rows that an instance does not have fold away. Rows are addressed from a pointer for
/// each three, because an address has room for one index register. The method stays small on purpose: the JIT stops inlining at 512 locals,
/// so what is not worth registers happens in <see cref="GemmTileFinish"/>.
/// </summary>
internal static unsafe class GemmTile
{
    /// <summary>Floats of the largest tile.</summary>
    public const int ScratchFloats = 14 * 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T, W, TRows, TVectors, TAhead>(TileCall* call)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TRows : struct, ITileRows
        where TVectors : struct, ITileRows
        where TAhead : struct, ITileAhead
    {
        nint row = call->ARow;
        nint row2 = 2 * row;
        nint row3 = call->ARow3;
        nint aStep = call->AStep;
        nint bStep = call->BStep;
        T start0 = W.Zero;
        T start1 = W.Zero;
        if (call->TileBias != null)
        {
            start0 = W.Load(call->TileBias);
            if (TVectors.Count > 1)
                start1 = W.Load(call->TileBias + W.Count);
        }

        T c0a = start0, c0b = start1;
        T c1a = start0, c1b = start1;
        T c2a = start0, c2b = start1;
        T c3a = start0, c3b = start1;
        T c4a = start0, c4b = start1;
        T c5a = start0, c5b = start1;
        T c6a = start0, c6b = start1;
        T c7a = start0, c7b = start1;
        T c8a = start0, c8b = start1;
        T c9a = start0, c9b = start1;
        T c10a = start0, c10b = start1;
        T c11a = start0, c11b = start1;
        T c12a = start0, c12b = start1;
        T c13a = start0, c13b = start1;

        if (call->TileAdds)
            Prefetch(call, TRows.Count, TVectors.Count * W.Count);

        byte* ahead = call->Ahead;
        nint aheadStep = call->AheadStep;
        TileSegment* segment = call->Segments;
        TileSegment* end = segment + call->SegmentCount;
        do
        {
            byte* b = call->B + segment->B;
            byte* a0 = call->A + segment->A;
            byte* a3 = a0 + row3;
            byte* a6 = a3 + row3;
            byte* a9 = a6 + row3;
            byte* a12 = a9 + row3;
            int steps = call->Steps;
            do
            {
                if (TAhead.Asks && Sse.IsSupported)
                {
                    Sse.Prefetch1(ahead);
                    ahead += aheadStep;
                }

                T b0 = W.Load((float*)b);
                T b1 = TVectors.Count > 1 ? W.Load((float*)b + W.Count) : b0;
                b += bStep;
                T a = W.Broadcast((float*)a0);
                c0a = W.MultiplyAdd(a, b0, c0a);
                if (TVectors.Count > 1)
                    c0b = W.MultiplyAdd(a, b1, c0b);
                if (TRows.Count > 1)
                {
                    a = W.Broadcast((float*)(a0 + row));
                    c1a = W.MultiplyAdd(a, b0, c1a);
                    if (TVectors.Count > 1)
                        c1b = W.MultiplyAdd(a, b1, c1b);
                }

                if (TRows.Count > 2)
                {
                    a = W.Broadcast((float*)(a0 + row2));
                    c2a = W.MultiplyAdd(a, b0, c2a);
                    if (TVectors.Count > 1)
                        c2b = W.MultiplyAdd(a, b1, c2b);
                }

                if (TRows.Count > 3)
                {
                    a = W.Broadcast((float*)a3);
                    c3a = W.MultiplyAdd(a, b0, c3a);
                    if (TVectors.Count > 1)
                        c3b = W.MultiplyAdd(a, b1, c3b);
                }

                if (TRows.Count > 4)
                {
                    a = W.Broadcast((float*)(a3 + row));
                    c4a = W.MultiplyAdd(a, b0, c4a);
                    if (TVectors.Count > 1)
                        c4b = W.MultiplyAdd(a, b1, c4b);
                }

                if (TRows.Count > 5)
                {
                    a = W.Broadcast((float*)(a3 + row2));
                    c5a = W.MultiplyAdd(a, b0, c5a);
                    if (TVectors.Count > 1)
                        c5b = W.MultiplyAdd(a, b1, c5b);
                }

                if (TRows.Count > 6)
                {
                    a = W.Broadcast((float*)a6);
                    c6a = W.MultiplyAdd(a, b0, c6a);
                    if (TVectors.Count > 1)
                        c6b = W.MultiplyAdd(a, b1, c6b);
                }

                if (TRows.Count > 7)
                {
                    a = W.Broadcast((float*)(a6 + row));
                    c7a = W.MultiplyAdd(a, b0, c7a);
                    if (TVectors.Count > 1)
                        c7b = W.MultiplyAdd(a, b1, c7b);
                }

                if (TRows.Count > 8)
                {
                    a = W.Broadcast((float*)(a6 + row2));
                    c8a = W.MultiplyAdd(a, b0, c8a);
                    if (TVectors.Count > 1)
                        c8b = W.MultiplyAdd(a, b1, c8b);
                }

                if (TRows.Count > 9)
                {
                    a = W.Broadcast((float*)a9);
                    c9a = W.MultiplyAdd(a, b0, c9a);
                    if (TVectors.Count > 1)
                        c9b = W.MultiplyAdd(a, b1, c9b);
                }

                if (TRows.Count > 10)
                {
                    a = W.Broadcast((float*)(a9 + row));
                    c10a = W.MultiplyAdd(a, b0, c10a);
                    if (TVectors.Count > 1)
                        c10b = W.MultiplyAdd(a, b1, c10b);
                }

                if (TRows.Count > 11)
                {
                    a = W.Broadcast((float*)(a9 + row2));
                    c11a = W.MultiplyAdd(a, b0, c11a);
                    if (TVectors.Count > 1)
                        c11b = W.MultiplyAdd(a, b1, c11b);
                }

                if (TRows.Count > 12)
                {
                    a = W.Broadcast((float*)a12);
                    c12a = W.MultiplyAdd(a, b0, c12a);
                    if (TVectors.Count > 1)
                        c12b = W.MultiplyAdd(a, b1, c12b);
                }

                if (TRows.Count > 13)
                {
                    a = W.Broadcast((float*)(a12 + row));
                    c13a = W.MultiplyAdd(a, b0, c13a);
                    if (TVectors.Count > 1)
                        c13b = W.MultiplyAdd(a, b1, c13b);
                }

                a0 += aStep;
                if (TRows.Count > 3)
                    a3 += aStep;
                if (TRows.Count > 6)
                    a6 += aStep;
                if (TRows.Count > 9)
                    a9 += aStep;
                if (TRows.Count > 12)
                    a12 += aStep;
            }
            while (--steps > 0);
        }
        while (++segment != end);

        if (TAhead.Asks)
            call->Ahead = ahead;
        float* c = call->TileC;
        nint cRow = call->TileCRow;
        if (call->TileIsPlain)
        {
            Store<T, W, TVectors>(c0a, c0b, c);
            if (TRows.Count > 1)
                Store<T, W, TVectors>(c1a, c1b, c += cRow);
            if (TRows.Count > 2)
                Store<T, W, TVectors>(c2a, c2b, c += cRow);
            if (TRows.Count > 3)
                Store<T, W, TVectors>(c3a, c3b, c += cRow);
            if (TRows.Count > 4)
                Store<T, W, TVectors>(c4a, c4b, c += cRow);
            if (TRows.Count > 5)
                Store<T, W, TVectors>(c5a, c5b, c += cRow);
            if (TRows.Count > 6)
                Store<T, W, TVectors>(c6a, c6b, c += cRow);
            if (TRows.Count > 7)
                Store<T, W, TVectors>(c7a, c7b, c += cRow);
            if (TRows.Count > 8)
                Store<T, W, TVectors>(c8a, c8b, c += cRow);
            if (TRows.Count > 9)
                Store<T, W, TVectors>(c9a, c9b, c += cRow);
            if (TRows.Count > 10)
                Store<T, W, TVectors>(c10a, c10b, c += cRow);
            if (TRows.Count > 11)
                Store<T, W, TVectors>(c11a, c11b, c += cRow);
            if (TRows.Count > 12)
                Store<T, W, TVectors>(c12a, c12b, c += cRow);
            if (TRows.Count > 13)
                Store<T, W, TVectors>(c13a, c13b, c += cRow);
            return;
        }

        nint gap = call->TileGap;
        int gaps = call->Gaps;
        float* last = call->TileLastBias;
        bool adds = call->TileAdds;
        bool clamps = call->TileClamps;
        bool caps = call->TileCaps;
        Leave<T, W, TVectors>(c0a, c0b, c, last, adds, clamps, caps);
        if (TRows.Count > 1)
            Leave<T, W, TVectors>(c1a, c1b, c += cRow + ((gaps >> 1) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 2)
            Leave<T, W, TVectors>(c2a, c2b, c += cRow + ((gaps >> 2) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 3)
            Leave<T, W, TVectors>(c3a, c3b, c += cRow + ((gaps >> 3) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 4)
            Leave<T, W, TVectors>(c4a, c4b, c += cRow + ((gaps >> 4) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 5)
            Leave<T, W, TVectors>(c5a, c5b, c += cRow + ((gaps >> 5) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 6)
            Leave<T, W, TVectors>(c6a, c6b, c += cRow + ((gaps >> 6) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 7)
            Leave<T, W, TVectors>(c7a, c7b, c += cRow + ((gaps >> 7) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 8)
            Leave<T, W, TVectors>(c8a, c8b, c += cRow + ((gaps >> 8) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 9)
            Leave<T, W, TVectors>(c9a, c9b, c += cRow + ((gaps >> 9) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 10)
            Leave<T, W, TVectors>(c10a, c10b, c += cRow + ((gaps >> 10) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 11)
            Leave<T, W, TVectors>(c11a, c11b, c += cRow + ((gaps >> 11) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 12)
            Leave<T, W, TVectors>(c12a, c12b, c += cRow + ((gaps >> 12) & 1) * gap, last, adds, clamps, caps);
        if (TRows.Count > 13)
            Leave<T, W, TVectors>(c13a, c13b, c += cRow + ((gaps >> 13) & 1) * gap, last, adds, clamps, caps);
    }

    /// <summary>A row of sums goes to C, in the order of <see cref="GemmTileFinish"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Leave<T, W, TVectors>(T a, T b, float* c, float* last, bool adds, bool clamps, bool caps)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TVectors : struct, ITileRows
    {
        if (last != null)
        {
            a = W.Add(a, W.Load(last));
            if (TVectors.Count > 1)
                b = W.Add(b, W.Load(last + W.Count));
        }

        if (adds)
        {
            a = W.Add(a, W.Load(c));
            if (TVectors.Count > 1)
                b = W.Add(b, W.Load(c + W.Count));
        }

        if (clamps)
        {
            a = W.Max(W.Zero, a);
            if (TVectors.Count > 1)
                b = W.Max(W.Zero, b);
            if (caps)
            {
                a = W.Min(W.Create(6), a);
                if (TVectors.Count > 1)
                    b = W.Min(W.Create(6), b);
            }
        }

        Store<T, W, TVectors>(a, b, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, W, TVectors>(T a, T b, float* c)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TVectors : struct, ITileRows
    {
        W.Store(a, c);
        if (TVectors.Count > 1)
            W.Store(b, c + W.Count);
    }

    /// <summary>What the tile will add to comes from far away; asked for before the sums, it is there behind them.</summary>
    private static void Prefetch(TileCall* call, int rows, int columns)
    {
        if (!Sse.IsSupported)
            return;

        float* c = call->TileC;
        for (int row = 1; row <= rows; row++)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + columns - 1);
            c += call->TileCRow + ((call->Gaps >> row) & 1) * call->TileGap;
        }
    }
}
