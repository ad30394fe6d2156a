using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>ELU.</content>
internal static partial class Activation
{
    /// <summary>y = x, or α·(eˣ - 1) where x &lt; 0; f' from y = 1, or y + α where y ≤ 0.</summary>
    internal readonly struct ELU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.LessThan(x, V.Zero), parameter * VectorMath.ExpMinusOneOfNegative(x), x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.GreaterThan(saved, V.Zero), dy, dy * (saved + parameter));
    }
}
