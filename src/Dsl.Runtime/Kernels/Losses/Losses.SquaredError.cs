using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Squared error.</content>
internal static partial class Losses
{
    /// <summary>With e = x - t: e²; derivative 2e.</summary>
    private readonly struct SquaredError : IElementLoss
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V target, V delta, out V derivative)
            where V : unmanaged, ISimd<V>
        {
            V e = x - target;
            derivative = e + e;
            return e * e;
        }
    }
}
