using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Softmax and cross-entropy of integer labels in one go: per row the largest logit, the exponentials (into dx), their sum, and the gradient; the
/// logarithms of the sums are taken a vector of rows at a time.
/// </summary>
internal static unsafe class CrossEntropy
{
    private const int ChunkRows = 64;

    // An exponential costs about as much as so many elements of a plain pass.
    private const int Cost = 4;

    /// <summary>
    /// loss[0] = mean over rows whose label is not <paramref name="ignore"/> of (1 - smoothing)·-ln p[label] + smoothing·mean of -ln p; NaN when there is no such row.
    /// dx (may be null) is its gradient, zero in ignored rows. A label outside 0..classes - 1 makes the loss NaN instead of touching foreign memory.
    /// </summary>
    public static void Run(float* logits, int* labels, float* dx, float* loss, long rows, int classes, float smoothing, int ignore)
    {
        long counted = 0;
        for (long r = 0; r < rows; r++)
            counted += labels[r] != ignore ? 1 : 0;

        double total = 0;
        int chunks = checked((int)((rows + ChunkRows - 1) / ChunkRows));
        if (chunks == 1)
        {
            new ChunkWork(logits, labels, dx, rows, classes, smoothing, ignore, 1f / counted, &total).Run(0, 1);
        }
        else
        {
            // Chunks are of fixed size and added in their order: the threads leave no trace in the loss.
            using Workspace.Scope scope = Workspace.Open();
            var totals = (double*)scope.Take(chunks * (long)(sizeof(double) / sizeof(float)));
            Parts.Run(chunks, Cost * (long)ChunkRows * classes, new ChunkWork(logits, labels, dx, rows, classes, smoothing, ignore, 1f / counted, totals));
            for (int chunk = 0; chunk < chunks; chunk++)
                total += totals[chunk];
        }

        loss[0] = (float)(total / counted);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void Run<V>(in ChunkWork work, int firstChunk, int endChunk)
        where V : unmanaged, ISimd<V>
    {
        float* logits = work.Logits;
        int* labels = work.Labels;
        float* dx = work.Dx;
        long rows = work.Rows;
        int classes = work.Classes;
        float smoothing = work.Smoothing;
        int ignore = work.Ignore;
        float weight = work.Weight;
        float even = smoothing / classes;
        float onLabel = 1 - smoothing;
        float* sums = stackalloc float[ChunkRows];
        for (int chunk = firstChunk; chunk < endChunk; chunk++)
        {
            long start = (long)chunk * ChunkRows;
            int count = (int)System.Math.Min(ChunkRows, rows - start);
            double linear = 0;
            for (int r = 0; r < count; r++)
            {
                float* x = logits + (start + r) * classes;
                float* d = dx == null ? null : dx + (start + r) * classes;
                int label = labels[start + r];
                if (label == ignore)
                {
                    sums[r] = 1;
                    if (d != null)
                        new System.Span<float>(d, classes).Clear();

                    continue;
                }

                if ((uint)label >= (uint)classes)
                {
                    sums[r] = 1;
                    linear = double.NaN;
                    continue;
                }

                if (classes <= V.Count)
                {
                    // The row in one register: what the networks that are bound by calls and latencies have.
                    V lanes = V.FirstLanes(classes);
                    V z = V.LoadFirst(x, classes);
                    float largest = V.MaxAcross(V.Select(lanes, z, V.Create(float.NegativeInfinity)));
                    V e = lanes & VectorMath.Exp(z - V.Create(largest));
                    float sum = V.Sum(e);
                    sums[r] = sum;
                    linear -= onLabel * (x[label] - largest);
                    if (smoothing != 0)
                        linear -= even * V.Sum(lanes & (z - V.Create(largest)));

                    if (d != null)
                    {
                        V here = V.BitsEqual(V.Indices, V.CreateBits(label));
                        V target = V.Select(here, V.Create(-(onLabel + even) * weight), V.Create(-even * weight));
                        V.MultiplyAdd(e, V.Create(weight / sum), target).StoreFirst(d, classes);
                    }
                }
                else
                {
                    float largest = Softmax.Largest<V>(x, classes);
                    linear -= onLabel * (x[label] - largest);
                    if (smoothing != 0)
                        linear -= even * SumOfDifferences<V>(x, classes, largest);

                    float sum = Softmax.Exponentials<V>(x, d, classes, largest);
                    sums[r] = sum;
                    if (d != null)
                    {
                        Softmax.Line<V>(d, d, classes, weight / sum, -even * weight);
                        d[label] -= onLabel * weight;
                    }
                }
            }

            work.Totals[chunk] = linear + SumOfLogs<V>(sums, count);
        }
    }

    private static float SumOfDifferences<V>(float* x, int length, float from)
        where V : unmanaged, ISimd<V>
    {
        V f = V.Create(from);
        V sum = V.Zero;
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
            sum += V.Load(x + i) - f;

        if (i < length)
            sum += V.FirstLanes(length - i) & (V.LoadFirst(x + i, length - i) - f);

        return V.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfLogs<V>(float* sums, int count)
        where V : unmanaged, ISimd<V>
    {
        V logs = V.Zero;
        for (int i = 0; i < count; i += V.Count)
        {
            int rest = System.Math.Min(V.Count, count - i);
            V lanes = V.FirstLanes(rest);
            V s = V.Select(lanes, V.LoadFirst(sums + i, rest), V.Create(1f));

            // Sums are at least 1 or not numbers; those the logarithm does not keep.
            logs += V.Select(V.IsNaN(s), s, VectorMath.Log(s));
        }

        return V.Sum(logs);
    }

    private readonly struct ChunkWork(float* logits, int* labels, float* dx, long rows, int classes, float smoothing, int ignore, float weight, double* totals) : IRowWork
    {
        public readonly float* Logits = logits;
        public readonly int* Labels = labels;
        public readonly float* Dx = dx;
        public readonly long Rows = rows;
        public readonly int Classes = classes;
        public readonly float Smoothing = smoothing;
        public readonly int Ignore = ignore;
        public readonly float Weight = weight;

        /// <summary>A sum for each chunk.</summary>
        public readonly double* Totals = totals;

        public void Run(int first, int end) => VectorWidth.Run(new Kernel(in this, first, end));
    }

    private readonly ref struct Kernel(in ChunkWork work, int first, int end) : IWidthKernel
    {
        private readonly ref readonly ChunkWork work = ref work;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => CrossEntropy.Run<V>(in work, first, end);
    }
}
