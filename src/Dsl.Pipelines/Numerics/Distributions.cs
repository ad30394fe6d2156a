using System;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Distribution functions of tests, by series and continued fractions of the regularized incomplete gamma and beta functions (Abramowitz and Stegun, 6.5.29, 6.5.31 and 26.5.8; the fractions by Lentz's way as
/// Thompson and Barnett mend it, 1986).
/// </summary>
internal static class Distributions
{
    private const int MostTerms = 100_000;
    private const double Precision = 1e-15;
    private const double Tiny = 1e-300;

    // Lanczos' coefficients for g = 607/128, by Godfrey.
    private const double LanczosG = 607.0 / 128;

    private static readonly double[] Lanczos =
    [
        0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174, -0.49191381609762019978, 0.33994649984811888699e-4, 0.46523628927048575665e-4,
        -0.98374475304879564677e-4, 0.15808870322491248884e-3, -0.21026444172410488319e-3, 0.21743961811521264320e-3, -0.16431810653676389022e-3, 0.84418223983852743293e-4,
        -0.26190838401581408670e-4, 0.36899182659531622704e-5,
    ];

    /// <summary>The probability that chi² with so many degrees of freedom is at most x.</summary>
    public static double ChiSquared(double x, double freedom) => x <= 0 ? 0 : GammaP(freedom / 2, x / 2);

    /// <summary>The probability that F with so many degrees of freedom above and below is at most x.</summary>
    public static double F(double x, double above, double below) => double.IsNaN(x) ? x : x <= 0 ? 0 : double.IsInfinity(x) ? 1 : Beta(above * x / (below + (above * x)), above / 2, below / 2);

    /// <summary>ln Γ(x), x above 0.</summary>
    public static double LogGamma(double x)
    {
        double sum = 0;
        for (int i = Lanczos.Length - 1; i > 0; i--)
            sum += Lanczos[i] / (x + i);
        double t = x + LanczosG + 0.5;
        return ((x + 0.5) * Math.Log(t)) - t + Math.Log(Math.Sqrt(2 * Math.PI) * (sum + Lanczos[0]) / x);
    }

    /// <summary>P(a, x), the lower part of Γ(a) as a share.</summary>
    private static double GammaP(double a, double x)
    {
        double factor = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x >= a + 1)
            return 1 - (factor * GammaFraction(a, x));
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MostTerms && Math.Abs(term) > Precision * Math.Abs(sum); n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return factor * sum;
    }

    private static double GammaFraction(double a, double x)
    {
        double b = x + 1 - a;
        double c = 1 / Tiny;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < MostTerms; n++)
        {
            double next = -n * (n - a);
            b += 2;
            d = 1 / AwayFromZero((next * d) + b);
            c = AwayFromZero(b + (next / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
                break;
        }

        return fraction;
    }

    /// <summary>I(x; a, b), the lower part of B(a, b) as a share.</summary>
    private static double Beta(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        // The fraction converges fast on this side of the mean only.
        if (x > (a + 1) / (a + b + 2))
            return 1 - Beta(1 - x, b, a);
        double factor = Math.Exp((a * Math.Log(x)) + (b * Log1p(-x)) - Math.Log(a) - (LogGamma(a) + LogGamma(b) - LogGamma(a + b)));
        return factor * BetaFraction(x, a, b);
    }

    private static double BetaFraction(double x, double a, double b)
    {
        double c = 1;
        double d = 1 / AwayFromZero(1 - ((a + b) * x / (a + 1)));
        double fraction = d;
        for (int m = 1; m < MostTerms; m++)
        {
            double even = m * (b - m) * x / ((a - 1 + (2.0 * m)) * (a + (2.0 * m)));
            d = 1 / AwayFromZero(1 + (even * d));
            c = AwayFromZero(1 + (even / c));
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2.0 * m)) * (a + 1 + (2.0 * m)));
            d = 1 / AwayFromZero(1 + (odd * d));
            c = AwayFromZero(1 + (odd / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
                break;
        }

        return fraction;
    }

    private static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    private static double AwayFromZero(double x) => Math.Abs(x) < Tiny ? Tiny : x;
}
