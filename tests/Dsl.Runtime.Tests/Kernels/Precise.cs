using System;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Functions that .NET lacks, in double precision.</summary>
internal static class Precise
{
    public static double LogOnePlus(double u) => Math.Abs(u) < 1e-4 ? u * (1 - u / 2 + u * u / 3 - u * u * u / 4) : Math.Log(1 + u);

    /// <summary>The standard normal's distribution function: a series inside ±3, a continued fraction outside.</summary>
    public static double NormalDistribution(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        double a = Math.Abs(x);
        double density = Math.Exp(-a * a / 2) / Math.Sqrt(2 * Math.PI);
        double tail;
        if (a < 3)
        {
            double term = a, sum = a;
            for (int k = 1; k < 200; k++)
            {
                term *= a * a / (2 * k + 1);
                sum += term;
            }

            tail = 0.5 - density * sum;
        }
        else
        {
            double fraction = a;
            for (int k = 200; k > 0; k--)
            {
                fraction = a + k / fraction;
            }

            tail = double.IsInfinity(a) ? 0 : density / fraction;
        }

        return x < 0 ? tail : 1 - tail;
    }

    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
