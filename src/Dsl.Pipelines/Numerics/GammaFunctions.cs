using System;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Logarithms of Γ and B to the last digit where they cancel (Didonato and Morris, Algorithm 708, 1992, and Computation of the Incomplete Gamma Function Ratios and their Inverse, 1986; beyond 8
/// Lanczos' series with Godfrey's coefficients), operation by operation as Apache Commons Math 3.6 has them.
/// </summary>
internal static class GammaFunctions
{
    private const double HalfLogTwoPi = 0.9189385332046727;
    private const double LanczosG = 607.0 / 128;

    // Below it ln(1 + x) is two terms of its series.
    private const double SmallLog1p = 1e-6;
    private const double Asymptotic = 10;
    private const double LargeB = 1000;

    private static readonly double[] Lanczos =
    [
        0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 1.580887032249125e-4,
        -2.1026444172410488e-4, 2.1743961811521265e-4, -1.643181065367639e-4, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
    ];

    // Δ(x) = ln Γ(x) - (x - 1/2) ln x + x - ln(2π) / 2, times x, in powers of (10 / x)².
    private static readonly double[] Delta =
    [
        0.08333333333333333, -2.777777777777778e-5, 7.936507936507937e-8, -5.952380952380953e-10, 8.417508417508329e-12, -1.917526917518546e-13, 6.410256405103255e-15, -2.955065141253382e-16,
        1.7964371635940225e-17, -1.3922896466162779e-18, 1.338028550140209e-19, -1.542460098679661e-20, 1.9770199298095743e-21, -2.3406566479399704e-22, 1.713480149663986e-23,
    ];

    // 1 / Γ(1 + t) - 1: a rational function below 0, another above, and the tail that both share. Highest power first.
    private static readonly double[] BelowNumerator = [6.247308301164655e-9, 6.116095104481416e-9];
    private static readonly double[] BelowDenominator =
    [
        1.9575583661463974e-10, -6.077618957228252e-8, 9.926418406727737e-7, -6.4304548177935305e-6, -8.514194324403149e-6, 4.939449793824468e-4, 0.026620534842894922, 0.203610414066807, 1,
    ];

    private static readonly double[] AboveNumerator =
    [
        4.343529937408594e-15, -1.2494415722763663e-13, 1.5728330277104463e-12, 4.686843322948848e-11, 6.820161668496171e-10, 6.8716741130671986e-9, 6.116095104481416e-9,
    ];

    private static readonly double[] AboveDenominator = [2.6923694661863613e-4, 0.004956830093825887, 0.054642130860422966, 0.3056961078365221, 1];
    private const double TailFirst = -2.056338416977607e-7;

    private static readonly double[] Tail =
    [
        1.133027231981696e-6, -1.2504934821426706e-6, -2.013485478078824e-5, 1.280502823881162e-4, -2.1524167411495098e-4, -0.0011651675918590652, 0.0072189432466631, -0.009621971527876973,
        -0.04219773455554433, 0.16653861138229148, -0.04200263503409524, -0.6558780715202539,
    ];

    private const double TailBelow = -0.42278433509846713;
    private const double TailAbove = 0.5772156649015329;

    /// <summary>ln Γ(x), x above 0.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
            return LogGamma1p(x) - Math.Log(x);
        if (x <= 2.5)
            return LogGamma1p(x - 0.5 - 0.5);
        if (x <= 8)
        {
            int steps = (int)Math.Floor(x - 1.5);
            double product = 1;
            for (int i = 1; i <= steps; i++)
                product *= x - i;
            return LogGamma1p(x - (steps + 1)) + Math.Log(product);
        }

        double sum = LanczosSum(x);
        double t = x + LanczosG + 0.5;
        return ((x + 0.5) * Math.Log(t)) - t + (0.5 * Math.Log(2 * Math.PI)) + Math.Log(sum / x);
    }

    /// <summary>ln B(p, q) = ln Γ(p) + ln Γ(q) - ln Γ(p + q), both above 0.</summary>
    public static double LogBeta(double p, double q)
    {
        double a = Math.Min(p, q);
        double b = Math.Max(p, q);
        if (a >= Asymptotic)
        {
            double h = a / b;
            double u = -(a - 0.5) * Math.Log(h / (1 + h));
            double v = b * Log1p(h);
            double all = (-0.5 * Math.Log(b)) + HalfLogTwoPi + SumOfDeltas(a, b);
            return u <= v ? all - u - v : all - v - u;
        }

        if (a > 2)
            return b > LargeB ? LogBetaOfLarge(a, b) : LogBetaReduced(a, b);
        if (a >= 1)
        {
            if (b <= 2)
                return LogGamma(a) + LogGamma(b) - LogGammaOfSum(a, b);
            if (b >= Asymptotic)
                return LogGamma(a) + LessLogGammaOfSum(a, b);
            (double product, double rest) = Reduced(b, left => left / (a + left));
            return Math.Log(product) + (LogGamma(a) + (LogGamma(rest) - LogGammaOfSum(a, rest)));
        }

        return b >= Asymptotic ? LogGamma(a) + LessLogGammaOfSum(a, b) : Math.Log(Gamma(a) * Gamma(b) / Gamma(a + b));
    }

    /// <summary>ln(1 + x), x above -1, to the last digit.</summary>
    public static double Log1p(double x) => Math.Abs(x) <= SmallLog1p ? ((((x * (1.0 / 3)) - 0.5) * x) + 1) * x : DoubleDouble.Log1p(x);

    private static double LogBetaOfLarge(double a, double b)
    {
        int steps = (int)Math.Floor(a - 1);
        double product = 1;
        double left = a;
        for (int i = 0; i < steps; i++)
        {
            left -= 1;
            product *= left / (1 + (left / b));
        }

        return Math.Log(product) - (steps * Math.Log(b)) + (LogGamma(left) + LessLogGammaOfSum(left, b));
    }

    private static double LogBetaReduced(double a, double b)
    {
        (double ofA, double restOfA) = Reduced(a, left => left / b / (1 + (left / b)));
        if (b >= Asymptotic)
            return Math.Log(ofA) + LogGamma(restOfA) + LessLogGammaOfSum(restOfA, b);
        (double ofB, double restOfB) = Reduced(b, left => left / (restOfA + left));
        return Math.Log(ofA) + Math.Log(ofB) + (LogGamma(restOfA) + (LogGamma(restOfB) - LogGammaOfSum(restOfA, restOfB)));
    }

    /// <summary>Takes ones from an argument until it is at most 2, with the product of their factors.</summary>
    private static (double Product, double Left) Reduced(double argument, Func<double, double> factor)
    {
        double product = 1;
        while (argument > 2)
        {
            argument -= 1;
            product *= factor(argument);
        }

        return (product, argument);
    }

    private static double LogGamma1p(double x) => -Log1p(InverseGamma1pLess1(x));

    /// <summary>Γ(x), x above 0 and below 20.</summary>
    private static double Gamma(double x)
    {
        if (x < 1)
            return 1 / (x * (1 + InverseGamma1pLess1(x)));
        double product = 1;
        while (x > 2.5)
        {
            x -= 1;
            product *= x;
        }

        return product / (1 + InverseGamma1pLess1(x - 1));
    }

    /// <summary>1 / Γ(1 + x) - 1, x from -0.5 to 1.5.</summary>
    private static double InverseGamma1pLess1(double x)
    {
        double t = x <= 0.5 ? x : x - 0.5 - 0.5;
        if (t < 0)
        {
            double below = TailBelow + (t * Polynomial(Tail, t, TailFirst + (t * (Polynomial(BelowNumerator, t) / Polynomial(BelowDenominator, t)))));
            return x > 0.5 ? t * below / x : x * (below + 0.5 + 0.5);
        }

        double above = TailAbove + (t * Polynomial(Tail, t, TailFirst + (Polynomial(AboveNumerator, t) / Polynomial(AboveDenominator, t) * t)));
        return x > 0.5 ? t / x * (above - 0.5 - 0.5) : x * above;
    }

    private static double LanczosSum(double x)
    {
        double sum = 0;
        for (int i = Lanczos.Length - 1; i > 0; i--)
            sum += Lanczos[i] / (x + i);
        return sum + Lanczos[0];
    }

    /// <summary>ln Γ(a + b), both from 1 to 2.</summary>
    private static double LogGammaOfSum(double a, double b)
    {
        double x = a - 1 + (b - 1);
        return x <= 0.5 ? LogGamma1p(1 + x) : x <= 1.5 ? LogGamma1p(x) + Log1p(x) : LogGamma1p(x - 1) + Math.Log(x * (1 + x));
    }

    /// <summary>ln Γ(b) - ln Γ(a + b), b at least 10.</summary>
    private static double LessLogGammaOfSum(double a, double b)
    {
        double d = a <= b ? b + (a - 0.5) : a + (b - 0.5);
        double w = a <= b ? DeltaLessOfSum(a, b) : DeltaLessOfSum(b, a);
        double u = d * Log1p(a / b);
        double v = a * (Math.Log(b) - 1);
        return u <= v ? w - u - v : w - v - u;
    }

    /// <summary>Δ(b) - Δ(a + b), a at most b, b at least 10.</summary>
    private static double DeltaLessOfSum(double a, double b)
    {
        double h = a / b;
        double p = h / (1 + h);
        double q = 1 / (1 + h);
        double[] s = new double[Delta.Length];
        s[0] = 1;
        for (int i = 1; i < s.Length; i++)
            s[i] = 1 + (q + (q * q * s[i - 1]));
        double t = 10 / b * (10 / b);
        double w = Delta[^1] * s[^1];
        for (int i = s.Length - 2; i >= 0; i--)
            w = (t * w) + (Delta[i] * s[i]);
        return w * p / b;
    }

    /// <summary>Δ(a) + Δ(b) - Δ(a + b), a at most b, both at least 10.</summary>
    private static double SumOfDeltas(double a, double b)
    {
        double t = 10 / a * (10 / a);
        double z = Delta[^1];
        for (int i = Delta.Length - 2; i >= 0; i--)
            z = (t * z) + Delta[i];
        return (z / a) + DeltaLessOfSum(a, b);
    }

    private static double Polynomial(double[] coefficients, double t) => Polynomial(coefficients.AsSpan(1), t, coefficients[0]);

    private static double Polynomial(ReadOnlySpan<double> coefficients, double t, double highest)
    {
        double sum = highest;
        foreach (double coefficient in coefficients)
            sum = coefficient + (t * sum);
        return sum;
    }
}
