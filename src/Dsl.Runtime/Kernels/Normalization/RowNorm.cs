using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Normalisation of rows by their own mean and variance, or by their mean square alone, in passes over a row that stays in L1; x and y go over the bus once
/// each way. The variance is that of centred values: sums of squares would cancel. Rows are shared out among threads in parts that depend on the sizes only, and the parts' sums
/// for gamma and beta are added in their order.
/// </summary>
internal static unsafe class RowNorm
{
    private interface ICentring
    {
        /// <summary>The row's mean is taken from it, and beta added behind; else the mean counts as 0.</summary>
        static abstract bool IsCentred { get; }
    }

    /// <summary>y = (x - mean)·scale·gamma + beta, each row; mean and scale (one a row) null where nobody wants them.</summary>
    public static void Forward(float* x, float* gamma, float* beta, float epsilon, float* y, float* mean, float* scale, long rows, int length) =>
        Parts.Run(checked((int)rows), length, new ForwardWork<Centred>(x, gamma, beta, epsilon, y, mean, scale, length));

    /// <summary>The gradients of x, gamma and beta, each null where nobody wants it.</summary>
    public static void Backward(float* x, float* gamma, float* mean, float* scale, float* dy, float* dx, float* dGamma, float* dBeta, long rows, int length) =>
        Run<Centred>(x, gamma, mean, scale, dy, dx, dGamma, dBeta, rows, length);

    /// <summary>y = x·scale·gamma, each row, with scale = 1 / √(mean of x² + epsilon) (one a row), null where nobody wants it.</summary>
    public static void RootMeanSquare(float* x, float* gamma, float epsilon, float* y, float* scale, long rows, int length) =>
        Parts.Run(checked((int)rows), length, new ForwardWork<Uncentred>(x, gamma, null, epsilon, y, null, scale, length));

    /// <summary>The gradients of x and gamma, each null where nobody wants it.</summary>
    public static void RootMeanSquareBackward(float* x, float* gamma, float* scale, float* dy, float* dx, float* dGamma, long rows, int length) =>
        Run<Uncentred>(x, gamma, null, scale, dy, dx, dGamma, null, rows, length);

