using System;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Distribution functions of tests, by series and continued fractions of the regularized incomplete gamma and beta functions (Abramowitz and Stegun, 6.5.29, 6.5.31 and 26.5.8; the fractions by
/// Lentz's way as Thompson and Barnett mend it, 1986). Every operation stands where Apache Commons Math 3.6, by which Spark MLlib tests, has it: which of two elements as good as each other has
/// the lower p-value is decided by the last digit.
/// </summary>
internal static class Distributions
{
    private const double Precision = 1e-14;
    private const double Tiny = 1e-50;

    /// <summary>The probability that chi² with so many degrees of freedom is at most x.</summary>
    public static double ChiSquared(double x, double freedom) => x <= 0 ? 0 : GammaP(freedom / 2, x / 2);

    /// <summary>The probability that F with so many degrees of freedom above and below is at most x; NaN of infinity, which MLlib knows no probability of.</summary>
    public static double F(double x, double above, double below) => x <= 0 ? 0 : Beta(above * x / (below + (above * x)), 0.5 * above, 0.5 * below);

    /// <summary>P(a, x), the lower part of Γ(a) as a share.</summary>
    private static double GammaP(double a, double x)
    {
        if (x == 0)
            return 0;
        if (x >= a + 1)
            return 1 - GammaQ(a, x);
        double term = 1 / a;
        double sum = term;
        for (double n = 1; Math.Abs(term / sum) > Precision && sum < double.PositiveInfinity; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return double.IsInfinity(sum) ? 1 : Math.Exp(-x + (a * Math.Log(x)) - GammaFunctions.LogGamma(a)) * sum;
    }

    /// <summary>Q(a, x), the upper part of Γ(a) as a share; x at least a + 1.</summary>
    private static double GammaQ(double a, double x)
    {
        Fraction fraction = new(1 - a + x);
        for (int n = 1; fraction.Goes; n++)
            fraction.Add((2.0 * n) + 1 - a + x, n * (a - n));
        return Math.Exp(-x + (a * Math.Log(x)) - GammaFunctions.LogGamma(a)) * (1 / fraction.Value);
    }

    /// <summary>I(x; a, b), the lower part of B(a, b) as a share.</summary>
    private static double Beta(double x, double a, double b)
    {
        if (double.IsNaN(x))
            return x;
        // The fraction converges fast on this side of the mean only.
        if (x > (a + 1) / (2 + b + a) && 1 - x <= (b + 1) / (2 + b + a))
            return 1 - Beta(1 - x, b, a);
        Fraction fraction = new(1);
        for (int n = 1; fraction.Goes; n++)
            fraction.Add(1, BetaTerm(n, x, a, b));
        return Math.Exp((a * Math.Log(x)) + (b * GammaFunctions.Log1p(-x)) - Math.Log(a) - GammaFunctions.LogBeta(a, b)) / fraction.Value;
    }

    private static double BetaTerm(int n, double x, double a, double b)
    {
        double m = (n - (n % 2)) / 2.0;
        return n % 2 == 0
            ? m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)))
            : -((a + m) * (a + b + m) * x) / ((a + (2 * m)) * (a + (2 * m) + 1));
    }

    /// <summary>a₀ + b₁ / (a₁ + b₂ / (a₂ + ..)), term by term until one no longer changes it.</summary>
    private struct Fraction(double first)
    {
        private double c = AwayFromZero(first);
        private double d;

        public double Value { get; private set; } = AwayFromZero(first);

        public bool Goes { get; private set; } = true;

        public void Add(double a, double b)
        {
            d = 1 / AwayFromZero(a + (b * d));
            c = AwayFromZero(a + (b / c));
            double change = c * d;
            Value *= change;
            Goes = Math.Abs(change - 1) >= Precision && double.IsFinite(Value);
        }

        private static double AwayFromZero(double x) => Math.Abs(x) <= Tiny ? Tiny : x;
    }
}
