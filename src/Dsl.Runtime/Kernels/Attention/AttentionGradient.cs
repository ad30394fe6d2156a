using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The gradients of an attention: scores are computed again tile by tile, and weights from them by each row's logarithm of the sum (Dao et al., "FlashAttention",
/// 2022). With P the weights, F what dropout multiplies them by, D = Σ dy·y of a row: dV = (P·F)ᵀ·dy, dS = P·(F·(dy·Vᵀ) - D)·scale, dQ = dS·K, dK = dSᵀ·Q. A head
/// of a sample is one piece of work, so that its sums have one order.
/// </summary>
internal static unsafe class AttentionGradient
{
    public static void Run(in AttentionOperands operands, float* dy, float* dq, float* dkv, int batch)
    {
        AttentionShape shape = operands.Shape;
        float* dKeys = shape.IsCross ? dkv : dq;
        if (dq == null && dKeys == null)
            return;
        long work = (long)shape.Queries * shape.Keys * operands.HeadFeatures / 2;
        Parts.Run(checked(batch * shape.Heads), Math.Max(1, work), new Work(in operands, dy, dq, dKeys));
    }

    private static void Heads(in AttentionOperands operands, float* dy, float* dq, float* dKeys, int first, int end)
    {
        using Workspace.Scope scope = Workspace.Open();
        AttentionShape shape = operands.Shape;
        int tiles = operands.QueryTiles;
        int most = (shape.Queries + tiles - 1) / tiles;
        HeadScratch scratch = new()
        {
            Keys = scope.Take(operands.PackedFloats),
            Values = scope.Take(operands.PackedFloats),
            Weights = scope.Take((long)most * AttentionOperands.TilePitch),
            Scores = scope.Take((long)most * AttentionOperands.TilePitch),
            Factors = shape.Dropout > 0 ? scope.Take((long)most * AttentionOperands.TilePitch + Dropout.Group) : null,
            Dots = scope.Take(most),
        };
        for (int head = first; head < end; head++)
            Head(in operands, dy, dq, dKeys, head / shape.Heads, head % shape.Heads, in scratch);
    }

    private static void Head(in AttentionOperands operands, float* dy, float* dq, float* dKeys, int sample, int head, in HeadScratch scratch)
    {
        AttentionShape shape = operands.Shape;
        int all = operands.Seen(sample);
        operands.Pack(operands.Key(sample, head, 0), all, scratch.Keys);
        operands.Pack(operands.Value(sample, head, 0), all, scratch.Values);

        // A tile at a mask's edge sets only some of the rows that later tiles add to.
        if (dKeys != null)
            Clear(operands.Key(dKeys, sample, head, 0), operands.KeyStride, shape.IsCausal ? 0 : all, shape.Keys, operands.HeadFeatures, shape.Features);
        for (int at = 0; at < operands.QueryTiles; at++)
        {
            int query = operands.FirstQuery(at);
            int queries = operands.FirstQuery(at + 1) - query;
            int seen = operands.Seen(sample, query + queries);
            float* q = operands.Query(sample, head, query);
            float* gradient = operands.Result(dy, sample, head, query);
            VectorWidth.Run(new DotsKernel(gradient, operands.Result(sample, head, query), shape.Features, operands.HeadFeatures, queries, scratch.Dots));
            for (int k = 0; k < seen; k += AttentionOperands.KeyTile)
            {
                int keys = Math.Min(AttentionOperands.KeyTile, seen - k);
                operands.Multiply(q, operands.QueryStride, queries, scratch.Keys, k, keys, scratch.Weights);
                operands.Multiply(gradient, shape.Features, queries, scratch.Values, k, keys, scratch.Scores);
                for (int i = 0; scratch.Factors != null && i < queries; i++)
                    operands.Factors(sample, head, query + i, k, scratch.Factors + ((nint)i * AttentionOperands.TilePitch), keys);
                VectorWidth.Run(new ScoresKernel(in operands, in scratch, operands.LogSum(sample, head, query), queries, keys, query, k));
                if (dKeys != null)
                {
                    bool adds = shape.IsCausal || at > 0;
                    float* dKey = operands.Key(dKeys, sample, head, k);
                    operands.Combine(scratch.Weights, true, keys, queries, gradient, shape.Features, dKey + shape.Features, operands.KeyStride, adds);
                    operands.Combine(scratch.Scores, true, keys, queries, q, operands.QueryStride, dKey, operands.KeyStride, adds);
                }

                if (dq != null)
                    operands.Combine(scratch.Scores, false, queries, keys, operands.Key(sample, head, k), operands.KeyStride, operands.Query(dq, sample, head, query), operands.QueryStride, k > 0);
            }
        }
    }

