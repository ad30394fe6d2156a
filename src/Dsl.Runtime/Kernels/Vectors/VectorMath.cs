using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Elementary functions on vectors. Coefficients are own fits (Lawson-weighted least squares on Chebyshev nodes); errors stated are largest ones
/// over the whole range, measured by the tests. Not a number stays one; results that would be denormal are zero.
/// </summary>
internal static class VectorMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has so few bits that its product with a whole exponent is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.42860677e-6f;

    // Below this the power of two in Exp leaves the range of TimesPowerOfTwo; eˣ is 2.5e-38 here and taken as zero from here on.
    private const float ExpUnderflow = -86.6f;

    // Above ln(float.MaxValue) = 88.72 and small enough for an exponent of 128.
    private const float ExpOverflow = 88.8f;

    /// <summary>eˣ; relative error 8.1e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        V q = ReducedExpMinusOne(x, out V n);
        return V.ZeroWhere(V.LessThan(x, V.Create(ExpUnderflow)), V.TimesPowerOfTwo(q + V.Create(1f), n));
    }

    /// <summary>eˣ - 1 for x ≤ 0, exact to rounding near 0 too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOneOfNegative<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        // -20 is far below where e^x - 1 rounds to -1.
        V q = ReducedExpMinusOne(V.Max(V.Create(-20f), x), out V n);
        V power = V.TimesPowerOfTwo(V.Create(1f), n);
        return V.MultiplyAdd(q, power, power - V.Create(1f));
    }

    /// <summary>1 / (1 + e⁻ˣ); relative error 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : unmanaged, ISimd<V>
        => V.Create(1f) / (V.Create(1f) + Exp(Negate(x)));

    /// <summary>tanh x as x·P(x²)/Q(x²), degrees 4 and 4; relative error 2.9e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        x = V.Min(V.Create(8.5f), V.Max(V.Create(-8.5f), x));
        V s = x * x;
        V p = V.MultiplyAdd(V.Create(1.4269175e-08f), s, V.Create(2.1251004e-05f));
        p = V.MultiplyAdd(p, s, V.Create(0.0035340243f));
        p = V.MultiplyAdd(p, s, V.Create(0.13413244f));
        p = V.MultiplyAdd(p, s, V.Create(1f));
        V q = V.MultiplyAdd(V.Create(8.1451014e-07f), s, V.Create(0.00033488608f));
        q = V.MultiplyAdd(q, s, V.Create(0.026022742f));
        q = V.MultiplyAdd(q, s, V.Create(0.46746567f));
        q = V.MultiplyAdd(q, s, V.Create(1f));
        return x * p / q;
    }

    /// <summary>ln x for positive normal x; absolute error 1e-7 near 1, relative 1.2e-7 elsewhere. Not defined for other x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        V m = V.SplitExponent(x, out V e);
        V f = m - V.Create(1f);
        V s = f / (f + V.Create(2f));
        V q = s * s;
        V p = V.MultiplyAdd(V.MultiplyAdd(V.Create(0.298727065f), q, V.Create(0.399775147f)), q, V.Create(0.666667759f));
        // ln m = 2·artanh(s); 2s = f - s·f keeps the leading term's rounding error that of f itself.
        V tail = V.MultiplyAdd(e, V.Create(Ln2Low), V.MultiplyAdd(p * q, s, Negate(s) * f));
        return V.MultiplyAdd(e, V.Create(Ln2High), f + tail);
    }

    /// <summary>ln(1 + u) for u in [0, 1]; relative error 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlus<V>(V u)
        where V : unmanaged, ISimd<V>
    {
        V s = u / (u + V.Create(2f));
        V q = s * s;
        V p = V.MultiplyAdd(V.Create(0.280120194f), q, V.Create(0.280017972f));
        p = V.MultiplyAdd(p, q, V.Create(0.400215268f));
        p = V.MultiplyAdd(p, q, V.Create(0.666664183f));
        return V.MultiplyAdd(p * q, s, s + s);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^-|x|); relative error 3e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V>(V x)
        where V : unmanaged, ISimd<V>
        => V.Max(V.Zero, x) + LogOnePlus(Exp(x | V.CreateBits(int.MinValue)));

    /// <summary>The standard normal's distribution function, and its density times √(2π): e^(-x²/2).</summary>
    /// <remarks>Φ(-|x|) = e^(-x²/2)·t·Q₇(t) with t = 1/(1 + 0.3|x|): relative error under 1e-6 down to x = -5, absolute 1.2e-7.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalDistribution<V>(V x, out V bell)
        where V : unmanaged, ISimd<V>
    {
        // The rounding error of x² would grow by x²/2 in the exponential: it is put back.
        // From 14 on it is zero anyway, and infinity minus infinity would come between.
        V a = V.Min(V.Create(14f), Abs(x));
        V square = a * a;
        V bell0 = Exp(square * V.Create(-0.5f));
        V rest = V.MultiplyAdd(a, a, Negate(square));
        bell = V.MultiplyAdd(bell0, rest * V.Create(-0.5f), bell0);
        V t = V.Create(1f) / V.MultiplyAdd(a, V.Create(0.3f), V.Create(1f));
        V t2 = t * t;
        V p67 = V.MultiplyAdd(V.Create(0.036079686f), t, V.Create(-0.15889531f));
        V p45 = V.MultiplyAdd(V.Create(0.20927964f), t, V.Create(-0.056388054f));
        V p23 = V.MultiplyAdd(V.Create(0.12999941f), t, V.Create(0.099475265f));
        V p01 = V.MultiplyAdd(V.Create(0.12082466f), t, V.Create(0.11962465f));
        V p = V.MultiplyAdd(V.MultiplyAdd(p67, t2, p45), t2 * t2, V.MultiplyAdd(p23, t2, p01));
        V tail = p * t * bell;
        return V.Select(V.LessThan(x, V.Zero), tail, V.Create(1f) - tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate<V>(V x)
        where V : unmanaged, ISimd<V>
        => x ^ V.CreateBits(int.MinValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Abs<V>(V x)
        where V : unmanaged, ISimd<V>
        => x & V.CreateBits(int.MaxValue);

    // eˣ = 2ⁿ·(1 + q), q = r + r²·p(r), |r| ≤ ½·ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReducedExpMinusOne<V>(V x, out V n)
        where V : unmanaged, ISimd<V>
    {
        x = V.Min(V.Create(ExpOverflow), x);
        n = V.Round(x * V.Create(Log2E));
        V r = V.MultiplyAdd(n, V.Create(-Ln2High), x);
        r = V.MultiplyAdd(n, V.Create(-Ln2Low), r);
        V p = V.MultiplyAdd(V.Create(0.00138131448f), r, V.Create(0.00836941879f));
        p = V.MultiplyAdd(p, r, V.Create(0.041668456f));
        p = V.MultiplyAdd(p, r, V.Create(0.166665152f));
        p = V.MultiplyAdd(p, r, V.Create(0.49999994f));
        return V.MultiplyAdd(p, r * r, r);
    }
}
