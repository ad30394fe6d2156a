using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Attention of one step to those before it: each head's scores are dot products along the rows of the cache, its result their softmax times the values. Nothing is packed, for
/// every key is read once. A head of a sample is one piece of work.
/// </summary>
internal static unsafe class AttentionNext
{
    public static void Run(in AttentionStepShape shape, float* qkv, float* cache, int position, float* y, int batch)
    {
        int row = (int)shape.CacheStride;
        for (int n = 0; n < batch; n++)
            new ReadOnlySpan<float>(qkv + (n * shape.ProjectedFloats) + shape.Features, row).CopyTo(new Span<float>(cache + (n * shape.CacheFloats) + (position * shape.CacheStride), row));
        Parts.Run(checked(batch * shape.Heads), (position + 1L) * shape.HeadFeatures, new Work(in shape, qkv, cache, position + 1, y));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Head<V>(float* query, float* keys, nint stride, int toValues, int count, int features, float scale, float* weights, float* y)
        where V : unmanaged, ISimd<V>
    {
        float* key = keys;
        for (int k = 0; k < count; k++, key += stride)
            weights[k] = Dot<V>(query, key, features) * scale;
        float sum = Softmax.Exponentials<V>(weights, weights, count, Softmax.Largest<V>(weights, count));
        Softmax.Line<V>(weights, weights, count, 1 / sum, 0);
        for (int f = 0; f < features; f += V.Count)
        {
            int lanes = Math.Min(V.Count, features - f);
            float* value = keys + toValues + f;
            V result = V.Zero;
            for (int k = 0; k < count; k++, value += stride)
                result = V.MultiplyAdd(Lanes.Load<V>(value, lanes), V.Create(weights[k]), result);
            result.StoreLanes(y + f, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot<V>(float* a, float* b, int count)
        where V : unmanaged, ISimd<V>
    {
        V sum = V.Zero;
        int f = 0;
        for (; f <= count - V.Count; f += V.Count)
            sum = V.MultiplyAdd(V.Load(a + f), V.Load(b + f), sum);
        if (f < count)
            sum = V.MultiplyAdd(V.LoadFirst(a + f, count - f), V.LoadFirst(b + f, count - f), sum);
        return V.Sum(sum);
    }

    private readonly struct Work(in AttentionStepShape shape, float* qkv, float* cache, int count, float* y) : IRowWork
    {
        private readonly AttentionStepShape shape = shape;
        private readonly float* qkv = qkv;
        private readonly float* cache = cache;
        private readonly float* y = y;

        public void Run(int first, int end)
        {
            using Workspace.Scope scope = Workspace.Open();
            float* weights = scope.Take(count);
            int features = shape.HeadFeatures;
            float scale = (float)(1 / Math.Sqrt(features));
            for (int at = first; at < end; at++)
            {
                int sample = at / shape.Heads;
                int column = at % shape.Heads * features;
                VectorWidth.Run(new HeadKernel(
                    qkv + (sample * shape.ProjectedFloats) + column,
                    cache + (sample * shape.CacheFloats) + column,
                    (nint)shape.CacheStride,
                    shape.Features,
                    count,
                    features,
                    scale,
                    weights,
                    y + ((nint)sample * shape.Features) + column));
            }
        }
    }

    private readonly struct HeadKernel(float* query, float* keys, nint stride, int toValues, int count, int features, float scale, float* weights, float* y) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Head<V>(query, keys, stride, toValues, count, features, scale, weights, y);
    }
}
