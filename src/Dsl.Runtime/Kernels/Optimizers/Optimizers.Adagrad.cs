using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Adagrad.</content>
internal static partial class Optimizers
{
    /// <summary>s += g²; w -= rate·g / (√s + ε).</summary>
    internal readonly struct Adagrad(float rate, float epsilon) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly float epsilon = epsilon;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = V.MultiplyAdd(g, g, first);
            first = V.ZeroWhere(V.LessThan(first, V.Create(Tiny)), first);
            return w - V.Create(rate) * g / (V.Sqrt(first) + V.Create(epsilon));
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First += g * g;
            bounds.Parameters += rate * Quotient(g, epsilon);
        }
    }
}
