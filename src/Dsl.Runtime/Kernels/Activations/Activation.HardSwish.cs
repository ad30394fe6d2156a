using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>HardSwish.</content>
internal static partial class Activation
{
    /// <summary>y = x·min(6, max(0, x + 3)) / 6; f' = 0 below -3, 1 above 3, x/3 + ½ between, bounds included as in PyTorch.</summary>
    internal readonly struct HardSwish : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x * HardSigmoid.Apply(x, parameter);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
        {
            V inner = dy * V.MultiplyAdd(saved, V.Create(1f / 3), V.Create(0.5f));
            return V.ZeroWhere(V.LessThan(saved, V.Create(-3f)), V.Select(V.GreaterThan(saved, V.Create(3f)), dy, inner));
        }
    }
}
