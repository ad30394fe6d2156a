using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Normalisation by the batch, and by row.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void BatchNormSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer unbiased, FloatBuffer y, int steps, int features, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var result = At(y, (long)batch * steps * features);
        Require(!result.Overlaps(input));
        long count = 0;
        for (int n = 0; n < batch; n++)
            count += LengthOf(lengths, n, steps);
        for (int f = 0; f < features; f++)
        {
            double average = 0;
            double squares = 0;
            for (long row = 0; row < (long)batch * steps; row++)
                average += IsOwn(row) ? input[(row * features) + f] / count : 0;
            for (long row = 0; row < (long)batch * steps; row++)
                squares += IsOwn(row) ? Math.Pow(input[(row * features) + f] - average, 2) : 0;
            Set(At(mean, features), f, average);
            Set(At(variance, features), f, squares / count);
            Set(At(unbiased, features), f, squares / (count - 1));
            for (long row = 0; row < (long)batch * steps; row++)
                result[(row * features) + f] = ((input[(row * features) + f] - average) / Math.Sqrt((squares / count) + epsilon) * At(gamma, features)[f]) + At(beta, features)[f];
        }

        bool IsOwn(long row) => row % steps < LengthOf(lengths, (int)(row / steps), steps);
    }

    /// <inheritdoc/>
    public static void BatchNormStepsBackward(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, int steps, int features, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var gradient = At(dy, (long)batch * steps * features);
        long count = 0;
        for (int n = 0; n < batch; n++)
            count += LengthOf(lengths, n, steps);
        for (int f = 0; f < features; f++)
        {
            double factor = 1 / Math.Sqrt(At(variance, features)[f] + epsilon);
            double ofGamma = 0;
            double ofBeta = 0;
            for (long row = 0; row < (long)batch * steps; row++)
            {
                ofBeta += gradient[(row * features) + f];
                ofGamma += gradient[(row * features) + f] * Normal(row, f, factor);
            }

            if (!dGamma.IsNone)
                Set(At(dGamma, features), f, ofGamma);
            if (!dBeta.IsNone)
                Set(At(dBeta, features), f, ofBeta);
            for (long row = 0; row < (long)batch * steps && !dx.IsNone; row++)
            {
                bool isOwn = row % steps < LengthOf(lengths, (int)(row / steps), steps);
                double of = gradient[(row * features) + f] - (isOwn ? (ofBeta + (Normal(row, f, factor) * ofGamma)) / count : 0);
                Set(At(dx, (long)batch * steps * features), (int)((row * features) + f), factor * At(gamma, features)[f] * of);
            }
        }

        double Normal(long row, int f, double factor) => (input[(row * features) + f] - At(mean, features)[f]) * factor;
    }

    /// <inheritdoc/>
    public static void LayerNorm(FloatBuffer x, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer y, FloatBuffer mean, FloatBuffer scale, long rows, int length)
    {
        var input = At(x, rows * length);
        var weight = At(gamma, length);
        var shift = At(beta, length);
        var result = At(y, rows * length);
        Require(!result.Overlaps(input));
        for (long r = 0; r < rows; r++)
        {
            double average = 0;
            for (int i = 0; i < length; i++)
                average += input[(r * length) + i] / length;
            double variance = 0;
            for (int i = 0; i < length; i++)
                variance += Math.Pow(input[(r * length) + i] - average, 2) / length;
            double factor = 1 / Math.Sqrt(variance + epsilon);
            for (int i = 0; i < length; i++)
                result[(r * length) + i] = ((input[(r * length) + i] - average) * factor * weight[i]) + shift[i];
            if (!mean.IsNone)
                Set(At(mean, rows), (int)r, average);
            if (!scale.IsNone)
                Set(At(scale, rows), (int)r, factor);
        }
    }

    /// <inheritdoc/>
    public static void LayerNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer mean, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, long rows, int length)
    {
        var input = At(x, rows * length);
        var weight = At(gamma, length);
        var averages = At(mean, rows);
        var factors = At(scale, rows);
        var gradient = At(dy, rows * length);
        double[] weightSums = new double[length];
        double[] shiftSums = new double[length];
        for (long r = 0; r < rows; r++)
        {
            double ofGradient = 0;
            double ofProduct = 0;
            for (int i = 0; i < length; i++)
            {
                long at = (r * length) + i;
                double normal = (input[at] - averages[r]) * factors[r];
                ofGradient += gradient[at] * weight[i] / length;
                ofProduct += gradient[at] * weight[i] * normal / length;
                weightSums[i] += gradient[at] * normal;
                shiftSums[i] += gradient[at];
            }

            if (dx.IsNone)
                continue;
            var result = At(dx, rows * length);
            for (int i = 0; i < length; i++)
            {
                long at = (r * length) + i;
                double normal = (input[at] - averages[r]) * factors[r];
                result[at] = factors[r] * ((gradient[at] * weight[i]) - ofGradient - (normal * ofProduct));
            }
        }

        for (int i = 0; i < length; i++)
        {
            if (!dGamma.IsNone)
                Set(At(dGamma, length), i, weightSums[i]);
            if (!dBeta.IsNone)
                Set(At(dBeta, length), i, shiftSums[i]);
        }
    }

    /// <inheritdoc/>
    public static void RmsNorm(FloatBuffer x, FloatBuffer gamma, float epsilon, FloatBuffer y, FloatBuffer scale, long rows, int length)
    {
        var input = At(x, rows * length);
        var weight = At(gamma, length);
        var result = At(y, rows * length);
        Require(!result.Overlaps(input));
        for (long r = 0; r < rows; r++)
        {
            double square = 0;
            for (int i = 0; i < length; i++)
                square += Math.Pow(input[(r * length) + i], 2) / length;
            double factor = 1 / Math.Sqrt(square + epsilon);
            for (int i = 0; i < length; i++)
                result[(r * length) + i] = input[(r * length) + i] * factor * weight[i];
            if (!scale.IsNone)
                Set(At(scale, rows), (int)r, factor);
        }
    }

    /// <inheritdoc/>
    public static void RmsNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, long rows, int length)
    {
        var input = At(x, rows * length);
        var weight = At(gamma, length);
        var factors = At(scale, rows);
        var gradient = At(dy, rows * length);
        double[] sums = new double[length];
        for (long r = 0; r < rows; r++)
        {
            double product = 0;
            for (int i = 0; i < length; i++)
            {
                long at = (r * length) + i;
                product += gradient[at] * weight[i] * input[at] * factors[r] / length;
                sums[i] += gradient[at] * input[at] * factors[r];
            }

            for (int i = 0; i < length && !dx.IsNone; i++)
            {
                long at = (r * length) + i;
                At(dx, rows * length)[at] = factors[r] * ((gradient[at] * weight[i]) - (input[at] * factors[r] * product));
            }
        }

        for (int i = 0; i < length && !dGamma.IsNone; i++)
            Set(At(dGamma, length), i, sums[i]);
    }

    /// <inheritdoc/>
    public static void GroupNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, int groups, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        RequireSameInterior(input, output);
        RequireDisjoint(output.Values, input.Values);
        Require(input.Channels % groups == 0);
        var weight = At(gamma, input.Channels);
        var shift = At(beta, input.Channels);
        int width = input.Channels / groups;
        double count = input.Height * input.Width * width;
        double[] averages = new double[batch * groups];
        double[] variances = new double[batch * groups];
        input.ForEach((n, h, w, c) => averages[(n * groups) + (c / width)] += input[n, h, w, c] / count);
        input.ForEach((n, h, w, c) => variances[(n * groups) + (c / width)] += Math.Pow(input[n, h, w, c] - averages[(n * groups) + (c / width)], 2) / count);
        output.Set((n, h, w, c) =>
        {
            int group = (n * groups) + (c / width);
            return Apply(epilogue, ((input[n, h, w, c] - averages[group]) / Math.Sqrt(variances[group] + epsilon) * weight[c]) + shift[c]);
        });
        for (int i = 0; i < averages.Length; i++)
        {
            if (!mean.IsNone)
                Set(At(mean, averages.Length), i, averages[i]);
            if (!scale.IsNone)
                Set(At(scale, averages.Length), i, 1 / Math.Sqrt(variances[i] + epsilon));
        }
    }

    /// <inheritdoc/>
    public static void GroupNormBackward(in TensorView x, FloatBuffer gamma, int groups, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch)
    {
        var input = At(x, batch);
        var gradient = At(dy, batch);
        var output = epilogue.Function == UnaryFunction.Identity ? default : At(y, batch);
        RequireSameInterior(input, gradient);
        int channels = input.Channels;
        int width = channels / groups;
        var weight = At(gamma, channels);
        var averages = At(mean, (long)batch * groups);
        var factors = At(scale, (long)batch * groups);
        double count = input.Height * input.Width * width;
        double Normalised(int n, int h, int w, int c) => (input[n, h, w, c] - averages[(n * groups) + (c / width)]) * factors[(n * groups) + (c / width)];
        double Gradient(int n, int h, int w, int c) =>
            Chain(gradient[n, h, w, c], epilogue.Function == UnaryFunction.Identity ? 1 : DerivativeFromOutput(epilogue, output[n, h, w, c]));

        double[] shiftSums = new double[channels];
        double[] weightSums = new double[channels];
        double[] ofGradient = new double[batch * groups];
        double[] ofProduct = new double[batch * groups];
        input.ForEach((n, h, w, c) =>
        {
            double g = Gradient(n, h, w, c);
            shiftSums[c] += g;
            weightSums[c] += g * Normalised(n, h, w, c);
            ofGradient[(n * groups) + (c / width)] += g * weight[c] / count;
            ofProduct[(n * groups) + (c / width)] += g * weight[c] * Normalised(n, h, w, c) / count;
        });
        if (!dx.IsNone)
        {
            var result = At(dx, batch);
            RequireSameInterior(result, input);
            RequireDisjoint(result.Values, input.Values, gradient.Values);
            result.Set((n, h, w, c) =>
            {
                int group = (n * groups) + (c / width);
                return factors[group] * ((Gradient(n, h, w, c) * weight[c]) - ofGradient[group] - (Normalised(n, h, w, c) * ofProduct[group]));
            });
        }

        for (int c = 0; c < channels; c++)
        {
            if (!dGamma.IsNone)
                Set(At(dGamma, channels), c, weightSums[c]);
            if (!dBeta.IsNone)
                Set(At(dBeta, channels), c, shiftSums[c]);
        }
    }

    /// <inheritdoc/>
    public static void BatchNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        RequireSameInterior(input, output);
        RequireDisjoint(output.Values, input.Values);
        var gammas = At(gamma, input.Channels);
        var betas = At(beta, input.Channels);
        var means = At(mean, input.Channels);
        var variances = At(variance, input.Channels);
        double count = batch * input.Height * input.Width;
        double[] sums = new double[input.Channels];
        double[] squares = new double[input.Channels];
        input.ForEach((n, h, w, c) => sums[c] += input[n, h, w, c] / count);
        input.ForEach((n, h, w, c) => squares[c] += Math.Pow(input[n, h, w, c] - sums[c], 2) / count);
        for (int c = 0; c < input.Channels; c++)
        {
            means[c] = sums[c];
            variances[c] = squares[c];
        }

        output.Set((n, h, w, c) =>
            Apply(epilogue, ((input[n, h, w, c] - sums[c]) / Math.Sqrt(squares[c] + epsilon) * gammas[c]) + betas[c]));
    }

    /// <inheritdoc/>
    public static void BatchNormAdd(in TensorView x, in TensorView addend, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch)
    {
        BatchNorm(in x, gamma, beta, epsilon, default, mean, variance, in y, batch);
        var input = At(x, batch);
        var added = At(addend, batch);
        var output = At(y, batch);
        RequireSameInterior(added, output);
        RequireDisjoint(output.Values, added.Values);
        var gammas = At(gamma, input.Channels);
        var betas = At(beta, input.Channels);
        var means = At(mean, input.Channels);
        var variances = At(variance, input.Channels);
        output.Set((n, h, w, c) =>
            Apply(epilogue, ((input[n, h, w, c] - means[c]) / Math.Sqrt(variances[c] + epsilon) * gammas[c]) + betas[c] + added[n, h, w, c]));
    }

    /// <inheritdoc/>
    public static void BatchNormAddBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch)
    {
        var gradient = At(dy, batch);
        double[] masked = new double[batch * gradient.Height * gradient.Width * gradient.Channels];
        int next = 0;
        if (epilogue.Function == UnaryFunction.Identity)
        {
            gradient.ForEach((n, h, w, c) => masked[next++] = gradient[n, h, w, c]);
        }
        else
        {
            var output = At(y, batch);
            gradient.ForEach((n, h, w, c) => masked[next++] = Chain(gradient[n, h, w, c], DerivativeFromOutput(epilogue, output[n, h, w, c])));
        }

        BatchNormBackward(in x, gamma, FloatBuffer.None, epsilon, epilogue, mean, variance, in y, in dy, in dx, dGamma, dBeta, batch);
        next = 0;
        gradient.Set((n, h, w, c) => masked[next++]);
    }

    /// <inheritdoc/>
    public static void BatchNormBackward(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch)
    {
        var input = At(x, batch);
        var gradient = At(dy, batch);
        var output = epilogue.Function == UnaryFunction.Identity ? default : At(y, batch);
        RequireSameInterior(input, gradient);
        int channels = input.Channels;
        var gammas = At(gamma, channels);
        var means = At(mean, channels);
        var variances = At(variance, channels);
        double count = batch * input.Height * input.Width;

        double Normalised(int n, int h, int w, int c) => (input[n, h, w, c] - means[c]) / Math.Sqrt(variances[c] + epsilon);
        double Gradient(int n, int h, int w, int c)
            => Chain(gradient[n, h, w, c], epilogue.Function == UnaryFunction.Identity ? 1 : DerivativeFromOutput(epilogue, output[n, h, w, c]));

        double[] sums = new double[channels];
        double[] products = new double[channels];
        input.ForEach((n, h, w, c) =>
        {
            sums[c] += Gradient(n, h, w, c);
            products[c] += Gradient(n, h, w, c) * Normalised(n, h, w, c);
        });

        if (!dx.IsNone)
        {
            var result = At(dx, batch);
            RequireSameInterior(result, input);
            RequireDisjoint(result.Values, input.Values, gradient.Values);
            result.Set((n, h, w, c) => gammas[c] / Math.Sqrt(variances[c] + epsilon)
                * (Gradient(n, h, w, c) - (sums[c] / count) - (Normalised(n, h, w, c) * products[c] / count)));
        }

        for (int c = 0; c < channels; c++)
        {
            if (!dGamma.IsNone)
                Set(At(dGamma, channels), c, products[c]);
            if (!dBeta.IsNone)
                Set(At(dBeta, channels), c, sums[c]);
        }

        gradient.Destroy();
    }

    /// <inheritdoc/>
    public static void CheckRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, long place, FloatBuffer verdict)
    {
        if (!double.IsFinite(At(verdict, VerdictFloats)[0]))
            return;
        for (int c = 0; c < channels; c++)
        {
            float nextMean = (float)(((1.0 - momentum) * At(runningMean, channels)[c]) + (momentum * At(mean, channels)[c]));
            float nextVariance = (float)(((1.0 - momentum) * At(runningVariance, channels)[c]) + (momentum * At(variance, channels)[c] * count / (count - 1)));
            if (!float.IsFinite(nextMean) || !float.IsFinite(nextVariance))
            {
                Refuse(verdict, double.NaN, place);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public static void UpdateRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, FloatBuffer verdict)
    {
        if (!double.IsFinite(At(verdict, VerdictFloats)[0]))
            return;
        var means = At(runningMean, channels);
        var variances = At(runningVariance, channels);
        for (int c = 0; c < channels; c++)
        {
            means[c] = ((1.0 - momentum) * means[c]) + (momentum * At(mean, channels)[c]);
            variances[c] = ((1.0 - momentum) * variances[c]) + (momentum * At(variance, channels)[c] * count / (count - 1));
        }
    }

    /// <inheritdoc/>
    public static void FoldBatchNorm(FloatBuffer gamma, FloatBuffer beta, FloatBuffer runningMean, FloatBuffer runningVariance, float epsilon, FloatBuffer bias, FloatBuffer scale, FloatBuffer shift, int channels)
    {
        var scales = At(scale, channels);
        var shifts = At(shift, channels);
        for (int c = 0; c < channels; c++)
        {
            double factor = At(gamma, channels)[c] / Math.Sqrt(At(runningVariance, channels)[c] + epsilon);
            double offset = bias.IsNone ? 0 : At(bias, channels)[c];
            scales[c] = factor;
            shifts[c] = At(beta, channels)[c] + ((offset - At(runningMean, channels)[c]) * factor);
        }
    }

    /// <inheritdoc/>
    public static void ScaleShift(in TensorView x, FloatBuffer scale, FloatBuffer shift, Epilogue epilogue, in TensorView y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        RequireSameOrDisjoint(output, input);
        var scales = At(scale, input.Channels);
        var shifts = At(shift, input.Channels);
        output.Set((n, h, w, c) => Apply(epilogue, (input[n, h, w, c] * scales[c]) + shifts[c]));
    }

    /// <inheritdoc/>
    public static void ScaleShiftBackward(FloatBuffer scale, Epilogue epilogue, in TensorView y, in TensorView dy, in TensorView dx, int batch)
    {
        var gradient = At(dy, batch);
        var output = epilogue.Function == UnaryFunction.Identity ? default : At(y, batch);
        var result = At(dx, batch);
        RequireSameOrDisjoint(result, gradient);
        var scales = At(scale, gradient.Channels);
        result.Set((n, h, w, c) => scales[c]
            * Chain(gradient[n, h, w, c], epilogue.Function == UnaryFunction.Identity ? 1 : DerivativeFromOutput(epilogue, output[n, h, w, c])));
    }

    private static void Set(Values values, int index, double value) => values[index] = value;
}
