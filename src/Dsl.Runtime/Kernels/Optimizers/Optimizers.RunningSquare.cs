using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>What both forms of RMSprop share.</content>
internal static partial class Optimizers
{
    /// <summary>s = αs + (1 - α)g², free of denormals.</summary>
    private readonly struct RunningSquare(float keep)
    {
        private readonly float keep = keep;
        private readonly float add = (float)(1 - (double)keep);
        private readonly float least = MathF.Sqrt(Tiny / (float)(1 - (double)keep));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Next<V>(V square, V g)
            where V : unmanaged, ISimd<V>
        {
            V large = V.ZeroWhere(V.LessThan(VectorMath.Abs(g), V.Create(least)), g);
            square = V.MultiplyAdd(V.Create(keep), square, V.Create(add) * large * large);
            return V.ZeroWhere(V.LessThan(square, V.Create(Tiny)), square);
        }

        public double Bound(double square, double g) => keep * square + add * g * g;
    }
}
