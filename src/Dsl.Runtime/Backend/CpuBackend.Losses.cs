using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.CrossEntropy"/>
    public static void CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore)
        => Kernels.CrossEntropy.Run(logits.Pointer, labels.Pointer, dx.Pointer, loss.Pointer, rows, classes, smoothing, ignore);

    /// <inheritdoc cref="IBackend.Hinge"/>
    public static void Hinge(FloatBuffer scores, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows)
        => loss.Pointer[0] = Losses.Hinge(scores.Pointer, labels.Pointer, dx.Pointer, rows);

    /// <inheritdoc cref="IBackend.ElementLoss"/>
    public static void ElementLoss(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long count)
        => loss.Pointer[0] = Losses.Mean(kind, delta, x.Pointer, target.Pointer, dx.Pointer, count);

    /// <inheritdoc cref="IBackend.ElementLossOfSteps"/>
    public static void ElementLossOfSteps(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch)
        => loss.Pointer[0] = Losses.MeanOfSteps(kind, delta, x.Pointer, target.Pointer, lengths.Pointer, dx.Pointer, steps, features, batch);

    /// <inheritdoc cref="IBackend.KLDivergenceOfSteps"/>
    public static void KLDivergenceOfSteps(FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch)
        => loss.Pointer[0] = Losses.KLDivergenceOfSteps(x.Pointer, target.Pointer, lengths.Pointer, dx.Pointer, steps, features, batch);

    /// <inheritdoc cref="IBackend.CountTargetsMetOfSteps"/>
    public static void CountTargetsMetOfSteps(FloatBuffer logits, FloatBuffer targets, IntBuffer lengths, FloatBuffer correct, int steps, int features, int batch)
        => correct.Pointer[0] = TargetsMet.CountOfSteps(logits.Pointer, targets.Pointer, lengths.Pointer, steps, features, batch);

    /// <inheritdoc cref="IBackend.CountTargetsMet"/>
    public static void CountTargetsMet(FloatBuffer logits, FloatBuffer targets, FloatBuffer correct, long count)
        => correct.Pointer[0] = TargetsMet.Count(logits.Pointer, targets.Pointer, count);

    /// <inheritdoc cref="IBackend.KLDivergence"/>
    public static void KLDivergence(FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long rows, int length)
        => loss.Pointer[0] = Losses.KLDivergence(x.Pointer, target.Pointer, dx.Pointer, rows, length);
}
