using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime.Kernels;

/// <summary>256 bits (AVX2, FMA).</summary>
internal readonly unsafe struct Simd256 : ISimd<Simd256>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector256<float> value;

    [MethodImpl(Inline)]
    internal Simd256(Vector256<float> value) => this.value = value;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 8;
    }

    public static Simd256 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector256<float>.Zero);
    }

    public static Simd256 Indices
    {
        [MethodImpl(Inline)]
        get => new(Vector256<int>.Indices.AsSingle());
    }

    [MethodImpl(Inline)]
    public static Simd256 operator +(Simd256 a, Simd256 b) => new(a.value + b.value);

    [MethodImpl(Inline)]
    public static Simd256 operator -(Simd256 a, Simd256 b) => new(a.value - b.value);

    [MethodImpl(Inline)]
    public static Simd256 operator *(Simd256 a, Simd256 b) => new(a.value * b.value);

    [MethodImpl(Inline)]
    public static Simd256 operator /(Simd256 a, Simd256 b) => new(a.value / b.value);

    [MethodImpl(Inline)]
    public static Simd256 operator &(Simd256 a, Simd256 b) => new(a.value & b.value);

    [MethodImpl(Inline)]
    public static Simd256 operator |(Simd256 a, Simd256 b) => new(a.value | b.value);

    [MethodImpl(Inline)]
    public static Simd256 operator ^(Simd256 a, Simd256 b) => new(a.value ^ b.value);

    [MethodImpl(Inline)]
    public static Simd256 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static Simd256 CreateBits(int bits) => new(Vector256.Create(bits).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 Load(float* from) => new(Vector256.Load(from));

    [MethodImpl(Inline)]
    public static Simd256 LoadFirst(float* from, int count) => new(Avx.MaskLoad(from, FirstLanes(count).value));

    [MethodImpl(Inline)]
    public static Simd256 LoadBytes(byte* from) => new(Avx2.ConvertToVector256Int32(from).AsSingle());

    [MethodImpl(Inline)]
    public void Store(float* to) => value.Store(to);

    [MethodImpl(Inline)]
    public void StoreFirst(float* to, int count) => Avx.MaskStore(to, FirstLanes(count).value, value);

    [MethodImpl(Inline)]
    public void StoreBytes(byte* to)
    {
        Vector128<short> words = Sse2.PackSignedSaturate(value.AsInt32().GetLower(), value.AsInt32().GetUpper());
        *(ulong*)to = Sse2.PackUnsignedSaturate(words, words).AsUInt64().ToScalar();
    }

    [MethodImpl(Inline)]
    public static Simd256 MultiplyAdd(Simd256 a, Simd256 b, Simd256 c) => new(Vector256.MultiplyAddEstimate(a.value, b.value, c.value));

    [MethodImpl(Inline)]
    public static Simd256 Sqrt(Simd256 a) => new(Vector256.Sqrt(a.value));

    [MethodImpl(Inline)]
    public static Simd256 Round(Simd256 a) => new(Vector256.Round(a.value));

    [MethodImpl(Inline)]
    public static Simd256 Min(Simd256 a, Simd256 b) => new(Avx.Min(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd256 Max(Simd256 a, Simd256 b) => new(Avx.Max(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd256 LessThan(Simd256 a, Simd256 b) => new(Vector256.LessThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd256 LessThanOrEqual(Simd256 a, Simd256 b) => new(Vector256.LessThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd256 GreaterThan(Simd256 a, Simd256 b) => new(Vector256.GreaterThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd256 IsNaN(Simd256 a) => new(Vector256.IsNaN(a.value));

    [MethodImpl(Inline)]
    public static Simd256 AddBits(Simd256 a, Simd256 b) => new((a.value.AsInt32() + b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 BitsEqual(Simd256 a, Simd256 b) => new(Vector256.Equals(a.value.AsInt32(), b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 BitsLessThan(Simd256 a, Simd256 b) => new(Vector256.LessThan(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 MaxBits(Simd256 a, Simd256 b) => new(Vector256.Max(a.value.AsInt32(), b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 FirstLanes(int count) => new(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 Select(Simd256 mask, Simd256 a, Simd256 b) => new(Vector256.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd256 ZeroWhere(Simd256 mask, Simd256 a) => new(Vector256.AndNot(a.value, mask.value));

    // By 2ⁿ⁻¹ and doubled, so that 2¹²⁸ needs no exponent of its own and overflow becomes infinity.
    [MethodImpl(Inline)]
    public static Simd256 TimesPowerOfTwo(Simd256 a, Simd256 n)
    {
        Vector256<int> power = (Vector256.ConvertToInt32Native(n.value) + Vector256.Create(126)) << 23;
        Vector256<float> half = a.value * power.AsSingle();
        return new(half + half);
    }

    [MethodImpl(Inline)]
    public static Simd256 SplitExponent(Simd256 a, out Simd256 exponent)
    {
        Vector256<int> e = (a.value.AsInt32() - Vector256.Create(0x3F3504F3)) >> 23;
        exponent = new(Vector256.ConvertToSingle(e));
        return new((a.value.AsInt32() - (e << 23)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static float Sum(Simd256 a) => Simd128.Sum(new(a.value.GetLower() + a.value.GetUpper()));

    [MethodImpl(Inline)]
    public static float MaxAcross(Simd256 a) => Simd128.MaxAcross(Simd128.Max(new(a.value.GetLower()), new(a.value.GetUpper())));

    [MethodImpl(Inline)]
    public static bool Any(Simd256 mask) => Vector256.ExtractMostSignificantBits(mask.value) != 0;

    [MethodImpl(Inline)]
    public static Simd256 MultiplyLowHalves(Simd256 a, Simd256 b) => new(Avx2.Multiply(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 HighHalves(Simd256 a) => new((a.value.AsUInt64() >>> 32).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 JoinLowHalves(Simd256 low, Simd256 high) => new(((low.value.AsUInt64() & Vector256.Create((ulong)uint.MaxValue)) | (high.value.AsUInt64() << 32)).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 InterleaveLower64(Simd256 a, Simd256 b) => new(Avx2.UnpackLow(a.value.AsUInt64(), b.value.AsUInt64()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd256 InterleaveUpper64(Simd256 a, Simd256 b) => new(Avx2.UnpackHigh(a.value.AsUInt64(), b.value.AsUInt64()).AsSingle());
}
