using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Attention, a tile of queries by keys at a time: scores, weights and their product with the values, while the largest score and the sum of each row so far are
/// carried along (Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018; Dao et al., "FlashAttention", 2022). Tiles of which a causal mask
/// leaves nothing are passed over. Tiles of queries do not depend on each other: they are what is shared out among threads.
/// </summary>
internal static unsafe class AttentionForward
{
    public static void Run(in AttentionOperands operands, int batch)
    {
        AttentionShape shape = operands.Shape;
        int tiles = operands.QueryTiles;
        long work = (long)shape.Queries * shape.Keys / tiles * operands.HeadFeatures / 4;
        Parts.Run(checked(batch * shape.Heads * tiles), Math.Max(1, work), new Work(in operands));
    }

    private static void Tiles(in AttentionOperands operands, int first, int end)
    {
        AttentionShape shape = operands.Shape;
        int tiles = operands.QueryTiles;
        using Workspace.Scope scope = Workspace.Open();
        float* packed = scope.Take(operands.PackedFloats);
        int most = (shape.Queries + tiles - 1) / tiles;
        float* tile = scope.Take((long)most * AttentionOperands.TilePitch);
        float* largest = scope.Take(most);
        float* sums = scope.Take(most);
        float* factors = shape.Dropout > 0 ? scope.Take(AttentionOperands.KeyTile + Dropout.Group) : null;
        int packedHead = -1;
        for (int at = first; at < end; at++)
        {
            int head = at / tiles;
            int sample = head / shape.Heads;
            int h = head % shape.Heads;
            if (head != packedHead)
                operands.Pack(operands.Key(sample, h, 0), operands.Seen(sample), packed);
            packedHead = head;
            int query = operands.FirstQuery(at % tiles);
            int queries = operands.FirstQuery((at % tiles) + 1) - query;
            int seen = operands.Seen(sample, query + queries);
            float* y = operands.Result(sample, h, query);
            for (int k = 0; k < seen; k += AttentionOperands.KeyTile)
            {
                int keys = Math.Min(AttentionOperands.KeyTile, seen - k);
                operands.Multiply(operands.Query(sample, h, query), operands.QueryStride, queries, packed, k, keys, tile);
                VectorWidth.Run(new WeightsKernel(in operands, tile, queries, keys, query, k, largest, sums, y));
                for (int i = 0; factors != null && i < queries; i++)
                {
                    float* row = tile + ((nint)i * AttentionOperands.TilePitch);
                    operands.Factors(sample, h, query + i, k, factors, keys);
                    Elementwise.Run<Elementwise.Product>(row, factors, row, keys, 0);
                }

                operands.Combine(tile, false, queries, keys, operands.Value(sample, h, k), operands.KeyStride, y, shape.Features, adds: k > 0);
            }

            VectorWidth.Run(new FinishKernel(y, shape.Features, operands.HeadFeatures, queries, largest, sums, operands.KeepsSums ? operands.LogSum(sample, h, query) : null));
        }
    }

    /// <summary>
    /// Scores of a tile as weights e^(score - largest so far), 0 for what a causal mask hides. Where the largest grows, what was summed before becomes less by as much.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Weights<V>(float* tile, int rows, int keys, int hidden, float scale, bool isFirst, float* largest, float* sums, float* y, nint yStride, int features)
        where V : unmanaged, ISimd<V>
    {
        for (int i = 0; i < rows; i++, tile += AttentionOperands.TilePitch, y += yStride)
        {
            // Row i sees one key more than the row before it.
            int seen = Math.Clamp(keys - hidden + i, 0, keys);
            if (seen < keys)
                new Span<float>(tile + seen, keys - seen).Clear();
            if (seen == 0)
                continue;
            float most = Softmax.Largest<V>(tile, seen) * scale;
            float before = isFirst ? most : largest[i];
            if (before > most)
                most = before;
            float sum = Exponentials<V>(tile, seen, scale, most);
            if (isFirst)
            {
                sums[i] = sum;
            }
            else
            {
                float less = MathF.Exp(before - most);
                sums[i] = (sums[i] * less) + sum;
                if (less != 1)
                    Softmax.Line<V>(y, y, features, less, 0);
            }

            largest[i] = most;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials<V>(float* row, int count, float scale, float largest)
        where V : unmanaged, ISimd<V>
    {
        V s = V.Create(scale);
        V shift = V.Create(-largest);
        V sum = V.Zero;
        int k = 0;
        for (; k <= count - V.Count; k += V.Count)
        {
            V e = VectorMath.Exp(V.MultiplyAdd(V.Load(row + k), s, shift));
            sum += e;
            e.Store(row + k);
        }

        if (k < count)
        {
            int rest = count - k;
            V e = V.FirstLanes(rest) & VectorMath.Exp(V.MultiplyAdd(V.LoadFirst(row + k, rest), s, shift));
            sum += e;
            e.StoreFirst(row + k, rest);
        }

        return V.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Finish<V>(float* y, nint stride, int features, int rows, float* largest, float* sums, float* logSums)
        where V : unmanaged, ISimd<V>
    {
        for (int i = 0; i < rows; i++, y += stride)
        {
            Softmax.Line<V>(y, y, features, 1 / sums[i], 0);
            if (logSums != null)
                logSums[i] = largest[i] + MathF.Log(sums[i]);
        }
    }

    private readonly struct Work(in AttentionOperands operands) : IRowWork
    {
        private readonly AttentionOperands operands = operands;

        public void Run(int first, int end) => Tiles(in operands, first, end);
    }

    private readonly struct WeightsKernel(in AttentionOperands operands, float* tile, int rows, int keys, int query, int k, float* largest, float* sums, float* y) : IWidthKernel
    {
        private readonly AttentionShape shape = operands.Shape;
        private readonly float scale = operands.Scale;
        private readonly int hidden = operands.Hidden(query, k, keys);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Weights<V>(tile, rows, keys, hidden, scale, k == 0, largest, sums, y, shape.Features, shape.HeadFeatures);
    }

    private readonly struct FinishKernel(float* y, nint stride, int features, int rows, float* largest, float* sums, float* logSums) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Finish<V>(y, stride, features, rows, largest, sums, logSums);
    }
}
