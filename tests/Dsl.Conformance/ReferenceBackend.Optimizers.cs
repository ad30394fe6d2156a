using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Optimizers, as PyTorch 1.13 writes them.</content>
public readonly partial struct ReferenceBackend
{
    private const int VerdictFloats = StepOutcome.VerdictFloats;

    /// <inheritdoc/>
    public static void CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step)
    {
        if (!double.IsFinite(At(verdict, VerdictFloats)[0]))
            return;
        Put([BitConverter.Int32BitsToSingle(unchecked((int)step))], verdict + StepOutcome.Step);
        double lost = At(loss, 1)[0];
        if (!double.IsFinite(lost))
        {
            Refuse(verdict, lost, -1);
            return;
        }

        var g = At(gradients, count);
        double largest = 0;
        for (long i = 0; i < count; i++)
        {
            if (!double.IsFinite(g[i]))
            {
                Refuse(verdict, g[i], i);
                return;
            }

            largest = Math.Max(largest, Math.Abs(g[i]));
        }

        Set(At(verdict, VerdictFloats), 0, largest);
    }

    /// <inheritdoc/>
    public static void GradientNorm(FloatBuffer gradients, long count, FloatBuffer norm)
    {
        var g = At(gradients, count);
        double sum = 0;
        for (long i = 0; i < count; i++)
            sum += g[i] * g[i];
        Set(At(norm, 1), 0, Math.Sqrt(sum));
    }

    /// <inheritdoc/>
    public static void Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
    {
        var v = velocity.IsNone ? default : At(velocity, count);
        bool first = step == 1;
        bool keeps = !velocity.IsNone;
        Update(parameters, gradients, count, regularization, true, norm, verdict, (i, w, g) =>
        {
            if (keeps)
            {
                v[i] = first ? g : (momentum * v[i]) + g;

                // In float32, where it may be beyond the range though the rate would bring it back.
                g = nesterov ? (float)(g + (momentum * v[i])) : v[i];
            }

            return w - (rate * g);
        }, velocity);
    }

    /// <inheritdoc/>
    public static void Adam(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer mean, FloatBuffer variance, long count, float rate, float beta1, float beta2, float epsilon, bool decoupled, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
    {
        var m = At(mean, count);
        var v = At(variance, count);
        double decay = decoupled ? 1 - ((double)rate * regularization.WeightDecay) : 1;
        double correction1 = 1 - Math.Pow(beta1, step);
        double correction2 = 1 - Math.Pow(beta2, step);
        Update(parameters, gradients, count, regularization, !decoupled, norm, verdict, (i, w, g) =>
        {
            m[i] = WithoutDenormals((beta1 * m[i]) + ((1.0 - beta1) * g));
            v[i] = WithoutDenormals((beta2 * v[i]) + ((1.0 - beta2) * g * g));
            return (w * decay) - (rate / correction1 * m[i] / (Math.Sqrt(v[i] / correction2) + epsilon));
        }, mean, variance);
    }

    /// <inheritdoc/>
    public static void RmsProp(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer square, FloatBuffer velocity, long count, float rate, float alpha, float epsilon, float momentum, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
    {
        var s = At(square, count);
        bool keeps = !velocity.IsNone;
        var v = keeps ? At(velocity, count) : default;
        Update(parameters, gradients, count, regularization, true, norm, verdict, (i, w, g) =>
        {
            s[i] = WithoutDenormals((alpha * s[i]) + ((1.0 - alpha) * g * g));
            double change = g / (Math.Sqrt(s[i]) + epsilon);
            if (keeps)
            {
                v[i] = WithoutDenormals((momentum * v[i]) + change);
                change = v[i];
            }

            return w - (rate * change);
        }, square, velocity);
    }

    /// <inheritdoc/>
    public static void Adagrad(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer sum, long count, float rate, float epsilon, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step)
    {
        var s = At(sum, count);
        Update(parameters, gradients, count, regularization, true, norm, verdict, (i, w, g) =>
        {
            s[i] += g * g;
            return w - (rate * g / (Math.Sqrt(s[i]) + epsilon));
        }, sum);
    }

    /// <summary>What all optimizers share: nothing on a verdict that is not finite, nor where a result is not; clip, weight decay into the gradient, L1.</summary>
    private static void Update(FloatBuffer parameters, FloatBuffer gradients, long count, in Regularization regularization, bool decaysGradient, FloatBuffer norm, FloatBuffer verdict, Func<long, double, double, double> step, params ReadOnlySpan<FloatBuffer> states)
    {
        if (!double.IsFinite(At(verdict, VerdictFloats)[0]))
            return;
        float[] before = Contents(parameters, count);
        float[][] statesBefore = new float[states.Length][];
        for (int k = 0; k < states.Length; k++)
            statesBefore[k] = Contents(states[k], count);
        var w = At(parameters, count);
        var gradient = At(gradients, count);
        double clip = regularization.ClipNorm > 0 ? Math.Min(1, regularization.ClipNorm / (At(norm, 1)[0] + 1e-6)) : 1;
        for (long i = 0; i < count; i++)
        {
            double g = gradient[i] * clip;
            if (decaysGradient && regularization.WeightDecay > 0)
                g += regularization.WeightDecay * w[i];
            if (regularization.L1 > 0)
                g += regularization.L1 * Sign(w[i]);
            w[i] = step(i, w[i], g);
        }

        for (long i = 0; i < count; i++)
        {
            bool isFinite = double.IsFinite(w[i]);
            foreach (FloatBuffer state in states)
                isFinite &= state.IsNone || double.IsFinite(At(state, count)[i]);
            if (isFinite)
                continue;
            Put(before, parameters);
            for (int k = 0; k < states.Length; k++)
            {
                if (!states[k].IsNone)
                    Put(statesBefore[k], states[k]);
            }

            Refuse(verdict, double.NaN, i);
            return;
        }
    }

    private static float[] Contents(FloatBuffer buffer, long count)
    {
        return buffer.IsNone ? [] : Memory(buffer, nameof(buffer)).AsSpan(checked((int)buffer.Offset), checked((int)count)).ToArray();
    }

    private static void Refuse(FloatBuffer verdict, double cause, long place)
    {
        Set(At(verdict, VerdictFloats), 0, cause);
        Put([BitConverter.Int32BitsToSingle((int)Math.Min(place, int.MaxValue))], verdict + StepOutcome.Place);
    }

    private static double WithoutDenormals(double value) => Math.Abs(value) < 1.17549435e-38 ? 0 : value;
}
