using System;
using System.Linq;
using Digits;

namespace DrawDigits;

/// <summary>The plain way: one normal distribution of all 64 pixels, with their means and covariances in the training digits. Its Cholesky factor makes digits of noise.</summary>
internal sealed class NormalPixels
{
    // Some pixels are paper in every digit.
    private const double Jitter = 1e-6;

    private readonly double[] mean;
    private readonly double[,] factor;

    /// <summary>Fits it.</summary>
    /// <param name="digits">The pixels of digits.</param>
    /// <param name="keepsCovariance">False: each pixel by itself.</param>
    public NormalPixels(float[] digits, bool keepsCovariance)
    {
        int size = DigitFile.Pixels;
        int count = digits.Length / size;
        mean = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, count).Average(n => (double)digits[(n * size) + i]))];
        factor = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k <= i; k++)
            {
                double sum = i == k ? Jitter : 0;
                for (int n = 0; n < count && (i == k || keepsCovariance); n++)
                    sum += (digits[(n * size) + i] - mean[i]) * (digits[(n * size) + k] - mean[k]) / count;
                for (int j = 0; j < k; j++)
                    sum -= factor[i, j] * factor[k, j];
                factor[i, k] = i == k ? Math.Sqrt(sum) : sum / factor[k, k];
            }
        }
    }

    /// <summary>Draws one; what lies beyond paper and ink is cut.</summary>
    public float[] Draw(Random random)
    {
        double[] noise = [.. mean.Select(_ => Noise.Normal(random))];
        return [.. mean.Select((value, i) => (float)Math.Clamp(value + Enumerable.Range(0, i + 1).Sum(k => factor[i, k] * noise[k]), 0, 1))];
    }
}
