using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>SGD without momentum.</content>
internal static partial class Optimizers
{
    /// <summary>w -= rate·g</summary>
    internal readonly struct Sgd(float rate) : IUpdateRule
    {
        private readonly float rate = rate;

        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
            => V.MultiplyAdd(V.Create(-rate), g, w);

        public void Bound(double g, ref UpdateBounds bounds) => bounds.Parameters += rate * g;
    }
}