    /// <summary>Zeros for keys and values from <paramref name="first"/> on.</summary>
    private static void Clear(float* keys, nint stride, int first, int end, int count, int toValues)
    {
        for (int k = first; k < end; k++)
        {
            float* row = keys + (k * stride);
            NativeMemory.Clear(row, (nuint)count * sizeof(float));
            NativeMemory.Clear(row + toValues, (nuint)count * sizeof(float));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Dots<V>(float* a, float* b, nint stride, int count, int rows, float* dots)
        where V : unmanaged, ISimd<V>
    {
        for (int i = 0; i < rows; i++, a += stride, b += stride)
        {
            V sum = V.Zero;
            for (int f = 0; f < count; f += V.Count)
            {
                int lanes = Math.Min(V.Count, count - f);
                sum = V.MultiplyAdd(Lanes.Load<V>(a + f, lanes), Lanes.Load<V>(b + f, lanes), sum);
            }

            dots[i] = V.Sum(sum);
        }
    }

    /// <summary>Scores become weights times what dropout multiplies by; gradients of weights become those of products q·k. Both are 0 where a mask hides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Scores<V>(float* weights, float* scores, float* factors, float* dots, float* logSums, int rows, int keys, int hidden, float scale)
        where V : unmanaged, ISimd<V>
    {
        V s = V.Create(scale);
        for (int i = 0; i < rows; i++, weights += AttentionOperands.TilePitch, scores += AttentionOperands.TilePitch)
        {
            int seen = Math.Clamp(keys - hidden + i, 0, keys);
            V shift = V.Create(-logSums[i]);
            V dot = V.Create(dots[i]);
            for (int k = 0; k < seen; k += V.Count)
            {
                int lanes = Math.Min(V.Count, seen - k);
                V p = VectorMath.Exp(V.MultiplyAdd(Lanes.Load<V>(weights + k, lanes), s, shift));
                V g = Lanes.Load<V>(scores + k, lanes);
                V kept = p;
                if (factors != null)
                {
                    V f = Lanes.Load<V>(factors + k, lanes);
                    g *= f;
                    kept *= f;
                }

                kept.StoreLanes(weights + k, lanes);
                (p * s * (g - dot)).StoreLanes(scores + k, lanes);
            }

            if (seen < keys)
            {
                new Span<float>(weights + seen, keys - seen).Clear();
                new Span<float>(scores + seen, keys - seen).Clear();
            }

            if (factors != null)
                factors += AttentionOperands.TilePitch;
        }
    }

    /// <summary>What one head works in.</summary>
    private readonly struct HeadScratch
    {
        /// <summary>Keys, packed.</summary>
        public float* Keys { get; init; }

        /// <summary>Values, packed.</summary>
        public float* Values { get; init; }

        /// <summary>A tile of scores, then of weights times what dropout multiplies by.</summary>
        public float* Weights { get; init; }

        /// <summary>A tile of gradients of weights, then of products q·k.</summary>
        public float* Scores { get; init; }

        /// <summary>A tile of what dropout multiplies by; null without dropout.</summary>
        public float* Factors { get; init; }

        /// <summary>D of each row.</summary>
        public float* Dots { get; init; }
    }

    private readonly struct Work(in AttentionOperands operands, float* dy, float* dq, float* dKeys) : IRowWork
    {
        private readonly AttentionOperands operands = operands;
        private readonly float* dy = dy;
        private readonly float* dq = dq;
        private readonly float* dKeys = dKeys;

        public void Run(int first, int end) => Heads(in operands, dy, dq, dKeys, first, end);
    }

    private readonly struct DotsKernel(float* a, float* b, nint stride, int count, int rows, float* dots) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Dots<V>(a, b, stride, count, rows, dots);
    }

    private readonly struct ScoresKernel(in AttentionOperands operands, in HeadScratch scratch, float* logSums, int rows, int keys, int query, int k) : IWidthKernel
    {
        private readonly HeadScratch scratch = scratch;
        private readonly float scale = operands.Scale;
        private readonly int hidden = operands.Hidden(query, k, keys);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Scores<V>(scratch.Weights, scratch.Scores, scratch.Factors, scratch.Dots, logSums, rows, keys, hidden, scale);
    }
}
