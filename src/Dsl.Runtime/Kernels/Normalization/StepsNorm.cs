using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Batch norm over the own steps of samples of unequal length. Threads share out the features, a cache line or more each, so that sums do not depend on
/// their number; a thread walks down the steps of its features once for the mean, once for the variance, once for the result.
/// </summary>
internal static unsafe class StepsNorm
{
    // Features that a part takes.
    private const int Columns = 64;

    /// <summary>Statistics of own steps; y of every step.</summary>
    public static void Forward(
        float* x, int* lengths, float* gamma, float* beta, float epsilon, float* mean, float* variance, float* unbiased, float* y, int steps, int features, int batch) =>
        Parts.Run(Blocks(features), (long)steps * batch * Columns * 3, new ForwardWork(x, lengths, gamma, beta, epsilon, mean, variance, unbiased, y, steps, features, batch));

    /// <summary>The gradients; dx, dGamma and dBeta null where nobody wants them.</summary>
    public static void Backward(
        float* x, int* lengths, float* gamma, float epsilon, float* mean, float* variance, float* dy, float* dx, float* dGamma, float* dBeta, int steps, int features, int batch) =>
        Parts.Run(Blocks(features), (long)steps * batch * Columns * 2, new BackwardWork(x, lengths, gamma, epsilon, mean, variance, dy, dx, dGamma, dBeta, steps, features, batch));

    private static int Blocks(int features) => (features + Columns - 1) / Columns;

    private static float CountOf(int* lengths, int batch)
    {
        long count = 0;
        for (int n = 0; n < batch; n++)
            count += lengths[n];
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<V>(in ForwardWork work, int first, int end)
        where V : unmanaged, ISimd<V>
    {
        float count = CountOf(work.Lengths, work.Batch);
        V share = V.Create(1 / count);
        V bessel = V.Create(count / (count - 1));
        V small = V.Create(work.Epsilon);
        V one = V.Create(1f);
        nint sample = (nint)work.Steps * work.Features;
        for (int c = first; c < end; c += V.Count)
        {
            int lanes = Math.Min(V.Count, end - c);
            V sum = V.Zero;
            for (int n = 0; n < work.Batch; n++)
            {
                float* from = work.X + (n * sample) + c;
                for (int t = 0; t < work.Lengths[n]; t++, from += work.Features)
                    sum += Lanes.Load<V>(from, lanes);
            }

            V mean = sum * share;
            V squares = V.Zero;
            for (int n = 0; n < work.Batch; n++)
            {
                float* from = work.X + (n * sample) + c;
                for (int t = 0; t < work.Lengths[n]; t++, from += work.Features)
                {
                    V centred = Lanes.Load<V>(from, lanes) - mean;
                    squares = V.MultiplyAdd(centred, centred, squares);
                }
            }

            V variance = squares * share;
            mean.StoreLanes(work.Mean + c, lanes);
            variance.StoreLanes(work.Variance + c, lanes);
            (variance * bessel).StoreLanes(work.Unbiased + c, lanes);
            V factor = Lanes.Load<V>(work.Gamma + c, lanes) * (one / V.Sqrt(variance + small));
            V shift = Lanes.Load<V>(work.Beta + c, lanes);
            for (nint row = 0; row < (nint)work.Batch * work.Steps; row++)
            {
                nint at = (row * work.Features) + c;
                V.MultiplyAdd(Lanes.Load<V>(work.X + at, lanes) - mean, factor, shift).StoreLanes(work.Y + at, lanes);
            }
        }
    }

    // With n = (x - mean)·scale: dGamma = Σ dy·n, dBeta = Σ dy over all steps; dx = scale·gamma·(dy - [own](dBeta + n·dGamma) / count).
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<V>(in BackwardWork work, int first, int end)
        where V : unmanaged, ISimd<V>
    {
        V share = V.Create(1 / CountOf(work.Lengths, work.Batch));
        V small = V.Create(work.Epsilon);
        V one = V.Create(1f);
        for (int c = first; c < end; c += V.Count)
        {
            int lanes = Math.Min(V.Count, end - c);
            V mean = Lanes.Load<V>(work.Mean + c, lanes);
            V scale = one / V.Sqrt(Lanes.Load<V>(work.Variance + c, lanes) + small);
            V ofGamma = V.Zero;
            V ofBeta = V.Zero;
            for (nint row = 0; row < (nint)work.Batch * work.Steps; row++)
            {
                nint at = (row * work.Features) + c;
                V d = Lanes.Load<V>(work.Dy + at, lanes);
                ofBeta += d;
                ofGamma = V.MultiplyAdd(d, (Lanes.Load<V>(work.X + at, lanes) - mean) * scale, ofGamma);
            }

            if (work.DGamma != null)
                ofGamma.StoreLanes(work.DGamma + c, lanes);
            if (work.DBeta != null)
                ofBeta.StoreLanes(work.DBeta + c, lanes);
            if (work.Dx == null)
                continue;
            V factor = scale * Lanes.Load<V>(work.Gamma + c, lanes);
            V constant = ofBeta * share;
            V slope = ofGamma * share;
            for (int n = 0; n < work.Batch; n++)
            {
                nint at = ((nint)n * work.Steps * work.Features) + c;
                for (int t = 0; t < work.Steps; t++, at += work.Features)
                {
                    V d = Lanes.Load<V>(work.Dy + at, lanes);
                    if (t < work.Lengths[n])
                        d = d - constant - (Lanes.Load<V>(work.X + at, lanes) - mean) * scale * slope;
                    (factor * d).StoreLanes(work.Dx + at, lanes);
                }
            }
        }
    }

    private readonly struct ForwardWork(
        float* x, int* lengths, float* gamma, float* beta, float epsilon, float* mean, float* variance, float* unbiased, float* y, int steps, int features, int batch) : IRowWork
    {
        public readonly float* X = x;
        public readonly int* Lengths = lengths;
        public readonly float* Gamma = gamma;
        public readonly float* Beta = beta;
        public readonly float Epsilon = epsilon;
        public readonly float* Mean = mean;
        public readonly float* Variance = variance;
        public readonly float* Unbiased = unbiased;
        public readonly float* Y = y;
        public readonly int Steps = steps;
        public readonly int Features = features;
        public readonly int Batch = batch;

        public void Run(int first, int end) => VectorWidth.Run(new ForwardKernel(this, first * Columns, Math.Min(end * Columns, Features)));
    }

    private readonly struct BackwardWork(
        float* x, int* lengths, float* gamma, float epsilon, float* mean, float* variance, float* dy, float* dx, float* dGamma, float* dBeta, int steps, int features, int batch) : IRowWork
    {
        public readonly float* X = x;
        public readonly int* Lengths = lengths;
        public readonly float* Gamma = gamma;
        public readonly float Epsilon = epsilon;
        public readonly float* Mean = mean;
        public readonly float* Variance = variance;
        public readonly float* Dy = dy;
        public readonly float* Dx = dx;
        public readonly float* DGamma = dGamma;
        public readonly float* DBeta = dBeta;
        public readonly int Steps = steps;
        public readonly int Features = features;
        public readonly int Batch = batch;

        public void Run(int first, int end) => VectorWidth.Run(new BackwardKernel(this, first * Columns, Math.Min(end * Columns, Features)));
    }

    private readonly struct ForwardKernel(ForwardWork work, int first, int end) : IWidthKernel
    {
        private readonly ForwardWork work = work;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Forward<V>(in work, first, end);
    }

    private readonly struct BackwardKernel(BackwardWork work, int first, int end) : IWidthKernel
    {
        private readonly BackwardWork work = work;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Backward<V>(in work, first, end);
    }
}