    private static void Run<C>(float* x, float* gamma, float* mean, float* scale, float* dy, float* dx, float* dGamma, float* dBeta, long rows, int length)
        where C : struct, ICentring
    {
        int count = checked((int)rows);
        int parts = Parts.Count(count, length);
        BackwardWork<C> work = new(x, gamma, mean, scale, dy, dx, count, length, parts, dGamma != null || dBeta != null);
        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take(2L * length * parts);
        work.Sums = sums;
        Parts.Run(parts, (count + parts - 1L) / parts * length, work);
        GemmColumnSums.OfParts(sums, 2 * (nint)length, parts, length, dGamma);
        GemmColumnSums.OfParts(sums + length, 2 * (nint)length, parts, length, dBeta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<C, V>(float* x, float* gamma, float* beta, float epsilon, float* y, float* mean, float* scale, int rows, int length)
        where C : struct, ICentring
        where V : unmanaged, ISimd<V>
    {
        float share = 1f / length;
        for (int row = 0; row < rows; row++, x += length, y += length)
        {
            float average = 0;
            if (C.IsCentred)
            {
                V sum = V.Zero;
                for (int i = 0; i < length; i += V.Count)
                    sum += Lanes.Load<V>(x + i, Math.Min(V.Count, length - i));
                average = V.Sum(sum) * share;
            }

            V m = V.Create(average);
            V squares = V.Zero;
            int whole = length - (length % V.Count);
            for (int i = 0; i < whole; i += V.Count)
            {
                V centred = Centre<C, V>(V.Load(x + i), m);
                squares = V.MultiplyAdd(centred, centred, squares);
            }

            int rest = length - whole;
            if (rest > 0)
            {
                V centred = V.FirstLanes(rest) & Centre<C, V>(V.LoadFirst(x + whole, rest), m);
                squares = V.MultiplyAdd(centred, centred, squares);
            }

            float factor = 1f / MathF.Sqrt((V.Sum(squares) * share) + epsilon);
            V s = V.Create(factor);
            for (int i = 0; i < length; i += V.Count)
            {
                int lanes = Math.Min(V.Count, length - i);
                V normal = Centre<C, V>(Lanes.Load<V>(x + i, lanes), m) * s;
                V factors = Lanes.Load<V>(gamma + i, lanes);
                (C.IsCentred ? V.MultiplyAdd(normal, factors, Lanes.Load<V>(beta + i, lanes)) : normal * factors).StoreLanes(y + i, lanes);
            }

            if (mean != null)
                mean[row] = average;

            if (scale != null)
                scale[row] = factor;
        }
    }

    // With g = dy·gamma and n = (x - mean)·scale: dx = scale·(g - mean of g - n·mean of g·n); dGamma = Σ dy·n; dBeta = Σ dy. Without a mean, its term in dx falls away.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<C, V>(float* x, float* gamma, float* mean, float* scale, float* dy, float* dx, float* sums, int rows, int length)
        where C : struct, ICentring
        where V : unmanaged, ISimd<V>
    {
        float share = 1f / length;
        for (int row = 0; row < rows; row++, x += length, dy += length)
        {
            V m = C.IsCentred ? V.Create(mean[row]) : V.Zero;
            V s = V.Create(scale[row]);
            V ofGradient = V.Zero;
            V ofProduct = V.Zero;
            for (int i = 0; i < length; i += V.Count)
            {
                // Lanes beyond the row are 0 in dy, and so in all of these sums.
                int lanes = Math.Min(V.Count, length - i);
                V d = Lanes.Load<V>(dy + i, lanes);
                V n = Centre<C, V>(Lanes.Load<V>(x + i, lanes), m) * s;
                V g = d * Lanes.Load<V>(gamma + i, lanes);
                if (C.IsCentred)
                    ofGradient += g;

                ofProduct = V.MultiplyAdd(g, n, ofProduct);
                if (sums == null)
                    continue;
                float* ofGamma = sums + i;
                (row == 0 ? d * n : V.MultiplyAdd(d, n, Lanes.Load<V>(ofGamma, lanes))).StoreLanes(ofGamma, lanes);
                if (!C.IsCentred)
                    continue;
                float* ofBeta = ofGamma + length;
                (row == 0 ? d : d + Lanes.Load<V>(ofBeta, lanes)).StoreLanes(ofBeta, lanes);
            }

            if (dx == null)
                continue;
            V a = V.Create(V.Sum(ofGradient) * share);
            V b = V.Create(V.Sum(ofProduct) * share);
            for (int i = 0; i < length; i += V.Count)
            {
                int lanes = Math.Min(V.Count, length - i);
                V n = Centre<C, V>(Lanes.Load<V>(x + i, lanes), m) * s;
                V g = Lanes.Load<V>(dy + i, lanes) * Lanes.Load<V>(gamma + i, lanes);
                (s * (Centre<C, V>(g, a) - n * b)).StoreLanes(dx + i, lanes);
            }

            dx += length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Centre<C, V>(V x, V mean)
        where C : struct, ICentring
        where V : unmanaged, ISimd<V>
        => C.IsCentred ? x - mean : x;

    private readonly struct Centred : ICentring
    {
        public static bool IsCentred => true;
    }

    private readonly struct Uncentred : ICentring
    {
        public static bool IsCentred => false;
    }

    private readonly struct ForwardWork<C>(float* x, float* gamma, float* beta, float epsilon, float* y, float* mean, float* scale, int length) : IRowWork
        where C : struct, ICentring
    {
        private readonly float* x = x;
        private readonly float* gamma = gamma;
        private readonly float* beta = beta;
        private readonly float* y = y;
        private readonly float* mean = mean;
        private readonly float* scale = scale;

        public void Run(int first, int end)
        {
            nint start = (nint)first * length;
            VectorWidth.Run(new ForwardKernel<C>(
                x + start, gamma, beta, epsilon, y + start, mean == null ? null : mean + first, scale == null ? null : scale + first, end - first, length));
        }
    }

    // Its rows are the parts: each has sums of its own.
    private struct BackwardWork<C>(float* x, float* gamma, float* mean, float* scale, float* dy, float* dx, int rows, int length, int parts, bool hasSums) : IRowWork
        where C : struct, ICentring
    {
        private readonly float* x = x;
        private readonly float* gamma = gamma;
        private readonly float* mean = mean;
        private readonly float* scale = scale;
        private readonly float* dy = dy;
        private readonly float* dx = dx;

        public float* Sums;

        public readonly void Run(int first, int end)
        {
            for (int part = first; part < end; part++)
            {
                int row = Parts.First(part, parts, rows);
                nint start = (nint)row * length;
                VectorWidth.Run(new BackwardKernel<C>(
                    x + start,
                    gamma,
                    mean == null ? null : mean + row,
                    scale + row,
                    dy + start,
                    dx == null ? null : dx + start,
                    hasSums ? Sums + (2 * (nint)part * length) : null,
                    Parts.First(part + 1, parts, rows) - row,
                    length));
            }
        }
    }

    private readonly struct ForwardKernel<C>(float* x, float* gamma, float* beta, float epsilon, float* y, float* mean, float* scale, int rows, int length) : IWidthKernel
        where C : struct, ICentring
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Forward<C, V>(x, gamma, beta, epsilon, y, mean, scale, rows, length);
    }

    private readonly struct BackwardKernel<C>(float* x, float* gamma, float* mean, float* scale, float* dy, float* dx, float* sums, int rows, int length) : IWidthKernel
        where C : struct, ICentring
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Backward<C, V>(x, gamma, mean, scale, dy, dx, sums, rows, length);
    }
}
