using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Loads and stores of a vector or, at the end of a run of channels, of its first lanes.</summary>
internal static unsafe class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* from, int lanes)
        where V : unmanaged, ISimd<V>
        => lanes == V.Count ? V.Load(from) : V.LoadFirst(from, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLanes<V>(this V value, float* to, int lanes)
        where V : unmanaged, ISimd<V>
    {
        if (lanes == V.Count)
            value.Store(to);
        else
            value.StoreFirst(to, lanes);
    }

    /// <summary>Elements <paramref name="position"/> and following of an array of 1 or 4 byte indices, as int32 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadIndices<V>(byte* indices, nint position, int lanes, int bytes)
        where V : unmanaged, ISimd<V>
    {
        if (bytes != 1)
            return Load<V>((float*)indices + position, lanes);

        if (lanes == V.Count)
            return V.LoadBytes(indices + position);

        return LoadFewBytes<V>(indices + position, lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LoadFewBytes<V>(byte* from, int count)
        where V : unmanaged, ISimd<V>
    {
        V wide = V.Zero;
        for (int i = 0; i < count; i++)
            ((int*)&wide)[i] = from[i];

        return wide;
    }

    /// <summary>Stores int32 lanes as 1 or 4 byte indices from element <paramref name="position"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIndices<V>(byte* indices, V value, nint position, int lanes, int bytes)
        where V : unmanaged, ISimd<V>
    {
        if (bytes != 1)
        {
            value.StoreLanes((float*)indices + position, lanes);
        }
        else if (lanes == V.Count)
        {
            value.StoreBytes(indices + position);
        }
        else
        {
            V copy = value;
            for (int i = 0; i < lanes; i++)
                indices[position + i] = (byte)((int*)&copy)[i];
        }
    }
}
