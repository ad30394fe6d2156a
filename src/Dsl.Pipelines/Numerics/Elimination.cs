using System;

namespace Dsl.Pipelines.Numerics;

/// <summary>Small systems of equations by Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix Computations, 3.4). A singular one gives what is not finite.</summary>
internal static class Elimination
{
    /// <summary>x of A x = b; neither is changed.</summary>
    public static double[] Solve(double[][] a, double[] b) => Array.ConvertAll(Solve(a, Array.ConvertAll(b, value => new[] { value })), row => row[0]);

    /// <summary>The inverse of A, which is not changed.</summary>
    public static double[][] Invert(double[][] a)
    {
        double[][] unit = Array.ConvertAll(a, row => new double[row.Length]);
        for (int i = 0; i < a.Length; i++)
            unit[i][i] = 1;
        return Solve(a, unit);
    }

    /// <summary>X of A X = B.</summary>
    private static double[][] Solve(double[][] matrix, double[][] right)
    {
        int n = matrix.Length;
        double[][] a = Array.ConvertAll(matrix, row => (double[])[.. row]);
        double[][] x = Array.ConvertAll(right, row => (double[])[.. row]);
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(a[i][k]) > Math.Abs(a[pivot][k]))
                    pivot = i;
            }

            (a[k], a[pivot]) = (a[pivot], a[k]);
            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i][k] / a[k][k];
                Doubles.AddScaled(a[i], -factor, a[k]);
                Doubles.AddScaled(x[i], -factor, x[k]);
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            for (int i = k + 1; i < n; i++)
                Doubles.AddScaled(x[k], -a[k][i], x[i]);
            Doubles.Scale(x[k], 1 / a[k][k]);
        }

        return x;
    }
}
