using System;

namespace Dsl.Runtime.Kernels;

/// <summary>What windows over steps make of samples of unequal length: all bound by memory, a sample at a time.</summary>
internal static unsafe class OwnSteps
{
    /// <summary>y = x at the first lengths[n] steps of sample n, value behind them; y may be x.</summary>
    public static void Mask(float* x, int* lengths, float value, float* y, int steps, int features, int batch) =>
        Parts.Run(batch, (long)steps * features, new MaskWork(x, lengths, value, y, steps, features));

    /// <summary>y[n] = the mean of the first lengths[n] steps of x[n].</summary>
    public static void Average(float* x, int* lengths, float* y, int steps, int features, int batch) =>
        Parts.Run(batch, (long)steps * features, new AverageWork(x, lengths, y, steps, features));

    /// <summary>dx[n] = dy[n] / lengths[n] at each of its first lengths[n] steps, 0 behind them.</summary>
    public static void AverageBackward(int* lengths, float* dy, float* dx, int steps, int features, int batch) =>
        Parts.Run(batch, (long)steps * features, new SpreadWork(lengths, dy, dx, steps, features));

    private readonly struct MaskWork(float* x, int* lengths, float value, float* y, int steps, int features) : IRowWork
    {
        private readonly float* x = x;
        private readonly int* lengths = lengths;
        private readonly float* y = y;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
            {
                nint start = (nint)n * steps * features;
                int own = checked(lengths[n] * features);
                if (x != y)
                    new ReadOnlySpan<float>(x + start, own).CopyTo(new Span<float>(y + start, own));
                new Span<float>(y + start + own, checked(steps * features) - own).Fill(value);
            }
        }
    }

    private readonly struct AverageWork(float* x, int* lengths, float* y, int steps, int features) : IRowWork
    {
        private readonly float* x = x;
        private readonly int* lengths = lengths;
        private readonly float* y = y;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
            {
                float* mean = y + ((nint)n * features);
                GemmColumnSums.Run(x + ((nint)n * steps * features), features, lengths[n], features, mean, adds: false);
                for (int f = 0; f < features; f++)
                    mean[f] /= lengths[n];
            }
        }
    }

    private readonly struct SpreadWork(int* lengths, float* dy, float* dx, int steps, int features) : IRowWork
    {
        private readonly int* lengths = lengths;
        private readonly float* dy = dy;
        private readonly float* dx = dx;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
            {
                Span<float> sample = new(dx + ((nint)n * steps * features), checked(steps * features));
                for (int f = 0; f < features; f++)
                    sample[f] = dy[((nint)n * features) + f] / lengths[n];
                for (int step = 1; step < lengths[n]; step++)
                    sample[..features].CopyTo(sample[(step * features)..]);
                sample[(lengths[n] * features)..].Clear();
            }
        }
    }
}
