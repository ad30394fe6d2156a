using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>SGD with momentum.</content>
internal static partial class Optimizers
{
    /// <summary>v = momentum·v + g (v = g at step 1, which is momentum 0); w -= rate·v, or rate·(g + momentum·v) with Nesterov.</summary>
    internal readonly struct Momentum(float rate, float momentum, bool nesterov, bool isFirstStep) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly float keep = isFirstStep ? 0 : momentum;
        private readonly float fromGradient = nesterov ? 1 : 0;
        private readonly float fromVelocity = nesterov ? momentum : 1;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = WithoutDenormals(V.MultiplyAdd(V.Create(keep), first, g));
            V step = V.MultiplyAdd(V.Create(fromVelocity), first, V.Create(fromGradient) * g);
            return V.MultiplyAdd(V.Create(-rate), step, w);
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = keep * bounds.First + g;
            double step = fromVelocity * bounds.First + fromGradient * g;
            bounds.Parameters += Math.Max(rate, 1) * step;
        }
    }
}
