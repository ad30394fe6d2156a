using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime.Kernels;

/// <summary>512 bits (AVX-512 F, BW, DQ, VL).</summary>
internal readonly unsafe struct Simd512 : ISimd<Simd512>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector512<float> value;

    [MethodImpl(Inline)]
    internal Simd512(Vector512<float> value) => this.value = value;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 16;
    }

    public static Simd512 Zero
    {
        [MethodImpl(Inline)]
        get => new(Vector512<float>.Zero);
    }

    public static Simd512 Indices
    {
        [MethodImpl(Inline)]
        get => new(Vector512<int>.Indices.AsSingle());
    }

    [MethodImpl(Inline)]
    public static Simd512 operator +(Simd512 a, Simd512 b) => new(a.value + b.value);

    [MethodImpl(Inline)]
    public static Simd512 operator -(Simd512 a, Simd512 b) => new(a.value - b.value);

    [MethodImpl(Inline)]
    public static Simd512 operator *(Simd512 a, Simd512 b) => new(a.value * b.value);

    [MethodImpl(Inline)]
    public static Simd512 operator /(Simd512 a, Simd512 b) => new(a.value / b.value);

    [MethodImpl(Inline)]
    public static Simd512 operator &(Simd512 a, Simd512 b) => new(a.value & b.value);

    [MethodImpl(Inline)]
    public static Simd512 operator |(Simd512 a, Simd512 b) => new(a.value | b.value);

    [MethodImpl(Inline)]
    public static Simd512 operator ^(Simd512 a, Simd512 b) => new(a.value ^ b.value);

    [MethodImpl(Inline)]
    public static Simd512 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Simd512 CreateBits(int bits) => new(Vector512.Create(bits).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(Inline)]
    public static Simd512 LoadFirst(float* from, int count) => new(Avx512F.MaskLoad(from, FirstLanes(count).value, Vector512<float>.Zero));

    [MethodImpl(Inline)]
    public static Simd512 LoadBytes(byte* from) => new(Avx512F.ConvertToVector512Int32(Vector128.Load(from)).AsSingle());

    [MethodImpl(Inline)]
    public void Store(float* to) => value.Store(to);

    [MethodImpl(Inline)]
    public void StoreFirst(float* to, int count) => Avx512F.MaskStore(to, FirstLanes(count).value, value);

    [MethodImpl(Inline)]
    public void StoreBytes(byte* to) => Avx512F.ConvertToVector128Byte(value.AsInt32()).Store(to);

    [MethodImpl(Inline)]
    public static Simd512 MultiplyAdd(Simd512 a, Simd512 b, Simd512 c) => new(Vector512.MultiplyAddEstimate(a.value, b.value, c.value));

    [MethodImpl(Inline)]
    public static Simd512 Sqrt(Simd512 a) => new(Vector512.Sqrt(a.value));

    [MethodImpl(Inline)]
    public static Simd512 Round(Simd512 a) => new(Vector512.Round(a.value));

    [MethodImpl(Inline)]
    public static Simd512 Min(Simd512 a, Simd512 b) => new(Avx512F.Min(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd512 Max(Simd512 a, Simd512 b) => new(Avx512F.Max(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd512 LessThan(Simd512 a, Simd512 b) => new(Vector512.LessThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd512 LessThanOrEqual(Simd512 a, Simd512 b) => new(Vector512.LessThanOrEqual(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd512 GreaterThan(Simd512 a, Simd512 b) => new(Vector512.GreaterThan(a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd512 IsNaN(Simd512 a) => new(Vector512.IsNaN(a.value));

    [MethodImpl(Inline)]
    public static Simd512 AddBits(Simd512 a, Simd512 b) => new((a.value.AsInt32() + b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 BitsEqual(Simd512 a, Simd512 b) => new(Vector512.Equals(a.value.AsInt32(), b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 BitsLessThan(Simd512 a, Simd512 b) => new(Vector512.LessThan(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 MaxBits(Simd512 a, Simd512 b) => new(Vector512.Max(a.value.AsInt32(), b.value.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 FirstLanes(int count) => new(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 Select(Simd512 mask, Simd512 a, Simd512 b) => new(Vector512.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(Inline)]
    public static Simd512 ZeroWhere(Simd512 mask, Simd512 a) => new(Vector512.AndNot(a.value, mask.value));

    [MethodImpl(Inline)]
    public static Simd512 TimesPowerOfTwo(Simd512 a, Simd512 n) => new(Avx512F.Scale(a.value, n.value));

    [MethodImpl(Inline)]
    public static Simd512 SplitExponent(Simd512 a, out Simd512 exponent)
    {
        Vector512<int> e = (a.value.AsInt32() - Vector512.Create(0x3F3504F3)) >> 23;
        exponent = new(Vector512.ConvertToSingle(e));
        return new((a.value.AsInt32() - (e << 23)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static float Sum(Simd512 a) => Simd256.Sum(new(a.value.GetLower() + a.value.GetUpper()));

    [MethodImpl(Inline)]
    public static float MaxAcross(Simd512 a) => Simd256.MaxAcross(Simd256.Max(new(a.value.GetLower()), new(a.value.GetUpper())));

    [MethodImpl(Inline)]
    public static bool Any(Simd512 mask) => Vector512.ExtractMostSignificantBits(mask.value) != 0;

    [MethodImpl(Inline)]
    public static Simd512 MultiplyLowHalves(Simd512 a, Simd512 b) => new(Avx512F.Multiply(a.value.AsUInt32(), b.value.AsUInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 HighHalves(Simd512 a) => new((a.value.AsUInt64() >>> 32).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 JoinLowHalves(Simd512 low, Simd512 high) => new(((low.value.AsUInt64() & Vector512.Create((ulong)uint.MaxValue)) | (high.value.AsUInt64() << 32)).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 InterleaveLower64(Simd512 a, Simd512 b) => new(Avx512F.UnpackLow(a.value.AsUInt64(), b.value.AsUInt64()).AsSingle());

    [MethodImpl(Inline)]
    public static Simd512 InterleaveUpper64(Simd512 a, Simd512 b) => new(Avx512F.UnpackHigh(a.value.AsUInt64(), b.value.AsUInt64()).AsSingle());
}
