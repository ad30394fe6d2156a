using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Adam and AdamW.</content>
internal static partial class Optimizers
{
    /// <summary>
    /// m = β₁m + (1 - β₁)g, v = β₂v + (1 - β₂)g², w -= rate/c₁·m / (√v/√c₂ + ε) with cᵢ = 1 - βᵢˢᵗᵉᵖ; computed as rate·√c₂/c₁·m / (√v + ε·√c₂).
    /// Decoupled decay multiplies w by 1 - rate·decay first.
    /// </summary>
    internal readonly struct Adam : IUpdateRule
    {
        private readonly float beta1;
        private readonly float beta2;
        private readonly float oneMinusBeta1;
        private readonly float oneMinusBeta2;
        private readonly float rate;
        private readonly float epsilon;
        private readonly float keep;
        private readonly float leastForMean;
        private readonly float leastForSquare;

        public Adam(float rate, float beta1, float beta2, float epsilon, float decoupledDecay, long step)
        {
            double c1 = 1 - Math.Pow(beta1, step);
            double c2 = Math.Sqrt(1 - Math.Pow(beta2, step));
            this.beta1 = beta1;
            this.beta2 = beta2;
            oneMinusBeta1 = (float)(1 - (double)beta1);
            oneMinusBeta2 = (float)(1 - (double)beta2);
            this.rate = (float)(rate * c2 / c1);
            this.epsilon = (float)(epsilon * c2);
            keep = (float)(1 - (double)rate * decoupledDecay);

            // Gradients whose contribution would be denormal count as zero.
            leastForMean = Tiny / oneMinusBeta1;
            leastForSquare = MathF.Sqrt(Tiny / oneMinusBeta2);
        }

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            V size = VectorMath.Abs(g);
            V forMean = V.ZeroWhere(V.LessThan(size, V.Create(leastForMean)), g);
            V forSquare = V.ZeroWhere(V.LessThan(size, V.Create(leastForSquare)), g);
            first = WithoutDenormals(V.MultiplyAdd(V.Create(beta1), first, V.Create(oneMinusBeta1) * forMean));
            second = V.MultiplyAdd(V.Create(beta2), second, V.Create(oneMinusBeta2) * forSquare * forSquare);
            second = V.ZeroWhere(V.LessThan(second, V.Create(Tiny)), second);
            V update = V.Create(rate) * first / (V.Sqrt(second) + V.Create(epsilon));
            return V.MultiplyAdd(w, V.Create(keep), VectorMath.Negate(update));
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = beta1 * bounds.First + oneMinusBeta1 * g;
            bounds.Second = beta2 * bounds.Second + oneMinusBeta2 * g * g;
            bounds.Parameters = Math.Abs(keep) * bounds.Parameters + rate * Quotient(bounds.First, epsilon);
        }
    }
}
