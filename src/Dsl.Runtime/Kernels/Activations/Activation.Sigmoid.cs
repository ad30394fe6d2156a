using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Sigmoid.</content>
internal static partial class Activation
{
    /// <summary>y = 1 / (1 + e⁻ˣ); f' = y·(1 - y).</summary>
    internal readonly struct Sigmoid : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => VectorMath.Sigmoid(x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy * (saved * (V.Create(1f) - saved));
    }
}
