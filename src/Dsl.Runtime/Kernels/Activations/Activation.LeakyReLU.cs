using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>LeakyReLU.</content>
internal static partial class Activation
{
    /// <summary>
    /// y = x, or slope·x where x &lt; 0; f' = 1, or slope where x ≤ 0. The sign of y is that of x where the slope is not negative, so one formula serves both.
    /// </summary>
    internal readonly struct LeakyReLU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.LessThan(x, V.Zero), x * parameter, x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.LessThanOrEqual(saved, V.Zero), dy * parameter, dy);
    }
}
