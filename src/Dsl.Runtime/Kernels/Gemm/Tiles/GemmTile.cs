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
    public static void Run<T, W, TRows, TVectors>(TileCall* call)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TRows : struct, ITileRows
        where TVectors : struct, ITileRows
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
            Prefetch(call->TileC, call->TileCRow, TRows.Count, TVectors.Count * W.Count);

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

        float* c = call->TileC;
        nint cRow = call->TileCRow;
        if (call->TileAdds)
        {
            float* from = c;
            c0a = W.Add(c0a, W.Load(from));
            if (TVectors.Count > 1)
                c0b = W.Add(c0b, W.Load(from + W.Count));
            if (TRows.Count > 1)
            {
                from += cRow;
                c1a = W.Add(c1a, W.Load(from));
                if (TVectors.Count > 1)
                    c1b = W.Add(c1b, W.Load(from + W.Count));
            }

            if (TRows.Count > 2)
            {
                from += cRow;
                c2a = W.Add(c2a, W.Load(from));
                if (TVectors.Count > 1)
                    c2b = W.Add(c2b, W.Load(from + W.Count));
            }

            if (TRows.Count > 3)
            {
                from += cRow;
                c3a = W.Add(c3a, W.Load(from));
                if (TVectors.Count > 1)
                    c3b = W.Add(c3b, W.Load(from + W.Count));
            }

            if (TRows.Count > 4)
            {
                from += cRow;
                c4a = W.Add(c4a, W.Load(from));
                if (TVectors.Count > 1)
                    c4b = W.Add(c4b, W.Load(from + W.Count));
            }

            if (TRows.Count > 5)
            {
                from += cRow;
                c5a = W.Add(c5a, W.Load(from));
                if (TVectors.Count > 1)
                    c5b = W.Add(c5b, W.Load(from + W.Count));
            }

            if (TRows.Count > 6)
            {
                from += cRow;
                c6a = W.Add(c6a, W.Load(from));
                if (TVectors.Count > 1)
                    c6b = W.Add(c6b, W.Load(from + W.Count));
            }

            if (TRows.Count > 7)
            {
                from += cRow;
                c7a = W.Add(c7a, W.Load(from));
                if (TVectors.Count > 1)
                    c7b = W.Add(c7b, W.Load(from + W.Count));
            }

            if (TRows.Count > 8)
            {
                from += cRow;
                c8a = W.Add(c8a, W.Load(from));
                if (TVectors.Count > 1)
                    c8b = W.Add(c8b, W.Load(from + W.Count));
            }

            if (TRows.Count > 9)
            {
                from += cRow;
                c9a = W.Add(c9a, W.Load(from));
                if (TVectors.Count > 1)
                    c9b = W.Add(c9b, W.Load(from + W.Count));
            }

            if (TRows.Count > 10)
            {
                from += cRow;
                c10a = W.Add(c10a, W.Load(from));
                if (TVectors.Count > 1)
                    c10b = W.Add(c10b, W.Load(from + W.Count));
            }

            if (TRows.Count > 11)
            {
                from += cRow;
                c11a = W.Add(c11a, W.Load(from));
                if (TVectors.Count > 1)
                    c11b = W.Add(c11b, W.Load(from + W.Count));
            }

            if (TRows.Count > 12)
            {
                from += cRow;
                c12a = W.Add(c12a, W.Load(from));
                if (TVectors.Count > 1)
                    c12b = W.Add(c12b, W.Load(from + W.Count));
            }

            if (TRows.Count > 13)
            {
                from += cRow;
                c13a = W.Add(c13a, W.Load(from));
                if (TVectors.Count > 1)
                    c13b = W.Add(c13b, W.Load(from + W.Count));
            }
        }

        if (call->TileClamps)
        {
            T zero = W.Zero;
            c0a = W.Max(zero, c0a);
            if (TVectors.Count > 1)
                c0b = W.Max(zero, c0b);
            if (TRows.Count > 1)
            {
                c1a = W.Max(zero, c1a);
                if (TVectors.Count > 1)
                    c1b = W.Max(zero, c1b);
            }

            if (TRows.Count > 2)
            {
                c2a = W.Max(zero, c2a);
                if (TVectors.Count > 1)
                    c2b = W.Max(zero, c2b);
            }

            if (TRows.Count > 3)
            {
                c3a = W.Max(zero, c3a);
                if (TVectors.Count > 1)
                    c3b = W.Max(zero, c3b);
            }

            if (TRows.Count > 4)
            {
                c4a = W.Max(zero, c4a);
                if (TVectors.Count > 1)
                    c4b = W.Max(zero, c4b);
            }

            if (TRows.Count > 5)
            {
                c5a = W.Max(zero, c5a);
                if (TVectors.Count > 1)
                    c5b = W.Max(zero, c5b);
            }

            if (TRows.Count > 6)
            {
                c6a = W.Max(zero, c6a);
                if (TVectors.Count > 1)
                    c6b = W.Max(zero, c6b);
            }

            if (TRows.Count > 7)
            {
                c7a = W.Max(zero, c7a);
                if (TVectors.Count > 1)
                    c7b = W.Max(zero, c7b);
            }

            if (TRows.Count > 8)
            {
                c8a = W.Max(zero, c8a);
                if (TVectors.Count > 1)
                    c8b = W.Max(zero, c8b);
            }

            if (TRows.Count > 9)
            {
                c9a = W.Max(zero, c9a);
                if (TVectors.Count > 1)
                    c9b = W.Max(zero, c9b);
            }

            if (TRows.Count > 10)
            {
                c10a = W.Max(zero, c10a);
                if (TVectors.Count > 1)
                    c10b = W.Max(zero, c10b);
            }

            if (TRows.Count > 11)
            {
                c11a = W.Max(zero, c11a);
                if (TVectors.Count > 1)
                    c11b = W.Max(zero, c11b);
            }

            if (TRows.Count > 12)
            {
                c12a = W.Max(zero, c12a);
                if (TVectors.Count > 1)
                    c12b = W.Max(zero, c12b);
            }

            if (TRows.Count > 13)
            {
                c13a = W.Max(zero, c13a);
                if (TVectors.Count > 1)
                    c13b = W.Max(zero, c13b);
            }
        }

        W.Store(c0a, c);
        if (TVectors.Count > 1)
            W.Store(c0b, c + W.Count);
        if (TRows.Count > 1)
        {
            c += cRow;
            W.Store(c1a, c);
            if (TVectors.Count > 1)
                W.Store(c1b, c + W.Count);
        }

        if (TRows.Count > 2)
        {
            c += cRow;
            W.Store(c2a, c);
            if (TVectors.Count > 1)
                W.Store(c2b, c + W.Count);
        }

        if (TRows.Count > 3)
        {
            c += cRow;
            W.Store(c3a, c);
            if (TVectors.Count > 1)
                W.Store(c3b, c + W.Count);
        }

        if (TRows.Count > 4)
        {
            c += cRow;
            W.Store(c4a, c);
            if (TVectors.Count > 1)
                W.Store(c4b, c + W.Count);
        }

        if (TRows.Count > 5)
        {
            c += cRow;
            W.Store(c5a, c);
            if (TVectors.Count > 1)
                W.Store(c5b, c + W.Count);
        }

        if (TRows.Count > 6)
        {
            c += cRow;
            W.Store(c6a, c);
            if (TVectors.Count > 1)
                W.Store(c6b, c + W.Count);
        }

        if (TRows.Count > 7)
        {
            c += cRow;
            W.Store(c7a, c);
            if (TVectors.Count > 1)
                W.Store(c7b, c + W.Count);
        }

        if (TRows.Count > 8)
        {
            c += cRow;
            W.Store(c8a, c);
            if (TVectors.Count > 1)
                W.Store(c8b, c + W.Count);
        }

        if (TRows.Count > 9)
        {
            c += cRow;
            W.Store(c9a, c);
            if (TVectors.Count > 1)
                W.Store(c9b, c + W.Count);
        }

        if (TRows.Count > 10)
        {
            c += cRow;
            W.Store(c10a, c);
            if (TVectors.Count > 1)
                W.Store(c10b, c + W.Count);
        }

        if (TRows.Count > 11)
        {
            c += cRow;
            W.Store(c11a, c);
            if (TVectors.Count > 1)
                W.Store(c11b, c + W.Count);
        }

        if (TRows.Count > 12)
        {
            c += cRow;
            W.Store(c12a, c);
            if (TVectors.Count > 1)
                W.Store(c12b, c + W.Count);
        }

        if (TRows.Count > 13)
        {
            c += cRow;
            W.Store(c13a, c);
            if (TVectors.Count > 1)
                W.Store(c13b, c + W.Count);
        }
    }

    /// <summary>What the tile will add to comes from far away; asked for before the sums, it is there behind them.</summary>
    private static void Prefetch(float* c, nint row, int rows, int columns)
    {
        if (!Sse.IsSupported)
            return;

        for (; rows > 0; rows--, c += row)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + columns - 1);
        }
    }
}
