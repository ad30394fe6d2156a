using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>RMSprop with momentum.</content>
internal static partial class Optimizers
{
    /// <summary>s = αs + (1 - α)g²; b = momentum·b + g / (√s + ε); w -= rate·b.</summary>
    internal readonly struct RmsPropMomentum(float rate, float alpha, float epsilon, float momentum) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly RunningSquare square = new(alpha);
        private readonly float epsilon = epsilon;
        private readonly float momentum = momentum;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = square.Next(first, g);
            second = WithoutDenormals(V.MultiplyAdd(V.Create(momentum), second, g / (V.Sqrt(first) + V.Create(epsilon))));
            return V.MultiplyAdd(V.Create(-rate), second, w);
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = square.Bound(bounds.First, g);
            bounds.Second = momentum * bounds.Second + Quotient(g, epsilon);
            bounds.Parameters += rate * bounds.Second;
        }
    }
}
