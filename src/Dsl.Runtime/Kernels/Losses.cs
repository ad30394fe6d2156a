using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

/// <summary>A loss of one output and its target.</summary>
internal interface IElementLoss
{
    /// <summary>The loss, and its derivative by x.</summary>
    static abstract V Apply<V>(V x, V target, V delta, out V derivative)
        where V : unmanaged, ISimd<V>;
}

/// <summary>Losses that are sums over elements; the sums of fixed chunks are taken in float, over the chunks in double.</summary>
internal static unsafe class Losses
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const int Chunk = 4096;

    /// <summary>Mean of an element loss over <paramref name="count"/> elements; dx, which may be null, gets the gradient of that mean.</summary>
    public static float Mean(ElementLoss kind, float delta, float* x, float* target, float* dx, long count)
    {
        double sum = kind switch
        {
            ElementLoss.MeanSquaredError => Sum<Squared>(delta, 1f / count, x, target, dx, count),
            ElementLoss.MeanAbsoluteError => Sum<Absolute>(delta, 1f / count, x, target, dx, count),
            ElementLoss.Huber => Sum<Huber>(delta, 1f / count, x, target, dx, count),
            ElementLoss.BinaryCrossEntropy => Sum<BinaryCrossEntropy>(delta, 1f / count, x, target, dx, count),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such loss."),
        };
        return (float)(sum / count);
    }

    /// <summary>Σ target·(ln target - x) / rows.</summary>
    public static float KLDivergence(float* x, float* target, float* dx, long rows, int length)
        => (float)(Sum<Divergence>(0, 1f / rows, x, target, dx, rows * length) / rows);

    /// <summary>Mean of max(0, 1 - label·score).</summary>
    public static float Hinge(float* scores, int* labels, float* dx, long rows)
    {
        // One score a sample: nothing to win from vectors.
        double sum = 0;
        float weight = 1f / rows;
        for (long i = 0; i < rows; i++)
        {
            float margin = 1 - labels[i] * scores[i];
            bool isMet = margin <= 0;
            sum += isMet ? 0 : margin;
            if (dx != null)
            {
                dx[i] = isMet ? 0 : -labels[i] * weight;
            }
        }

        return (float)(sum / rows);
    }

    private static double Sum<F>(float delta, float weight, float* x, float* target, float* dx, long count)
        where F : struct, IElementLoss
    {
        double total = 0;
        for (long start = 0; start < count; start += Chunk)
        {
            int n = (int)Math.Min(Chunk, count - start);
            float* d = dx == null ? null : dx + start;
            if (Vector512.IsHardwareAccelerated)
            {
                total += Sum<F, Simd512>(delta, weight, x + start, target + start, d, n);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                total += Sum<F, Simd256>(delta, weight, x + start, target + start, d, n);
            }
            else
            {
                total += Sum<F, Simd128>(delta, weight, x + start, target + start, d, n);
            }
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            {
                (derivative * w).Store(dx + i);
            }
        }

        if (i < count)
        {
            int rest = count - i;
            sum += V.FirstLanes(rest) & F.Apply(V.LoadFirst(x + i, rest), V.LoadFirst(target + i, rest), p, out V derivative);
            if (dx != null)
            {
                (derivative * w).StoreFirst(dx + i, rest);
            }
        }

        return V.Sum(sum);
    }

    private readonly struct Squared : IElementLoss
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V target, V delta, out V derivative)
            where V : unmanaged, ISimd<V>
        {
            V e = x - target;
            derivative = e + e;
            return e * e;
        }
    }

    private readonly struct Absolute : IElementLoss
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V target, V delta, out V derivative)
            where V : unmanaged, ISimd<V>
        {
            V e = x - target;
            V sign = e & V.CreateBits(int.MinValue);
            V isZero = V.LessThanOrEqual(VectorMath.Abs(e), V.Zero);
            derivative = V.Select(V.IsNaN(e), e, V.ZeroWhere(isZero, V.Create(1f) | sign));
            return VectorMath.Abs(e);
        }
    }

    // With c = min(|e|, delta): c·(|e| - c/2) is both branches, and the derivative is c with e's sign.
    private readonly struct Huber : IElementLoss
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V target, V delta, out V derivative)
            where V : unmanaged, ISimd<V>
        {
            V e = x - target;
            V size = VectorMath.Abs(e);
            V c = V.Min(delta, size);
            derivative = c | (e & V.CreateBits(int.MinValue));
            return c * V.MultiplyAdd(c, V.Create(-0.5f), size);
        }
    }

    private readonly struct BinaryCrossEntropy : IElementLoss
    {
        // softplus(x) - x·t; derivative sigmoid(x) - t. One exponential serves both: with u = e^-|x|, sigmoid is 1/(1 + u) or u/(1 + u).
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V target, V delta, out V derivative)
            where V : unmanaged, ISimd<V>
        {
            V u = VectorMath.Exp(x | V.CreateBits(int.MinValue));
            V above = V.Select(V.LessThan(x, V.Zero), u, V.Create(1f));
            derivative = above / (V.Create(1f) + u) - target;
            return V.Max(V.Zero, x) - x * target + VectorMath.LogOnePlus(u);
        }
    }

    private readonly struct Divergence : IElementLoss
    {
        // A target of 0 adds 0; a negative one has no logarithm. Denormal targets add less than 1e-36 and count as 0.
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V target, V delta, out V derivative)
            where V : unmanaged, ISimd<V>
        {
            V small = V.LessThan(VectorMath.Abs(target), V.Create(1.17549435e-38f));
            V log = VectorMath.Log(V.Select(small, V.Create(1f), target));
            V negative = V.LessThan(target, V.Zero);
            derivative = VectorMath.Negate(target);
            V value = V.ZeroWhere(small, target * log) - target * x;
            return V.Select(negative | V.IsNaN(target), V.Create(float.NaN), value);
        }
    }
}
