using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>ReLU6.</content>
internal static partial class Activation
{
    /// <summary>y = min(6, max(0, x)); f' = 1 where 0 &lt; y &lt; 6, else 0.</summary>
    internal readonly struct ReLU6 : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Min(V.Create(6f), V.Max(V.Zero, x));

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.ZeroWhere(V.LessThanOrEqual(saved, V.Zero) | V.LessThanOrEqual(V.Create(6f), saved), dy);
    }
}
