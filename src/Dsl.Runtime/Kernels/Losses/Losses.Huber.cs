using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Huber.</content>
internal static partial class Losses
{
    /// <summary>With e = x - t: e²/2 where |e| ≤ delta, else delta·(|e| - delta/2); derivative e, held within ±delta.</summary>
    private readonly struct Huber : IElementLoss
    {
        // With c = min(|e|, delta): c·(|e| - c/2) is both branches, and the derivative is c with e's sign.
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
}
