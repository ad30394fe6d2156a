using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>ReLU.</content>
internal static partial class Activation
{
    /// <summary>y = max(0, x); f' = 1 where y &gt; 0, else 0.</summary>
    internal readonly struct ReLU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Max(V.Zero, x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.ZeroWhere(V.LessThanOrEqual(saved, V.Zero), dy);
    }
}
