using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Softplus.</content>
internal static partial class Activation
{
    /// <summary>y = ln(1 + eˣ); f' = 1 / (1 + e⁻ˣ).</summary>
    internal readonly struct Softplus : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => VectorMath.Softplus(x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy * VectorMath.Sigmoid(saved);
    }
}
