using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Samples of normal distributions and their divergence from N(0, 1). In double precision and without vectors: a batch has few such features, and what is drawn from a word is the same
/// on every machine with the same mathematical library.
/// </summary>
internal static unsafe class Gaussian
{
    // What an element costs, in elements of a plain pass.
    private const int Cost = 16;

    /// <summary>y = m + e^(v/2)·noise; rows of x are features means, then features log-variances.</summary>
    public static void Sample(in DropoutKey key, float* x, float* y, int features, int batch) =>
        Parts.Run(batch, Cost * (long)features, new SampleWork(in key, x, y, features));

    /// <summary>The gradient of a sample, and of the divergence times a weight, at its means and log-variances.</summary>
    public static void Backward(in DropoutKey key, float* x, float* dy, float weight, float* dx, int features, int batch) =>
        Parts.Run(batch, Cost * (long)features, new BackwardWork(in key, x, dy, weight, dx, features));

    /// <summary>The sum over rows of -½·Σ(1 + v - m² - e^v), one row after the other.</summary>
    public static double Divergence(float* x, int features, int batch)
    {
        double sum = 0;
        for (long n = 0; n < batch; n++)
        {
            float* means = x + (2 * n * features);
            float* variances = means + features;
            for (int f = 0; f < features; f++)
            {
                double m = means[f];
                double v = variances[f];
                sum -= 0.5 * (1 + v - (m * m) - Math.Exp(v));
            }
        }

        return sum;
    }

    /// <summary>Number j of the key's: Box and Muller, "A note on the generation of random normal deviates", 1958.</summary>
    private static double Noise(in DropoutKey key, ulong j)
    {
        ulong stream = key.Layer | ((ulong)(uint)key.Step << 32);
        Philox.Block(key.Seed, stream, j / 4, out uint word0, out uint word1, out uint word2, out uint word3);
        bool isFirst = j % 4 < 2;
        double radius = Math.Sqrt(-2 * Math.Log(((isFirst ? word0 : word2) + 0.5) / 4294967296.0));
        double angle = 2 * Math.PI * (isFirst ? word1 : word3) / 4294967296.0;
        return radius * (j % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle));
    }

    private readonly struct SampleWork(in DropoutKey key, float* x, float* y, int features) : IRowWork
    {
        private readonly DropoutKey key = key;
        private readonly float* x = x;
        private readonly float* y = y;
        private readonly int features = features;

        public void Run(int first, int end)
        {
            for (long n = first; n < end; n++)
            {
                float* means = x + (2 * n * features);
                for (int f = 0; f < features; f++)
                {
                    long j = (n * features) + f;
                    y[j] = (float)(means[f] + (Math.Exp(0.5 * means[features + f]) * Noise(in key, (ulong)j)));
                }
            }
        }
    }

    private readonly struct BackwardWork(in DropoutKey key, float* x, float* dy, float weight, float* dx, int features) : IRowWork
    {
        private readonly DropoutKey key = key;
        private readonly float* x = x;
        private readonly float* dy = dy;
        private readonly float weight = weight;
        private readonly float* dx = dx;
        private readonly int features = features;

        public void Run(int first, int end)
        {
            for (long n = first; n < end; n++)
            {
                float* means = x + (2 * n * features);
                float* gradients = dx + (2 * n * features);
                for (int f = 0; f < features; f++)
                {
                    long j = (n * features) + f;
                    double deviation = Math.Exp(0.5 * means[features + f]);
                    gradients[f] = (float)(dy[j] + ((double)weight * means[f]));
                    gradients[features + f] = (float)(0.5 * ((dy[j] * deviation * Noise(in key, (ulong)j)) + (weight * ((deviation * deviation) - 1))));
                }
            }
        }
    }
}
