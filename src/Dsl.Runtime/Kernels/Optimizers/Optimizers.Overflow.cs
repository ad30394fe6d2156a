using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Dsl.Runtime.Kernels;

/// <content>The dry run: whether a step would store a value that is not finite.</content>
internal static unsafe partial class Optimizers
{
    /// <summary>True where the bounds after the step say that nothing can overflow.</summary>
    private static bool IsSafe<TRule, TGradient>(TRule rule, TGradient gradient, float largest, ref UpdateBounds bounds)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        double g = gradient.Bound(largest, bounds.Parameters);
        rule.Bound(g, ref bounds);
        return bounds.AreSafe && g < double.MaxValue;
    }

    /// <summary>Looks at parameters and state themselves, and where they are so large that it must, at every value that the step would store.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool MayUpdate<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count, float* verdict)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        UpdateBounds bounds = new()
        {
            Parameters = Magnitudes.Largest(w, count),
            First = TRule.States > 0 ? Magnitudes.Largest(first, count) : 0,
            Second = TRule.States > 1 ? Magnitudes.Largest(second, count) : 0,
        };
        if (IsSafe(rule, gradient, verdict[StepOutcome.Cause], ref bounds))
        {
            bounds.Write(verdict + Verdict.Bounds);
            return true;
        }

        UpdateBounds.Forget(verdict + Verdict.Bounds);
        long place = FirstOverflow(rule, gradient, w, g, first, second, count);
        if (place < 0)
            return true;

        Verdict.Refuse(verdict, float.NaN, place);
        return false;
    }

    /// <summary>The first parameter whose new value or state would not be finite; -1 where there is none.</summary>
    private static long FirstOverflow<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        int blocks = Blocks(count);
        int failed = blocks;
        Parts.Run(blocks, Block, new OverflowWork<TRule, TGradient>(rule, gradient, w, g, first, second, count, &failed));
        if (failed == blocks)
            return -1;

        long place = (long)failed * Block;
        while (IsFinite(rule, gradient, w + place, g + place, first + place, second + place, 1))
            place++;

        return place;
    }

    private static bool IsFinite<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
        => VectorWidth.Run<IsFiniteKernel<TRule, TGradient>, bool>(new(rule, gradient, w, g, first, second, count));

    // The update without its stores.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool IsFinite<TRule, TGradient, V>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
        where V : unmanaged, ISimd<V>
    {
        V largest = V.CreateBits(0x7F7FFFFF);
        V bad = V.Zero;
        for (nint i = 0; i < count; i += V.Count)
        {
            int lanes = (int)Math.Min(V.Count, count - i);
            V a = TRule.States > 0 ? Lanes.Load<V>(first + i, lanes) : V.Zero;
            V b = TRule.States > 1 ? Lanes.Load<V>(second + i, lanes) : V.Zero;
            V weights = Lanes.Load<V>(w + i, lanes);
            V updated = rule.Apply(weights, gradient.Of(Lanes.Load<V>(g + i, lanes), weights), ref a, ref b);
            V here = V.BitsLessThan(largest, VectorMath.Abs(updated)) | V.BitsLessThan(largest, VectorMath.Abs(a)) | V.BitsLessThan(largest, VectorMath.Abs(b));

            // Lanes behind the last are 0 in everything, and 0 / (√0 + ε) may be no number where ε is 0.
            bad |= lanes == V.Count ? here : here & V.FirstLanes(lanes);
        }

        return !V.Any(bad);
    }

    /// <summary>Finds the first block that would overflow; of several parts' finds the first is kept, whoever makes it first.</summary>
    private readonly struct OverflowWork<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count, int* failed) : IRowWork
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        private readonly TRule rule = rule;
        private readonly TGradient gradient = gradient;
        private readonly float* w = w;
        private readonly float* g = g;
        private readonly float* first = first;
        private readonly float* second = second;
        private readonly long count = count;
        private readonly int* failed = failed;

        public void Run(int firstRow, int end)
        {
            for (int block = firstRow; block < end; block++)
            {
                long start = (long)block * Block;
                if (IsFinite(rule, gradient, w + start, g + start, first + start, second + start, (nint)Math.Min(Block, count - start)))
                    continue;

                int known = Volatile.Read(ref *failed);
                while (block < known && Interlocked.CompareExchange(ref *failed, block, known) != known)
                    known = Volatile.Read(ref *failed);

                return;
            }
        }
    }

    private readonly struct IsFiniteKernel<TRule, TGradient>(
        TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        : IWidthKernel<bool>
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Run<V>()
            where V : unmanaged, ISimd<V>
            => IsFinite<TRule, TGradient, V>(rule, gradient, w, g, first, second, count);
    }
}
