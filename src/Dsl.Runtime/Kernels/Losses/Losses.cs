using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Losses that are sums over elements; the sums of fixed chunks are taken in float, over the chunks in double. A loss a file.</summary>
internal static unsafe partial class Losses
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const int Chunk = 4096;

    /// <summary>Mean of an element loss over <paramref name="count"/> elements; dx, which may be null, gets the gradient of that mean.</summary>
    public static float Mean(ElementLoss kind, float delta, float* x, float* target, float* dx, long count)
        => (float)(Sum(kind, delta, 1f / count, x, target, dx, count, default) / count);

    /// <summary>Σ target·(ln target - x) / rows.</summary>
    public static float KLDivergence(float* x, float* target, float* dx, long rows, int length)
        => (float)(Sum<Divergence>(0, 1f / rows, x, target, dx, rows * length, default) / rows);

    private static double Sum(ElementLoss kind, float delta, float weight, float* x, float* target, float* dx, long count, OwnElements own) => kind switch
    {
        ElementLoss.MeanSquaredError => Sum<SquaredError>(delta, weight, x, target, dx, count, own),
        ElementLoss.MeanAbsoluteError => Sum<AbsoluteError>(delta, weight, x, target, dx, count, own),
        ElementLoss.Huber => Sum<Huber>(delta, weight, x, target, dx, count, own),
        ElementLoss.BinaryCrossEntropy => Sum<BinaryCrossEntropy>(delta, weight, x, target, dx, count, own),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such loss."),
    };

    private static double Sum<F>(float delta, float weight, float* x, float* target, float* dx, long count, OwnElements own)
        where F : struct, IElementLoss
    {
        if (own.Lengths != null)
            return SumOfSteps<F>(delta, weight, x, target, dx, own);
        int chunks = checked((int)((count + Chunk - 1) / Chunk));
        if (chunks == 1)
            return SumWork<F>.Sum(new(delta, weight, x, target, dx, (int)count));

        // Chunks are of fixed size and added in their order: the threads leave no trace in the loss.
        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take(chunks);
        Parts.Run(chunks, Chunk, new SumWork<F>(delta, weight, x, target, dx, count, sums));
        double total = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
            total += sums[chunk];
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum<F, V>(float delta, float weight, float* x, float* target, float* dx, int count)
        where F : struct, IElementLoss
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(delta);
        V w = V.Create(weight);
        V sum = V.Zero;
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            sum += F.Apply(V.Load(x + i), V.Load(target + i), p, out V derivative);
            if (dx != null)
                (derivative * w).Store(dx + i);
        }

        if (i < count)
        {
            int rest = count - i;
            sum += V.FirstLanes(rest) & F.Apply(V.LoadFirst(x + i, rest), V.LoadFirst(target + i, rest), p, out V derivative);
            if (dx != null)
                (derivative * w).StoreFirst(dx + i, rest);
        }

        return V.Sum(sum);
    }

    private readonly struct SumWork<F>(float delta, float weight, float* x, float* target, float* dx, long count, float* sums) : IRowWork
        where F : struct, IElementLoss
    {
        private readonly float* x = x;
        private readonly float* target = target;
        private readonly float* dx = dx;
        private readonly float* sums = sums;

        public static float Sum(SumKernel<F> kernel) => VectorWidth.Run<SumKernel<F>, float>(kernel);

        public void Run(int first, int end)
        {
            for (int chunk = first; chunk < end; chunk++)
            {
                long start = (long)chunk * Chunk;
                float* d = dx == null ? null : dx + start;
                sums[chunk] = Sum(new(delta, weight, x + start, target + start, d, (int)Math.Min(Chunk, count - start)));
            }
        }
    }

    private readonly struct SumKernel<F>(float delta, float weight, float* x, float* target, float* dx, int count) : IWidthKernel<float>
        where F : struct, IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Run<V>()
            where V : unmanaged, ISimd<V>
            => Sum<F, V>(delta, weight, x, target, dx, count);
    }
}
