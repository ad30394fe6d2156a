using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>ELUFromInput.</content>
internal static partial class Activation
{
    /// <summary><see cref="ELU"/> of an α whose y does not tell x's sign; f' from x = 1, or α·eˣ where x ≤ 0.</summary>
    internal readonly struct ELUFromInput : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => ELU.Apply(x, parameter);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.GreaterThan(saved, V.Zero), dy, dy * parameter * VectorMath.Exp(saved));
    }
}
