using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Sums of (scale·g)² over chunks of fixed size: what a norm adds up does not depend on the threads.</summary>
internal readonly unsafe struct SquaresWork(float* g, long count, float scale, float* sums) : IRowWork
{
    /// <summary>Elements of a chunk.</summary>
    public const int Chunk = 4096;

    private readonly float* g = g;
    private readonly long count = count;
    private readonly float scale = scale;
    private readonly float* sums = sums;

    public void Run(int first, int end)
    {
        for (int chunk = first; chunk < end; chunk++)
        {
            long start = (long)chunk * Chunk;
            sums[chunk] = Sum(g + start, (int)Math.Min(Chunk, count - start), scale);
        }
    }

    /// <summary>Σ (scale·g)²</summary>
    public static float Sum(float* g, int count, float scale)
        => VectorWidth.Run<SumKernel, float>(new(g, count, scale));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum<V>(float* g, int count, float scale)
        where V : unmanaged, ISimd<V>
    {
        V s = V.Create(scale);
        V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
        int i = 0;
        for (; i <= count - 4 * V.Count; i += 4 * V.Count)
        {
            V a = V.Load(g + i) * s, b = V.Load(g + i + V.Count) * s, c = V.Load(g + i + 2 * V.Count) * s, d = V.Load(g + i + 3 * V.Count) * s;
            s0 = V.MultiplyAdd(a, a, s0);
            s1 = V.MultiplyAdd(b, b, s1);
            s2 = V.MultiplyAdd(c, c, s2);
            s3 = V.MultiplyAdd(d, d, s3);
        }

        for (; i < count; i += V.Count)
        {
            V a = Lanes.Load<V>(g + i, Math.Min(V.Count, count - i)) * s;
            s0 = V.MultiplyAdd(a, a, s0);
        }

        return V.Sum((s0 + s1) + (s2 + s3));
    }

    private readonly struct SumKernel(float* g, int count, float scale) : IWidthKernel<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Run<V>()
            where V : unmanaged, ISimd<V>
            => Sum<V>(g, count, scale);
    }
}
