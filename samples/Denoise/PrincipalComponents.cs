using System;
using System.Linq;

namespace Denoise;

/// <summary>The directions in which digits differ most: the eigenvectors of their covariance, by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5).</summary>
internal sealed class PrincipalComponents
{
    private const int MostSweeps = 50;

    private readonly int size;
    private readonly double[] mean;

    /// <summary>A row a direction, the one with the largest variance first.</summary>
    private readonly double[][] directions;

    /// <summary>Finds them.</summary>
    /// <param name="samples">Rows of numbers.</param>
    /// <param name="size">Numbers of a row.</param>
    public PrincipalComponents(float[] samples, int size)
    {
        this.size = size;
        int count = samples.Length / size;
        mean = [.. Enumerable.Range(0, size).Select(column => Enumerable.Range(0, count).Average(row => (double)samples[(row * size) + column]))];
        double[,] covariance = new double[size, size];
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                    covariance[i, j] += (samples[(row * size) + i] - mean[i]) * (samples[(row * size) + j] - mean[j]) / count;
            }
        }

        double[,] vectors = Diagonalize(covariance);
        directions = [.. Enumerable.Range(0, size)
            .OrderByDescending(column => covariance[column, column])
            .Select(column => Enumerable.Range(0, size).Select(row => vectors[row, column]).ToArray())];
    }

    /// <summary>What is left of samples in the first directions.</summary>
    /// <param name="samples">Rows of numbers.</param>
    /// <param name="kept">How many directions.</param>
    public float[] Project(float[] samples, int kept)
    {
        float[] result = new float[samples.Length];
        double[] row = new double[size];
        for (int start = 0; start < samples.Length; start += size)
        {
            mean.CopyTo(row, 0);
            for (int k = 0; k < kept; k++)
            {
                double share = 0;
                for (int i = 0; i < size; i++)
                    share += (samples[start + i] - mean[i]) * directions[k][i];
                for (int i = 0; i < size; i++)
                    row[i] += share * directions[k][i];
            }

            for (int i = 0; i < size; i++)
                result[start + i] = (float)row[i];
        }

        return result;
    }

    /// <summary>Turns a symmetric matrix until only its diagonal is left, and gives the turns' product: a column an eigenvector.</summary>
    private double[,] Diagonalize(double[,] a)
    {
        double[,] turns = new double[size, size];
        for (int i = 0; i < size; i++)
            turns[i, i] = 1;
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double beside = 0;
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    beside += a[p, q] * a[p, q];
                    Turn(a, turns, p, q);
                }
            }

            if (beside < 1e-20)
                break;
        }

        return turns;
    }

    private void Turn(double[,] a, double[,] turns, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        for (int i = 0; i < size; i++)
            (a[i, p], a[i, q]) = ((cosine * a[i, p]) - (sine * a[i, q]), (sine * a[i, p]) + (cosine * a[i, q]));
        for (int i = 0; i < size; i++)
            (a[p, i], a[q, i]) = ((cosine * a[p, i]) - (sine * a[q, i]), (sine * a[p, i]) + (cosine * a[q, i]));
        for (int i = 0; i < size; i++)
            (turns[i, p], turns[i, q]) = ((cosine * turns[i, p]) - (sine * turns[i, q]), (sine * turns[i, p]) + (cosine * turns[i, q]));
    }
}
