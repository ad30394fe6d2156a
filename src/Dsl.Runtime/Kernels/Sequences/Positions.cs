using System;

namespace Dsl.Runtime.Kernels;

/// <summary>What is the same for every sample: added to each, and the sum of what comes back.</summary>
internal static unsafe class Positions
{
    // Elements of a sample that one part takes at a time.
    private const int Block = 1024;

    /// <summary>y = x + shared, each sample.</summary>
    public static void Add(float* x, float* shared, float* y, long count, int batch) => Parts.Run(batch, count, new AddWork(x, shared, y, count));

    /// <summary>sum = Σ of the samples in their order. Threads share out the elements, so that sums do not depend on their number.</summary>
    public static void Sum(float* x, float* sum, long count, int batch) =>
        Parts.Run(checked((int)((count + Block - 1) / Block)), (long)Block * batch, new SumWork(x, sum, count, batch));

    /// <summary>Sines and cosines of the steps. Made once a weight version, so in double and without vectors.</summary>
    public static void Sinusoidal(float* table, int steps, int features)
    {
        for (int i = 0; i < features; i++)
        {
            double frequency = Math.Pow(10_000, -(double)(i - (i % 2)) / features);
            for (int t = 0; t < steps; t++)
                table[((nint)t * features) + i] = (float)(i % 2 == 0 ? Math.Sin(t * frequency) : Math.Cos(t * frequency));
        }
    }

    private readonly struct AddWork(float* x, float* shared, float* y, long count) : IRowWork
    {
        private readonly float* x = x;
        private readonly float* shared = shared;
        private readonly float* y = y;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
                Elementwise.Run<Elementwise.Sum>(x + (n * count), shared, y + (n * count), (nint)count, 0);
        }
    }

    private readonly struct SumWork(float* x, float* sum, long count, int batch) : IRowWork
    {
        private readonly float* x = x;
        private readonly float* sum = sum;

        public void Run(int first, int end)
        {
            long start = (long)first * Block;
            long last = Math.Min((long)end * Block, count);
            GemmColumnSums.Run(x + start, (nint)count, batch, (int)(last - start), sum + start, adds: false);
        }
    }
}
