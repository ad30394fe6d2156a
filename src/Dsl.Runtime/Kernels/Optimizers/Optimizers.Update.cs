using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>The pass itself.</content>
internal static unsafe partial class Optimizers
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TRule, TGradient, V>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
        where V : unmanaged, ISimd<V>
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V a = TRule.States > 0 ? V.Load(first + i) : V.Zero;
            V b = TRule.States > 1 ? V.Load(second + i) : V.Zero;
            V weights = V.Load(w + i);
            rule.Apply(weights, gradient.Of(V.Load(g + i), weights), ref a, ref b).Store(w + i);
            if (TRule.States > 0)
                a.Store(first + i);

            if (TRule.States > 1)
                b.Store(second + i);
        }

        int rest = (int)(count - i);
        if (rest > 0)
        {
            V a = TRule.States > 0 ? V.LoadFirst(first + i, rest) : V.Zero;
            V b = TRule.States > 1 ? V.LoadFirst(second + i, rest) : V.Zero;
            V weights = V.LoadFirst(w + i, rest);
            rule.Apply(weights, gradient.Of(V.LoadFirst(g + i, rest), weights), ref a, ref b).StoreFirst(w + i, rest);
            if (TRule.States > 0)
                a.StoreFirst(first + i, rest);

            if (TRule.States > 1)
                b.StoreFirst(second + i, rest);
        }
    }

    private readonly struct UpdateWork<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count) : IRowWork
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

        public void Run(int firstRow, int end)
        {
            long start = (long)firstRow * Block;
            nint elements = (nint)(Math.Min((long)end * Block, count) - start);
            VectorWidth.Run(new UpdateKernel<TRule, TGradient>(rule, gradient, w + start, g + start, first + start, second + start, elements));
        }
    }

    private readonly struct UpdateKernel<TRule, TGradient>(
        TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        : IWidthKernel
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Optimizers.Run<TRule, TGradient, V>(rule, gradient, w, g, first, second, count);
    }
}
