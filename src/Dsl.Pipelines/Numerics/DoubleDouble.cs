using System;

namespace Dsl.Pipelines.Numerics;

/// <summary>A number as the sum of two doubles, about 106 bits (Dekker, A Floating-Point Technique for Extending the Available Precision, 1971), for functions that are wanted to the last digit.</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    // ln 2 to 106 bits.
    private static readonly DoubleDouble Log2 = new(0.6931471805599453, 2.3190468138462996e-17);

    // 2 (z + z³/3 + ..) of z up to 0.172: 0.03²² is beyond the last bit.
    private const int Terms = 22;

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble sum = SumOf(a.High, b.High);
        return Normal(sum.High, sum.Low + (a.Low + b.Low));
    }

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        return Normal(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a + (b * new DoubleDouble(-first, 0));
        return Normal(first, rest.High / b.High);
    }

    /// <summary>ln(1 + x), rounded once; x above -1, finite.</summary>
    public static double Log1p(double x)
    {
        // 1 + x = m 2^exponent, m about 1; ln m = 2 artanh((m - 1) / (m + 1)).
        DoubleDouble sum = SumOf(1, x);
        int exponent = Math.ILogB(sum.High * Math.Sqrt(2));
        DoubleDouble m = new(Math.ScaleB(sum.High, -exponent), Math.ScaleB(sum.Low, -exponent));
        DoubleDouble z = (m + new DoubleDouble(-1, 0)) / (m + new DoubleDouble(1, 0));
        DoubleDouble square = z * z;
        DoubleDouble series = default;
        for (int term = Terms; term >= 0; term--)
            series = (series * square) + (new DoubleDouble(1, 0) / new DoubleDouble((2 * term) + 1, 0));
        DoubleDouble log = (series * z * new DoubleDouble(2, 0)) + (Log2 * new DoubleDouble(exponent, 0));
        return log.High + log.Low;
    }

    /// <summary>The exact sum of two doubles.</summary>
    private static DoubleDouble SumOf(double a, double b)
    {
        double sum = a + b;
        double ofB = sum - a;
        return new DoubleDouble(sum, a - (sum - ofB) + (b - ofB));
    }

    private static DoubleDouble Normal(double high, double low)
    {
        double sum = high + low;
        return new DoubleDouble(sum, low - (sum - high));
    }
}
