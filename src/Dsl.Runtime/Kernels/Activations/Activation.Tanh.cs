using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Tanh.</content>
internal static partial class Activation
{
    /// <summary>y = tanh x; f' = 1 - y².</summary>
    internal readonly struct Tanh : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => VectorMath.Tanh(x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy * (V.Create(1f) - saved * saved);
    }
}
