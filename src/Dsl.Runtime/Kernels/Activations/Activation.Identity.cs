using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Identity.</content>
internal static partial class Activation
{
    /// <summary>y = x; f' = 1.</summary>
    internal readonly struct Identity : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x;

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy;
    }
}
