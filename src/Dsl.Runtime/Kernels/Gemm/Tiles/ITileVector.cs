namespace Dsl.Runtime.Kernels;

/// <summary>
/// The operations of register tiles on one width of register, written once over <c>T</c>, the bare vector, and <c>W</c>, its operations. Unlike in
/// <c>ISimd</c>, which other kernels use, T stays bare: a wrapper's temporaries are copies that the JIT keeps alive beside the accumulators, and
/// with two dozen of those it spills them all (27 instead of 97 % of peak).
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
internal unsafe interface ITileVector<T>
    where T : unmanaged
{
    /// <summary>Floats in the vector.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the largest register tile (of two vectors a row) whose accumulators stay in registers.</summary>
    static abstract int TileRows { get; }

    /// <summary>Rows of the largest register tile of one vector a row: as many as keep the multipliers busy, where those of two vectors were half of them.</summary>
    static abstract int NarrowTileRows { get; }

    /// <summary>All lanes 0.</summary>
    static abstract T Zero { get; }

    /// <summary>All lanes the same value.</summary>
    static abstract T Create(float value);

    /// <summary>All lanes the float at an address.</summary>
    static abstract T Broadcast(float* source);

    /// <summary>Reads <see cref="Count"/> floats, at any alignment.</summary>
    static abstract T Load(float* source);

    /// <summary>Reads the first <paramref name="count"/> (or all) floats and nothing behind them; the other lanes are 0.</summary>
    static abstract T LoadFirst(float* source, int count);

    /// <summary>Writes <see cref="Count"/> floats, at any alignment.</summary>
    static abstract void Store(T value, float* target);

    /// <summary>Writes the first <paramref name="count"/> (or all) lanes and nothing behind them.</summary>
    static abstract void StoreFirst(T value, float* target, int count);

    /// <summary>a + b</summary>
    static abstract T Add(T a, T b);

    /// <summary>a · b</summary>
    static abstract T Multiply(T a, T b);

    /// <summary>a·b + c, fused where the machine can.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>The larger lane of two; <paramref name="b"/> where either is not a number, so Max(Zero, x) keeps a NaN of x.</summary>
    static abstract T Max(T a, T b);

    /// <summary>The smaller lane of two; <paramref name="b"/> where either is not a number.</summary>
    static abstract T Min(T a, T b);

    /// <summary>Lanes of <paramref name="chosen"/> where <paramref name="left"/> &gt; <paramref name="right"/>, else of <paramref name="other"/>.</summary>
    static abstract T WhereGreater(T left, T right, T chosen, T other);
}
