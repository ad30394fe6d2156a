using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>RMSprop without momentum.</content>
internal static partial class Optimizers
{
    /// <summary>s = αs + (1 - α)g²; w -= rate·g / (√s + ε).</summary>
    internal readonly struct RmsProp(float rate, float alpha, float epsilon) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly RunningSquare square = new(alpha);
        private readonly float epsilon = epsilon;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = square.Next(first, g);
            return w - V.Create(rate) * g / (V.Sqrt(first) + V.Create(epsilon));
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = square.Bound(bounds.First, g);
            bounds.Parameters += rate * Quotient(g, epsilon);
        }
    }
}
