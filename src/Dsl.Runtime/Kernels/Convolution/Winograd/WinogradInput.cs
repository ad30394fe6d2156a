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
        for (int patch = 0; patch < patches; patch++, x += 2 * channels, planes += channels)
        {
            int c = 0;
            for (; c + V.Count <= channels; c += V.Count)
                Patch<WholeLanes>(x + c, row, channels, planes + c, plane, 0);
            if (c < channels)
                Patch<FirstLanes>(x + c, row, channels, planes + c, plane, channels - c);
        }
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Patch<L>(float* x, nint row, nint pixel, float* to, nint plane, int lanes)
        where L : struct, IWinogradLanes
    {
        float* x1 = x + row;
        float* x2 = x1 + row;
        float* x3 = x2 + row;
        V a = L.Load<V>(x, lanes) - L.Load<V>(x2, lanes);
        V b = L.Load<V>(x + pixel, lanes) - L.Load<V>(x2 + pixel, lanes);
        V c = L.Load<V>(x + 2 * pixel, lanes) - L.Load<V>(x2 + 2 * pixel, lanes);
        V d = L.Load<V>(x + 3 * pixel, lanes) - L.Load<V>(x2 + 3 * pixel, lanes);
        StoreRow<L>(a, b, c, d, to, plane, lanes);

        to += 4 * plane;
        V e = L.Load<V>(x1, lanes);
        V f = L.Load<V>(x1 + pixel, lanes);
        V g = L.Load<V>(x1 + 2 * pixel, lanes);
        V h = L.Load<V>(x1 + 3 * pixel, lanes);
        a = L.Load<V>(x2, lanes);
        b = L.Load<V>(x2 + pixel, lanes);
        c = L.Load<V>(x2 + 2 * pixel, lanes);
        d = L.Load<V>(x2 + 3 * pixel, lanes);
        StoreRow<L>(e + a, f + b, g + c, h + d, to, plane, lanes);

        to += 4 * plane;
        StoreRow<L>(a - e, b - f, c - g, d - h, to, plane, lanes);

        to += 4 * plane;
        a = e - L.Load<V>(x3, lanes);
        b = f - L.Load<V>(x3 + pixel, lanes);
        c = g - L.Load<V>(x3 + 2 * pixel, lanes);
        d = h - L.Load<V>(x3 + 3 * pixel, lanes);
        StoreRow<L>(a, b, c, d, to, plane, lanes);
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
