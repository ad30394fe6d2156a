using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The transform of 4×4 patches of the input, Bᵀ·d·B, and its adjoint for the gradient. Lavin and Gray, "Fast Algorithms for Convolutional Neural
/// Networks" (2016), F(2×2, 3×3).
/// </summary>
internal static unsafe class WinogradInput<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>
    /// A row of patches, two pixels apart, to 16 planes <paramref name="plane"/> floats apart; each plane takes <paramref name="channels"/> floats a patch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transform(float* x, nint row, int channels, int patches, float* planes, nint plane)
    {
        int c = 0;
        for (; c + V.Count <= channels; c += V.Count)
            Row<WholeLanes>(x + c, row, channels, patches, planes + c, plane, 0);
        if (c < channels)
            Row<FirstLanes>(x + c, row, channels, patches, planes + c, plane, channels - c);
    }

    /// <summary>Adds the adjoint of a row of patches of planes to the patches of an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddAdjoint(float* planes, nint plane, int channels, int patches, float* image, nint row)
    {
        for (int patch = 0; patch < patches; patch++, image += 2 * channels, planes += channels)
        {
            int c = 0;
            for (; c + V.Count <= channels; c += V.Count)
                AddPatch<WholeLanes>(planes + c, plane, image + c, row, channels, 0);
            if (c < channels)
                AddPatch<FirstLanes>(planes + c, plane, image + c, row, channels, channels - c);
        }
    }

    // The two columns that a patch shares with the one before it stay in registers, as sums of their rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<L>(float* x, nint row, nint pixel, int patches, float* to, nint plane, int lanes)
        where L : struct, IWinogradLanes
    {
        Column<L>(x, row, lanes, out V a0, out V a1, out V a2, out V a3);
        Column<L>(x + pixel, row, lanes, out V b0, out V b1, out V b2, out V b3);
        for (; patches > 0; patches--, to += pixel)
        {
            x += 2 * pixel;
            Column<L>(x, row, lanes, out V c0, out V c1, out V c2, out V c3);
            Column<L>(x + pixel, row, lanes, out V d0, out V d1, out V d2, out V d3);
            StoreRow<L>(a0, b0, c0, d0, to, plane, lanes);
            StoreRow<L>(a1, b1, c1, d1, to + 4 * plane, plane, lanes);
            StoreRow<L>(a2, b2, c2, d2, to + 8 * plane, plane, lanes);
            StoreRow<L>(a3, b3, c3, d3, to + 12 * plane, plane, lanes);
            a0 = c0;
            a1 = c1;
            a2 = c2;
            a3 = c3;
            b0 = d0;
            b1 = d1;
            b2 = d2;
            b3 = d3;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<L>(float* x, nint row, int lanes, out V first, out V second, out V third, out V fourth)
        where L : struct, IWinogradLanes
    {
        V top = L.Load<V>(x, lanes);
        V upper = L.Load<V>(x + row, lanes);
        V lower = L.Load<V>(x + 2 * row, lanes);
        V bottom = L.Load<V>(x + 3 * row, lanes);
        first = top - lower;
        second = upper + lower;
        third = lower - upper;
        fourth = upper - bottom;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<L>(V a, V b, V c, V d, float* to, nint plane, int lanes)
        where L : struct, IWinogradLanes
    {
        L.Store(a - c, to, lanes);
        L.Store(b + c, to + plane, lanes);
        L.Store(c - b, to + 2 * plane, lanes);
        L.Store(b - d, to + 3 * plane, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPatch<L>(float* from, nint plane, float* image, nint row, nint pixel, int lanes)
        where L : struct, IWinogradLanes
    {
        // A column of the patch after the other: across the columns of planes first, then down the rows.
        nint down = 4 * plane;
        float* p = from;
        AddColumn<L>(L.Load<V>(p, lanes), L.Load<V>(p + down, lanes), L.Load<V>(p + 2 * down, lanes), L.Load<V>(p + 3 * down, lanes), image, row, lanes);
        AddColumn<L>(Second<L>(p, plane, lanes), Second<L>(p + down, plane, lanes), Second<L>(p + 2 * down, plane, lanes), Second<L>(p + 3 * down, plane, lanes), image + pixel, row, lanes);
        AddColumn<L>(Third<L>(p, plane, lanes), Third<L>(p + down, plane, lanes), Third<L>(p + 2 * down, plane, lanes), Third<L>(p + 3 * down, plane, lanes), image + 2 * pixel, row, lanes);
        p += 3 * plane;
        V zero = V.Zero;
        AddColumn<L>(zero - L.Load<V>(p, lanes), zero - L.Load<V>(p + down, lanes), zero - L.Load<V>(p + 2 * down, lanes), zero - L.Load<V>(p + 3 * down, lanes), image + 3 * pixel, row, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Second<L>(float* p, nint plane, int lanes)
        where L : struct, IWinogradLanes
        => L.Load<V>(p + plane, lanes) - L.Load<V>(p + 2 * plane, lanes) + L.Load<V>(p + 3 * plane, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Third<L>(float* p, nint plane, int lanes)
        where L : struct, IWinogradLanes
        => L.Load<V>(p + plane, lanes) + L.Load<V>(p + 2 * plane, lanes) - L.Load<V>(p, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn<L>(V a, V b, V c, V d, float* image, nint row, int lanes)
        where L : struct, IWinogradLanes
    {
        L.Store(L.Load<V>(image, lanes) + a, image, lanes);
        image += row;
        L.Store(L.Load<V>(image, lanes) + (b - c + d), image, lanes);
        image += row;
        L.Store(L.Load<V>(image, lanes) + (b + c - a), image, lanes);
        image += row;
        L.Store(L.Load<V>(image, lanes) - d, image, lanes);
    }
}
