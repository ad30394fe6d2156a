using System;

namespace Dsl.Runtime.Kernels;

/// <content>The same losses over samples of unequal length. Own elements of a sample lie side by side: a sample at a time.</content>
internal static unsafe partial class Losses
{
    /// <summary>Mean of an element loss over the own elements of all samples; dx, which may be null, gets the gradient of that mean, 0 at the others.</summary>
    public static float MeanOfSteps(ElementLoss kind, float delta, float* x, float* target, int* lengths, float* dx, int steps, int features, int batch)
    {
        OwnElements own = new(lengths, steps, features, batch);
        long count = own.Steps() * features;
        return (float)(Sum(kind, delta, 1f / count, x, target, dx, 0, own) / count);
    }

    /// <summary>Σ target·(ln target - x) over the own elements of all samples / their own steps; dx is 0 at the others.</summary>
    public static float KLDivergenceOfSteps(float* x, float* target, int* lengths, float* dx, int steps, int features, int batch)
    {
        OwnElements own = new(lengths, steps, features, batch);
        long rows = own.Steps();
        return (float)(Sum<Divergence>(0, 1f / rows, x, target, dx, 0, own) / rows);
    }

    private static double SumOfSteps<F>(float delta, float weight, float* x, float* target, float* dx, OwnElements own)
        where F : struct, IElementLoss
    {
        // A sum a sample, added in their order: the threads leave no trace in the loss.
        using Workspace.Scope scope = Workspace.Open();
        var sums = (double*)scope.Take(own.Batch * (long)(sizeof(double) / sizeof(float)));
        Parts.Run(own.Batch, own.SampleSize, new StepsWork<F>(delta, weight, x, target, dx, own, sums));
        double total = 0;
        for (int n = 0; n < own.Batch; n++)
            total += sums[n];
        return total;
    }

    /// <summary>Which elements of a batch of sequences are a sample's own.</summary>
    private readonly struct OwnElements(int* lengths, int steps, int features, int batch)
    {
        /// <summary>How many steps of each sample; null: there are no samples of unequal length.</summary>
        public readonly int* Lengths = lengths;

        public readonly int Batch = batch;

        public long SampleSize => (long)steps * features;

        public long Steps()
        {
            long own = 0;
            for (int n = 0; n < Batch; n++)
                own += Lengths[n];
            return own;
        }

        public long CountOf(int sample) => (long)Lengths[sample] * features;
    }

    private readonly struct StepsWork<F>(float delta, float weight, float* x, float* target, float* dx, OwnElements own, double* sums) : IRowWork
        where F : struct, IElementLoss
    {
        private readonly float* x = x;
        private readonly float* target = target;
        private readonly float* dx = dx;
        private readonly double* sums = sums;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
            {
                long start = n * own.SampleSize;
                long count = own.CountOf(n);
                double sum = 0;
                for (long i = 0; i < count; i += Chunk)
                {
                    long at = start + i;
                    sum += SumWork<F>.Sum(new(delta, weight, x + at, target + at, dx == null ? null : dx + at, (int)Math.Min(Chunk, count - i)));
                }

                sums[n] = sum;
                if (dx != null)
                    new Span<float>(dx + start + count, checked((int)(own.SampleSize - count))).Clear();
            }
        }
    }
}
