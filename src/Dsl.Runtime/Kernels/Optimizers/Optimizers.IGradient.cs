using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Gradients as a rule sees them.</content>
internal static partial class Optimizers
{
    /// <summary>What becomes of a raw gradient before the rule sees it.</summary>
    private interface IGradient
    {
        V Of<V>(V g, V w)
            where V : unmanaged, ISimd<V>;

        /// <summary>A bound on what the rule sees, of raw gradients and parameters up to the given magnitudes.</summary>
        double Bound(double g, double w);
    }

    private readonly struct Plain : IGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V g, V w)
            where V : unmanaged, ISimd<V>
            => g;

        public double Bound(double g, double w) => g;
    }

    // scale·g + decay·w + l1·sign(w)
    private readonly struct Regularized(float scale, float decay, float l1) : IGradient
    {
        private readonly float scale = scale;
        private readonly float decay = decay;
        private readonly float l1 = l1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V g, V w)
            where V : unmanaged, ISimd<V>
        {
            V sign = V.Select(V.GreaterThan(w, V.Zero), V.Create(1f), V.Zero) - V.Select(V.LessThan(w, V.Zero), V.Create(1f), V.Zero);
            return V.MultiplyAdd(V.Create(l1), sign, V.MultiplyAdd(V.Create(decay), w, V.Create(scale) * g));
        }

        public double Bound(double g, double w) => scale * g + decay * w + l1;
    }
}
