using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Absolute error.</content>
internal static partial class Losses
{
    /// <summary>With e = x - t: |e|; derivative e's sign, 0 at 0.</summary>
    private readonly struct AbsoluteError : IElementLoss
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V target, V delta, out V derivative)
            where V : unmanaged, ISimd<V>
        {
            V e = x - target;
            V sign = e & V.CreateBits(int.MinValue);
            V isZero = V.LessThanOrEqual(VectorMath.Abs(e), V.Zero);
            derivative = V.Select(V.IsNaN(e), e, V.ZeroWhere(isZero, V.Create(1f) | sign));
            return VectorMath.Abs(e);
        }
    }
}
