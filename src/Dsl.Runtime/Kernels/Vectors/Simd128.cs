using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime.Kernels;

/// <summary>128 bits: SSE, Arm's AdvSimd, or whatever the runtime makes of <see cref="Vector128"/>.</summary>
internal readonly unsafe struct Simd128 : ISimd<Simd128>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector128<float> value;

    [MethodImpl(Inline)]
    internal Simd128(Vector128<float> value) => this.value = value;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 4;
    }

    public static Simd128 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector128<float>.Zero);
    }

    public static Simd128 Indices
    {
        [MethodImpl(Inline)]
        get => new(Vector128<int>.Indices.AsSingle());
    }

    [MethodImpl(Inline)]
    public static Simd128 operator +(Simd128 a, Simd128 b) => new(a.value + b.value);

    [MethodImpl(Inline)]
    public static Simd128 operator -(Simd128 a, Simd128 b) => new(a.value - b.value);

    [MethodImpl(Inline)]
    public static Simd128 operator *(Simd128 a, Simd128 b) => new(a.value * b.value);

    [MethodImpl(Inline)]
    public static Simd128 operator /(Simd128 a, Simd128 b) => new(a.value / b.value);

    [MethodImpl(Inline)]
    public static Simd128 operator &(Simd128 a, Simd128 b) => new(a.value & b.value);

    [MethodImpl(Inline)]
    public static Simd128 operator |(Simd128 a, Simd128 b) => new(a.value | b.value);

    [MethodImpl(Inline)]
    public static Simd128 operator ^(Simd128 a, Simd128 b) => new(a.value ^ b.value);

    [MethodImpl(Inline)]
    public static Simd128 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(Inline)]
    public static Simd128 CreateBits(int bits) => new(Vector128.Create(bits).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 Load(float* from) => new(Vector128.Load(from));

    [MethodImpl(Inline)]
    public static Simd128 LoadFirst(float* from, int count)
    {
        Vector128<float> result = Vector128<float>.Zero;
        for (int i = 0; i < count; i++)
            ((float*)&result)[i] = from[i];

        return new(result);
    }

    [MethodImpl(Inline)]
    public static Simd128 LoadBytes(byte* from) => new(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)from).AsByte())).AsSingle());

    [MethodImpl(Inline)]
    public void Store(float* to) => value.Store(to);

    [MethodImpl(Inline)]
    public void StoreFirst(float* to, int count)
    {
        Vector128<float> copy = value;
        for (int i = 0; i < count; i++)
            to[i] = ((float*)&copy)[i];
    }

    [MethodImpl(Inline)]
    public void StoreBytes(byte* to)
    {
        Vector128<ushort> words = Vector128.Narrow(value.AsUInt32(), value.AsUInt32());
        *(uint*)to = Vector128.Narrow(words, words).AsUInt32().ToScalar();
    }

    [MethodImpl(Inline)]
    public static Simd128 MultiplyAdd(Simd128 a, Simd128 b, Simd128 c) => new(Vector128.MultiplyAddEstimate(a.value, b.value, c.value));

    [MethodImpl(Inline)]
    public static Simd128 Sqrt(Simd128 a) => new(Vector128.Sqrt(a.value));

    [MethodImpl(Inline)]
    public static Simd128 Round(Simd128 a) => new(Vector128.Round(a.value));

    [MethodImpl(Inline)]
    public static Simd128 Min(Simd128 a, Simd128 b) => new(Sse.IsSupported ? Sse.Min(a.value, b.value) : Vector128.ConditionalSelect(Vector128.LessThan(a.value, b.value), a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd128 Max(Simd128 a, Simd128 b) => new(Sse.IsSupported ? Sse.Max(a.value, b.value) : Vector128.ConditionalSelect(Vector128.GreaterThan(a.value, b.value), a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd128 LessThan(Simd128 a, Simd128 b) => new(Vector128.LessThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd128 LessThanOrEqual(Simd128 a, Simd128 b) => new(Vector128.LessThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd128 GreaterThan(Simd128 a, Simd128 b) => new(Vector128.GreaterThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd128 IsNaN(Simd128 a) => new(Vector128.IsNaN(a.value));

    [MethodImpl(Inline)]
    public static Simd128 AddBits(Simd128 a, Simd128 b) => new((a.value.AsInt32() + b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 BitsEqual(Simd128 a, Simd128 b) => new(Vector128.Equals(a.value.AsInt32(), b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 BitsLessThan(Simd128 a, Simd128 b) => new(Vector128.LessThan(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 MaxBits(Simd128 a, Simd128 b) => new(Vector128.Max(a.value.AsInt32(), b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 FirstLanes(int count) => new(Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 Select(Simd128 mask, Simd128 a, Simd128 b) => new(Vector128.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd128 ZeroWhere(Simd128 mask, Simd128 a) => new(Vector128.AndNot(a.value, mask.value));

    // By 2ⁿ⁻¹ and doubled, so that 2¹²⁸ needs no exponent of its own and overflow becomes infinity.
    [MethodImpl(Inline)]
    public static Simd128 TimesPowerOfTwo(Simd128 a, Simd128 n)
    {
        Vector128<int> power = (Vector128.ConvertToInt32Native(n.value) + Vector128.Create(126)) << 23;
        Vector128<float> half = a.value * power.AsSingle();
        return new(half + half);
    }

    [MethodImpl(Inline)]
    public static Simd128 SplitExponent(Simd128 a, out Simd128 exponent)
    {
        Vector128<int> e = (a.value.AsInt32() - Vector128.Create(0x3F3504F3)) >> 23;
        exponent = new(Vector128.ConvertToSingle(e));
        return new((a.value.AsInt32() - (e << 23)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static float Sum(Simd128 a)
    {
        Vector128<float> pairs = a.value + Vector128.Shuffle(a.value, Vector128.Create(2, 3, 0, 1));
        return (pairs + Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(Inline)]
    public static float MaxAcross(Simd128 a)
    {
        Simd128 pairs = Max(a, new(Vector128.Shuffle(a.value, Vector128.Create(2, 3, 0, 1))));
        return Max(pairs, new(Vector128.Shuffle(pairs.value, Vector128.Create(1, 0, 3, 2)))).value.ToScalar();
    }

    [MethodImpl(Inline)]
    public static bool Any(Simd128 mask) => Vector128.ExtractMostSignificantBits(mask.value) != 0;

    [MethodImpl(Inline)]
    public static Simd128 MultiplyLowHalves(Simd128 a, Simd128 b) => new(Sse2.IsSupported ? Sse2.Multiply(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle() : ((a.value.AsUInt64() & Vector128.Create((ulong)uint.MaxValue)) * (b.value.AsUInt64() & Vector128.Create((ulong)uint.MaxValue))).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 HighHalves(Simd128 a) => new((a.value.AsUInt64() >>> 32).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 JoinLowHalves(Simd128 low, Simd128 high) => new(((low.value.AsUInt64() & Vector128.Create((ulong)uint.MaxValue)) | (high.value.AsUInt64() << 32)).AsSingle());

    [MethodImpl(Inline)]
    public static Simd128 InterleaveLower64(Simd128 a, Simd128 b) => new(Vector128.Create(a.value.GetLower(), b.value.GetLower()));

    [MethodImpl(Inline)]
    public static Simd128 InterleaveUpper64(Simd128 a, Simd128 b) => new(Vector128.Create(a.value.GetUpper(), b.value.GetUpper()));
}
