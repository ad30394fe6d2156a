using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Binary cross-entropy of logits.</content>
internal static partial class Losses
{
    /// <summary>ln(1 + eˣ) - x·t; derivative sigmoid(x) - t.</summary>
    private readonly struct BinaryCrossEntropy : IElementLoss
    {
        // One exponential serves both: with u = e^-|x|, sigmoid is 1/(1 + u) or u/(1 + u).
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
}
