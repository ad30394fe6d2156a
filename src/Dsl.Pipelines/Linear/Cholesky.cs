using System;

namespace Dsl.Pipelines.Linear;

/// <summary>Solves A x = b for a symmetric, positive definite A (Golub and Van Loan, Matrix Computations, 4.2).</summary>
internal static class Cholesky
{
    // A pivot this small beside its own column is what rounding has left of nothing.
    private const double Singular = 1e-13;

    /// <summary>x, or null where A is singular as far as doubles can tell. <paramref name="a"/> is overwritten.</summary>
    /// <param name="a">n × n.</param>
    /// <param name="b">n.</param>
    public static double[]? Solve(double[] a, double[] b)
    {
        int n = b.Length;
        for (int j = 0; j < n; j++)
        {
            Span<double> row = a.AsSpan(j * n, n);
            double diagonal = row[j];
            for (int k = 0; k < j; k++)
                row[j] -= row[k] * row[k];
            if (!(row[j] > Singular * diagonal))
                return null;
            row[j] = Math.Sqrt(row[j]);
            for (int i = j + 1; i < n; i++)
            {
                Span<double> below = a.AsSpan(i * n, n);
                for (int k = 0; k < j; k++)
                    below[j] -= below[k] * row[k];
                below[j] /= row[j];
            }
        }

        double[] x = [.. b];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
                x[i] -= a[(i * n) + k] * x[k];
            x[i] /= a[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                x[i] -= a[(k * n) + i] * x[k];
            x[i] /= a[(i * n) + i];
        }

        return x;
    }
}
