using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>GELU.</content>
internal static partial class Activation
{
    /// <summary>y = x·Φ(x), Φ the normal distribution; f' = Φ(x) + x·φ(x), φ its density e^(-x²/2)/√(2π).</summary>
    internal readonly struct GELU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x * VectorMath.NormalDistribution(x, out _);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
        {
            V phi = VectorMath.NormalDistribution(saved, out V bell);
            return dy * V.MultiplyAdd(saved * V.Create(0.3989422804f), bell, phi);
        }
    }
}
