using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Optimizers as one pass over flat buffers. Adam's square root and division are exact and set its pace (about 13 cycles a vector of 16 on Zen 5);
/// everything else hides behind them. A rule a file; what they share is here.
/// </summary>
internal static unsafe partial class Optimizers
{
    /// <summary>Smallest normal float: what is below it is kept out of the state, where each touch of it would cost a microcode assist.</summary>
    private const float Tiny = 1.17549435e-38f;

    /// <summary>Parameters that a part takes at a time.</summary>
    private const int Block = 4096;

    /// <summary>Applies a rule to all parameters; to none where the verdict or a value that would not be finite forbids it.</summary>
    public static void Run<TRule>(TRule rule, float* w, float* g, float* first, float* second, long count, in Regularization regularization, float* norm, float* verdict)
        where TRule : struct, IUpdateRule
    {
        if (!Verdict.Permits(verdict))
            return;

        float scale = regularization.ClipNorm > 0 && norm != null ? ClipScale(regularization.ClipNorm, norm[0]) : 1;
        if (scale == 1 && regularization.WeightDecay == 0 && regularization.L1 == 0)
            Spread(rule, default(Plain), w, g, first, second, count, verdict);
        else
            Spread(rule, new Regularized(scale, regularization.WeightDecay, regularization.L1), w, g, first, second, count, verdict);
    }

    // min(1, clip / (norm + 1e-6)), NaN kept.
    private static float ClipScale(float clip, float norm)
    {
        float scale = clip / (norm + 1e-6f);
        return scale > 1 ? 1 : scale;
    }

    private static void Spread<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count, float* verdict)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        float* known = verdict + Verdict.Bounds;
        if (UpdateBounds.TryRead(known, out UpdateBounds bounds) && IsSafe(rule, gradient, verdict[StepOutcome.Cause], ref bounds))
            bounds.Write(known);
        else if (!MayUpdate(rule, gradient, w, g, first, second, count, verdict))
            return;

        Parts.Run(Blocks(count), Block, new UpdateWork<TRule, TGradient>(rule, gradient, w, g, first, second, count));
    }

    private static int Blocks(long count) => (int)((count + Block - 1) / Block);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithoutDenormals<V>(V x)
        where V : unmanaged, ISimd<V>
        => V.ZeroWhere(V.LessThan(VectorMath.Abs(x), V.Create(Tiny)), x);

    // Of x / (√s + ε), and of the numerator, which comes first.
    private static double Quotient(double x, float epsilon) => x / Math.Min(epsilon, 1);
}
