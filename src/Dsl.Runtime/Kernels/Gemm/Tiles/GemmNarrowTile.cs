using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The tile for one to three rows: as many panels at once as keep enough accumulators busy to hide the latency of a multiply-add. It is bound by reading
/// B once. Sums always go to the scratch tile. Each sum is formed in the order in which <see cref="GemmTile"/> forms it, so that the bits of a
/// row do not depend on how many come with it.
/// </summary>
internal static unsafe class GemmNarrowTile
{
    /// <summary>Panels that one call takes: four for a row, else two; fewer at the end.</summary>
    public static int Panels(int rows) => rows == 1 ? 4 : 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T, W, TRows, TPanels>(TileCall* call)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TRows : struct, ITileRows
        where TPanels : struct, ITileRows
    {
        nint row = call->ARow;
        nint aStep = call->AStep;
        nint bStep = call->BStep;
        nint panel = call->BPanel;
        T c0p0a = W.Zero, c0p0b = W.Zero;
        T c0p1a = W.Zero, c0p1b = W.Zero;
        T c0p2a = W.Zero, c0p2b = W.Zero;
        T c0p3a = W.Zero, c0p3b = W.Zero;
        T c1p0a = W.Zero, c1p0b = W.Zero;
        T c1p1a = W.Zero, c1p1b = W.Zero;
        T c2p0a = W.Zero, c2p0b = W.Zero;
        T c2p1a = W.Zero, c2p1b = W.Zero;
        byte* a = call->A + call->Segments->A;
        byte* b0 = call->B + call->Segments->B;
        byte* b2 = b0 + 2 * panel;
        int steps = call->Steps;
        do
        {
            T x0 = W.Broadcast((float*)a);
            T x1 = TRows.Count > 1 ? W.Broadcast((float*)(a + row)) : x0;
            T x2 = TRows.Count > 2 ? W.Broadcast((float*)(a + 2 * row)) : x0;
            a += aStep;
            T low = W.Load((float*)b0);
            T high = W.Load((float*)b0 + W.Count);
            c0p0a = W.MultiplyAdd(x0, low, c0p0a);
            c0p0b = W.MultiplyAdd(x0, high, c0p0b);
            if (TRows.Count > 1)
            {
                c1p0a = W.MultiplyAdd(x1, low, c1p0a);
                c1p0b = W.MultiplyAdd(x1, high, c1p0b);
            }

            if (TRows.Count > 2)
            {
                c2p0a = W.MultiplyAdd(x2, low, c2p0a);
                c2p0b = W.MultiplyAdd(x2, high, c2p0b);
            }

            if (TPanels.Count > 1)
            {
                low = W.Load((float*)(b0 + panel));
                high = W.Load((float*)(b0 + panel) + W.Count);
                c0p1a = W.MultiplyAdd(x0, low, c0p1a);
                c0p1b = W.MultiplyAdd(x0, high, c0p1b);
                if (TRows.Count > 1)
                {
                    c1p1a = W.MultiplyAdd(x1, low, c1p1a);
                    c1p1b = W.MultiplyAdd(x1, high, c1p1b);
                }

                if (TRows.Count > 2)
                {
                    c2p1a = W.MultiplyAdd(x2, low, c2p1a);
                    c2p1b = W.MultiplyAdd(x2, high, c2p1b);
                }
            }

            if (TPanels.Count > 2)
            {
                low = W.Load((float*)(b2));
                high = W.Load((float*)(b2) + W.Count);
                c0p2a = W.MultiplyAdd(x0, low, c0p2a);
                c0p2b = W.MultiplyAdd(x0, high, c0p2b);
            }

            if (TPanels.Count > 3)
            {
                low = W.Load((float*)(b2 + panel));
                high = W.Load((float*)(b2 + panel) + W.Count);
                c0p3a = W.MultiplyAdd(x0, low, c0p3a);
                c0p3b = W.MultiplyAdd(x0, high, c0p3b);
            }

            b0 += bStep;
            b2 += bStep;
        }
        while (--steps > 0);

        float* sums = call->Scratch;
        nint width = 2 * W.Count;
        W.Store(c0p0a, sums);
        W.Store(c0p0b, sums + W.Count);
        if (TPanels.Count > 1)
        {
            W.Store(c0p1a, sums + width);
            W.Store(c0p1b, sums + width + W.Count);
        }

        if (TPanels.Count > 2)
        {
            W.Store(c0p2a, sums + 2 * width);
            W.Store(c0p2b, sums + 2 * width + W.Count);
        }

        if (TPanels.Count > 3)
        {
            W.Store(c0p3a, sums + 3 * width);
            W.Store(c0p3b, sums + 3 * width + W.Count);
        }

        if (TRows.Count > 1)
        {
            W.Store(c1p0a, sums + call->TileCRow);
            W.Store(c1p0b, sums + call->TileCRow + W.Count);
        }

        if (TRows.Count > 1 && TPanels.Count > 1)
        {
            W.Store(c1p1a, sums + call->TileCRow + width);
            W.Store(c1p1b, sums + call->TileCRow + width + W.Count);
        }

        if (TRows.Count > 2)
        {
            W.Store(c2p0a, sums + 2 * call->TileCRow);
            W.Store(c2p0b, sums + 2 * call->TileCRow + W.Count);
        }

        if (TRows.Count > 2 && TPanels.Count > 1)
        {
            W.Store(c2p1a, sums + 2 * call->TileCRow + width);
            W.Store(c2p1b, sums + 2 * call->TileCRow + width + W.Count);
        }
    }

    /// <summary>The tile of 1 to 3 rows and 1 to <see cref="Panels"/> panels.</summary>
    public static delegate*<TileCall*, void> Tile<T, W>(int rows, int panels)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => (rows, panels) switch
        {
            (1, 1) => &Run<T, W, Rows1, Rows1>,
            (1, 2) => &Run<T, W, Rows1, Rows2>,
            (1, 3) => &Run<T, W, Rows1, Rows3>,
            (1, _) => &Run<T, W, Rows1, Rows4>,
            (2, 1) => &Run<T, W, Rows2, Rows1>,
            (2, _) => &Run<T, W, Rows2, Rows2>,
            (_, 1) => &Run<T, W, Rows3, Rows1>,
            _ => &Run<T, W, Rows3, Rows2>,
        };
}
