using System;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL steps with implicit shifts (Martin, Reinsch and Wilkinson, Handbook for
/// Automatic Computation II, 1971: tred2 and imtql2).
/// </summary>
internal static class SymmetricEigen
{
    // An eigenvalue takes two steps on average; so many mean that something is not finite.
    private const int MostSteps = 100;

    /// <summary>Decomposes.</summary>
    /// <param name="matrix">n × n, symmetric, finite. Overwritten by the eigenvectors, one a column.</param>
    /// <param name="n">Its size, at least 1.</param>
    /// <returns>The eigenvalues, in the order of the columns, not sorted.</returns>
    /// <exception cref="ArithmeticException">It does not converge.</exception>
    public static double[] Decompose(double[] matrix, int n)
    {
        double[] values = new double[n];
        double[] beside = new double[n];
        Tridiagonalize(matrix, n, values, beside);
        // From here on what stands below l is at l.
        beside.AsSpan(1).CopyTo(beside);
        beside[n - 1] = 0;
        for (int l = 0; l < n; l++)
            Deflate(matrix, n, values, beside, l);
        return values;
    }

    private static void Tridiagonalize(double[] v, int n, double[] d, double[] e)
    {
        for (int j = 0; j < n; j++)
            d[j] = v[((n - 1) * n) + j];
        for (int i = n - 1; i > 0; i--)
        {
            double scale = 0;
            for (int k = 0; k < i; k++)
                scale += Math.Abs(d[k]);
            double h = 0;
            if (scale == 0)
            {
                e[i] = d[i - 1];
                for (int j = 0; j < i; j++)
                {
                    d[j] = v[((i - 1) * n) + j];
                    v[(i * n) + j] = 0;
                    v[(j * n) + i] = 0;
                }
            }
            else
            {
                h = Reflect(v, n, d, e, i, scale);
            }

            d[i] = h;
        }

        Accumulate(v, n, d);
        e[0] = 0;
    }

    /// <summary>One Householder reflection: row i gets zeros left of the subdiagonal.</summary>
    private static double Reflect(double[] v, int n, double[] d, double[] e, int i, double scale)
    {
        double h = 0;
        for (int k = 0; k < i; k++)
        {
            d[k] /= scale;
            h += d[k] * d[k];
        }

        double f = d[i - 1];
        double g = f > 0 ? -Math.Sqrt(h) : Math.Sqrt(h);
        e[i] = scale * g;
        h -= f * g;
        d[i - 1] = f - g;
        e.AsSpan(0, i).Clear();
        for (int j = 0; j < i; j++)
        {
            f = d[j];
            v[(j * n) + i] = f;
            g = e[j] + (v[(j * n) + j] * f);
            for (int k = j + 1; k < i; k++)
            {
                g += v[(k * n) + j] * d[k];
                e[k] += v[(k * n) + j] * f;
            }

            e[j] = g;
        }

        f = 0;
        for (int j = 0; j < i; j++)
        {
            e[j] /= h;
            f += e[j] * d[j];
        }

        double half = f / (h + h);
        for (int j = 0; j < i; j++)
            e[j] -= half * d[j];
        for (int j = 0; j < i; j++)
        {
            f = d[j];
            g = e[j];
            for (int k = j; k < i; k++)
                v[(k * n) + j] -= (f * e[k]) + (g * d[k]);
            d[j] = v[((i - 1) * n) + j];
            v[(i * n) + j] = 0;
        }

        return h;
    }

    /// <summary>The product of the reflections.</summary>
    private static void Accumulate(double[] v, int n, double[] d)
    {
        for (int i = 0; i < n - 1; i++)
        {
            v[((n - 1) * n) + i] = v[(i * n) + i];
            v[(i * n) + i] = 1;
            double h = d[i + 1];
            if (h != 0)
            {
                for (int k = 0; k <= i; k++)
                    d[k] = v[(k * n) + i + 1] / h;
                for (int j = 0; j <= i; j++)
                {
                    double g = 0;
                    for (int k = 0; k <= i; k++)
                        g += v[(k * n) + i + 1] * v[(k * n) + j];
                    for (int k = 0; k <= i; k++)
                        v[(k * n) + j] -= g * d[k];
                }
            }

            for (int k = 0; k <= i; k++)
                v[(k * n) + i + 1] = 0;
        }

        for (int j = 0; j < n; j++)
        {
            d[j] = v[((n - 1) * n) + j];
            v[((n - 1) * n) + j] = 0;
        }

        v[(n * n) - 1] = 1;
    }

    /// <summary>QL steps until the element below l on the subdiagonal is nothing beside its neighbours (as in Numerical Recipes' tqli).</summary>
    private static void Deflate(double[] v, int n, double[] d, double[] e, int l)
    {
        for (int step = 0; ; step++)
        {
            int m = l;
            while (m < n - 1 && !IsNothing(e[m], d[m], d[m + 1]))
                m++;
            if (m == l)
                return;
            if (step == MostSteps)
                throw new ArithmeticException($"The eigenvalues of a symmetric matrix of {n} × {n} were not found in {MostSteps} steps; is it finite?");
            double g = (d[l + 1] - d[l]) / (2 * e[l]);
            double r = Hypotenuse(g, 1);
            g = d[m] - d[l] + (e[l] / (g + (g >= 0 ? r : -r)));
            Chase(v, n, d, e, l, m, g);
        }
    }

    private static void Chase(double[] v, int n, double[] d, double[] e, int l, int m, double g)
    {
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i];
            double b = c * e[i];
            double r = Hypotenuse(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            for (int k = 0; k < n; k++)
            {
                ref double right = ref v[(k * n) + i + 1];
                ref double left = ref v[(k * n) + i];
                double was = right;
                right = (s * left) + (c * was);
                left = (c * left) - (s * was);
            }
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static bool IsNothing(double beside, double first, double second)
    {
        double size = Math.Abs(first) + Math.Abs(second);
        return Math.Abs(beside) + size == size;
    }

    private static double Hypotenuse(double a, double b)
    {
        double large = Math.Max(Math.Abs(a), Math.Abs(b));
        double small = Math.Min(Math.Abs(a), Math.Abs(b));
        return large == 0 ? 0 : large * Math.Sqrt(1 + (small / large * (small / large)));
    }
}
