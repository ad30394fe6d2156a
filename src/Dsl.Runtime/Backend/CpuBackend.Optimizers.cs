using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.CheckGradients"/>
    public static void CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step)
    {
        if (!Verdict.Permits(verdict.Pointer))
            return;

        Verdict.Begin(verdict.Pointer, step);
        float largest = Magnitudes.Largest(gradients.Pointer, count);
        if (!float.IsFinite(loss.Pointer[0]))
            Verdict.Refuse(verdict.Pointer, loss.Pointer[0], -1);
        else if (!float.IsFinite(largest))
            Verdict.Refuse(verdict.Pointer, largest, Magnitudes.FirstNonFinite(gradients.Pointer, count));
        else
            verdict.Pointer[StepOutcome.Cause] = largest;
    }

    /// <inheritdoc cref="IBackend.GradientNorm"/>
    public static void GradientNorm(FloatBuffer gradients, long count, FloatBuffer norm)
        => norm.Pointer[0] = Optimizers.Norm(gradients.Pointer, count);

    /// <inheritdoc cref="IBackend.Sgd"/>
    public static void Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
    {
        if (velocity.IsNone)
            Optimizers.Run(new Optimizers.Sgd(rate), parameters.Pointer, gradients.Pointer, null, null, count, in regularization, norm.Pointer, verdict.Pointer);
        else
            Optimizers.Run(new Optimizers.Momentum(rate, momentum, nesterov, step == 1), parameters.Pointer, gradients.Pointer, velocity.Pointer, null, count, in regularization, norm.Pointer, verdict.Pointer);
    }

    /// <inheritdoc cref="IBackend.Adam"/>
    public static void Adam(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer mean, FloatBuffer variance, long count, float rate, float beta1, float beta2, float epsilon, bool decoupled, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
    {
        Optimizers.Adam rule = new(rate, beta1, beta2, epsilon, decoupled ? regularization.WeightDecay : 0, step);
        Optimizers.Run(rule, parameters.Pointer, gradients.Pointer, mean.Pointer, variance.Pointer, count, decoupled ? regularization with { WeightDecay = 0 } : regularization, norm.Pointer, verdict.Pointer);
    }

    /// <inheritdoc cref="IBackend.RmsProp"/>
    public static void RmsProp(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer square, FloatBuffer velocity, long count, float rate, float alpha, float epsilon, float momentum, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
    {
        if (velocity.IsNone)
            Optimizers.Run(new Optimizers.RmsProp(rate, alpha, epsilon), parameters.Pointer, gradients.Pointer, square.Pointer, null, count, in regularization, norm.Pointer, verdict.Pointer);
        else
            Optimizers.Run(new Optimizers.RmsPropMomentum(rate, alpha, epsilon, momentum), parameters.Pointer, gradients.Pointer, square.Pointer, velocity.Pointer, count, in regularization, norm.Pointer, verdict.Pointer);
    }

    /// <inheritdoc cref="IBackend.Adagrad"/>
    public static void Adagrad(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer sum, long count, float rate, float epsilon, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
        => Optimizers.Run(new Optimizers.Adagrad(rate, epsilon), parameters.Pointer, gradients.Pointer, sum.Pointer, null, count, in regularization, norm.Pointer, verdict.Pointer);
}
