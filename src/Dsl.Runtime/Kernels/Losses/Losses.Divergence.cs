using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Kullback-Leibler divergence.</content>
internal static partial class Losses
{
    /// <summary>t·(ln t - x); derivative -t.</summary>
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
