using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Element-wise passes over views. Views without halos take one flat run over the whole batch, others a run a row; results may lie over operands.
/// </summary>
internal static partial class Elementwise
{
    /// <summary>Floats that a part takes at a time in flat passes.</summary>
    private const int Block = 4096;

    internal readonly struct Sum : IMap2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V a, V b, V parameter)
            where V : unmanaged, ISimd<V>
            => a + b;
    }

    internal readonly struct Product : IMap2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V a, V b, V parameter)
            where V : unmanaged, ISimd<V>
            => a * b;
    }
}
