using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Rows of a table by id, and the sums of what comes back to them.</summary>
internal static unsafe class EmbeddingRows
{
    // Features that one part of the gradient takes along all places: two cache lines.
    private const int Columns = 32;

    /// <summary>y[i] = weight[ids[i]]</summary>
    public static void Look(float* weight, int* ids, float* y, long count, int features) =>
        Parts.Run(checked((int)count), features, new Lookup(weight, ids, y, features));

    /// <summary>
    /// dweight[v] = Σ dy[i] over the places i of id v in their order; 0 for the padding id. Threads share out the features, not the places: two places
    /// of one id never meet, and the sums do not depend on the number of threads.
    /// </summary>
    public static void Backward(int* ids, float* dy, float* dweight, long count, int vocabulary, int features, int padding)
    {
        Parts.Run(vocabulary, features, new Clearing(dweight, features));
        int blocks = (features + Columns - 1) / Columns;
        Parts.Run(blocks, count * Columns, new Gathering(ids, dy, dweight, count, features, padding));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add<V>(int* ids, float* dy, float* dweight, long count, int features, int start, int columns, int padding)
        where V : unmanaged, ISimd<V>
    {
        for (nint i = 0; i < count; i++)
        {
            if (ids[i] == padding)
                continue;
            float* from = dy + (i * features) + start;
            float* to = dweight + ((nint)ids[i] * features) + start;
            int c = 0;
            for (; c <= columns - V.Count; c += V.Count)
                (V.Load(to + c) + V.Load(from + c)).Store(to + c);
            if (c < columns)
                (V.LoadFirst(to + c, columns - c) + V.LoadFirst(from + c, columns - c)).StoreFirst(to + c, columns - c);
        }
    }

    private readonly struct Lookup(float* weight, int* ids, float* y, int features) : IRowWork
    {
        private readonly float* weight = weight;
        private readonly int* ids = ids;
        private readonly float* y = y;

        public void Run(int first, int end)
        {
            for (int i = first; i < end; i++)
                new ReadOnlySpan<float>(weight + ((nint)ids[i] * features), features).CopyTo(new Span<float>(y + ((nint)i * features), features));
        }
    }

    private readonly struct Clearing(float* dweight, int features) : IRowWork
    {
        private readonly float* dweight = dweight;

        public void Run(int first, int end) =>
            NativeMemory.Clear(dweight + ((nint)first * features), (nuint)(end - first) * (nuint)features * sizeof(float));
    }

    private readonly struct Gathering(int* ids, float* dy, float* dweight, long count, int features, int padding) : IRowWork
    {
        private readonly int* ids = ids;
        private readonly float* dy = dy;
        private readonly float* dweight = dweight;

        public void Run(int first, int end)
        {
            int start = first * Columns;
            VectorWidth.Run(new GatherKernel(ids, dy, dweight, count, features, start, Math.Min(end * Columns, features) - start, padding));
        }
    }

    private readonly struct GatherKernel(int* ids, float* dy, float* dweight, long count, int features, int start, int columns, int padding) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Add<V>(ids, dy, dweight, count, features, start, columns, padding);
    }
}
