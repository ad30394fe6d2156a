using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>SiLU.</content>
internal static partial class Activation
{
    /// <summary>y = x·s, s = 1 / (1 + e⁻ˣ); f' = s + x·s·(1 - s).</summary>
    internal readonly struct SiLU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x * VectorMath.Sigmoid(x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
        {
            V s = VectorMath.Sigmoid(saved);
            return dy * V.MultiplyAdd(saved * s, V.Create(1f) - s, s);
        }
    }
}
