using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Whole vectors or the last lanes of a run of channels, chosen by type so that the common case has no branch in its loads.</summary>
internal unsafe interface IWinogradLanes
{
    static abstract V Load<V>(float* from, int lanes)
        where V : unmanaged, ISimd<V>;

    static abstract void Store<V>(V value, float* to, int lanes)
        where V : unmanaged, ISimd<V>;
}

/// <summary>All lanes.</summary>
internal readonly unsafe struct WholeLanes : IWinogradLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* from, int lanes)
        where V : unmanaged, ISimd<V>
        => V.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, float* to, int lanes)
        where V : unmanaged, ISimd<V>
        => value.Store(to);
}

/// <summary>The first lanes.</summary>
internal readonly unsafe struct FirstLanes : IWinogradLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* from, int lanes)
        where V : unmanaged, ISimd<V>
        => V.LoadFirst(from, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, float* to, int lanes)
        where V : unmanaged, ISimd<V>
        => value.StoreFirst(to, lanes);
}
