namespace Dsl.Runtime.Kernels;

/// <summary>
/// A vector of float32 of one width, so that a kernel is written once and compiled for 128, 256 and 512 bits: each member becomes the instruction
/// it names (looked at in the JIT's output: constants turn into broadcast memory operands, comparisons into masks, nothing is spilled).
/// Masks are vectors with all bits of a lane set or clear.
/// </summary>
/// <typeparam name="TSelf">The vector itself.</typeparam>
internal unsafe interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    /// <summary>0, 1, 2 ... as int32 lanes.</summary>
    static abstract TSelf Indices { get; }

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator &(TSelf a, TSelf b);

    static abstract TSelf operator |(TSelf a, TSelf b);

    static abstract TSelf operator ^(TSelf a, TSelf b);

    static abstract TSelf Create(float value);

    static abstract TSelf CreateBits(int bits);

    static abstract TSelf Load(float* from);

    /// <summary>The first <paramref name="count"/> lanes from memory, zero in the others; nothing behind them is touched.</summary>
    static abstract TSelf LoadFirst(float* from, int count);

    /// <summary>Bytes as int32 lanes.</summary>
    static abstract TSelf LoadBytes(byte* from);

    void Store(float* to);

    /// <summary>Stores the first <paramref name="count"/> lanes; nothing behind them is touched.</summary>
    void StoreFirst(float* to, int count);

    /// <summary>Stores int32 lanes of 0 to 255 as bytes.</summary>
    void StoreBytes(byte* to);

    /// <summary>a·b + c, in one rounding where there is FMA.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>To the nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>The smaller; <paramref name="b"/> where either is not a number: so <c>Min(limit, x)</c> keeps a NaN of x.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger; <paramref name="b"/> where either is not a number: so <c>Max(limit, x)</c> keeps a NaN of x.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf LessThan(TSelf a, TSelf b);

    static abstract TSelf LessThanOrEqual(TSelf a, TSelf b);

    static abstract TSelf GreaterThan(TSelf a, TSelf b);

    static abstract TSelf IsNaN(TSelf a);

    /// <summary>Adds lanes as int32, modulo 2³².</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    /// <summary>Compares lanes as int32.</summary>
    static abstract TSelf BitsEqual(TSelf a, TSelf b);

    /// <summary>Compares lanes as uint32.</summary>
    static abstract TSelf BitsLessThan(TSelf a, TSelf b);

    /// <summary>The larger lanes as int32.</summary>
    static abstract TSelf MaxBits(TSelf a, TSelf b);

    /// <summary>Mask of the first <paramref name="count"/> lanes.</summary>
    static abstract TSelf FirstLanes(int count);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>a, and zero where the mask is set.</summary>
    static abstract TSelf ZeroWhere(TSelf mask, TSelf a);

    /// <summary>a·2ⁿ for a in [0.5, 2) and whole n in [-125, 128]; infinity beyond float's range.</summary>
    static abstract TSelf TimesPowerOfTwo(TSelf a, TSelf n);

    /// <summary>Takes positive normal a as m·2ᵉ with m in [√½, √2): returns m.</summary>
    static abstract TSelf SplitExponent(TSelf a, out TSelf exponent);

    /// <summary>Sum of all lanes, halves first.</summary>
    static abstract float Sum(TSelf a);

    /// <summary>Largest lane; not defined when one is not a number.</summary>
    static abstract float MaxAcross(TSelf a);

    /// <summary>True when a lane's sign bit is set (a mask's lane is).</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>Products of the low halves of 64-bit lanes, as 64-bit lanes.</summary>
    static abstract TSelf MultiplyLowHalves(TSelf a, TSelf b);

    /// <summary>The high halves of 64-bit lanes in the low halves, zero above.</summary>
    static abstract TSelf HighHalves(TSelf a);

    /// <summary>The low halves of <paramref name="low"/>'s 64-bit lanes, those of <paramref name="high"/> above them.</summary>
    static abstract TSelf JoinLowHalves(TSelf low, TSelf high);

    /// <summary>Of each 128-bit part the lower 64 bits of a, then of b.</summary>
    static abstract TSelf InterleaveLower64(TSelf a, TSelf b);

    /// <summary>Of each 128-bit part the upper 64 bits of a, then of b.</summary>
    static abstract TSelf InterleaveUpper64(TSelf a, TSelf b);
}
