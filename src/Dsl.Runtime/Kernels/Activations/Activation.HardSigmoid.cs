using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>HardSigmoid.</content>
internal static partial class Activation
{
    /// <summary>y = min(6, max(0, x + 3)) / 6; f' = 1/6 where -3 &lt; x &lt; 3, else 0, by x.</summary>
    internal readonly struct HardSigmoid : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Min(V.Create(6f), V.Max(V.Zero, x + V.Create(3f))) * V.Create(1f / 6);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.ZeroWhere(V.LessThanOrEqual(saved, V.Create(-3f)) | V.LessThanOrEqual(V.Create(3f), saved), dy * V.Create(1f / 6));
    }
}
