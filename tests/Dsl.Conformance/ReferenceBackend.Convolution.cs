using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Convolutions with groups, their epilogue and pool.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void PrepareConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared)
    {
        int perOutput = shape.InputChannels / shape.Groups * shape.KernelHeight * shape.KernelWidth;
        var w = At(weight, (long)shape.OutputChannels * perOutput);
        var result = At(prepared, shape.PreparedFloats);
        RequireDisjoint(result, w);
        result.Fill(float.NaN);
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            double factor = scale.IsNone ? 1 : At(scale, shape.OutputChannels)[o];
            for (int i = 0; i < perOutput; i++)
                result[((long)o * perOutput) + i] = factor * w[((long)o * perOutput) + i];
        }
    }

    /// <inheritdoc/>
    public static void PrepareConv2dBackward(in Conv2dShape shape, FloatBuffer weight, FloatBuffer prepared)
    {
        // I × O/Groups × kh × kw, unlike the forward weights: so that passing one for the other shows.
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        int kernel = shape.KernelHeight * shape.KernelWidth;
        var w = At(weight, (long)shape.OutputChannels * inputs * kernel);
        var result = At(prepared, shape.PreparedBackwardFloats);
        RequireDisjoint(result, w);
        result.Fill(float.NaN);
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                int channel = (o / outputs * inputs) + i;
                for (int k = 0; k < kernel; k++)
                    result[((((long)channel * outputs) + (o % outputs)) * kernel) + k] = w[((((long)o * inputs) + i) * kernel) + k];
            }
        }
    }

    /// <inheritdoc/>
    public static void Conv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, FloatBuffer indices, int batch)
    {
        int inputs = shape.InputChannels / shape.Groups;
        var weights = At(prepared, (long)shape.OutputChannels * inputs * shape.KernelHeight * shape.KernelWidth);
        var input = At(x, batch);
        var output = At(y, batch);
        RequireConvolution(shape, input, output);
        input.RequireZeroHalo(nameof(x));
        RequireDisjoint(output.Values, input.Values, weights);

        float[,,] result = new float[shape.ConvHeight, shape.ConvWidth, shape.OutputChannels];
        output.ZeroHalo();
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < shape.ConvHeight; h++)
            {
                for (int w = 0; w < shape.ConvWidth; w++)
                {
                    for (int o = 0; o < shape.OutputChannels; o++)
                    {
                        double sum = bias.IsNone ? 0 : At(bias, shape.OutputChannels)[o];
                        int firstInput = o / (shape.OutputChannels / shape.Groups) * inputs;
                        long weight = (long)o * inputs * shape.KernelHeight * shape.KernelWidth;
                        for (int i = 0; i < inputs; i++)
                        {
                            for (int kh = 0; kh < shape.KernelHeight; kh++)
                            {
                                for (int kw = 0; kw < shape.KernelWidth; kw++, weight++)
                                {
                                    if (Reads(shape, input.Layout, h, w, kh, kw, out int row, out int column))
                                        sum += input[n, row, column, firstInput + i] * weights[weight];
                                }
                            }
                        }

                        result[h, w, o] = (float)Apply(shape.Epilogue, sum);
                    }
                }
            }

            if (shape.Pool.IsGiven)
                MaxPoolSample(shape.Pool, result, output, indices, n);
            else
                CopySample(result, output, n);
        }
    }

    /// <inheritdoc/>
    public static void Conv2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, FloatBuffer indices, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch)
    {
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        int kernel = shape.KernelHeight * shape.KernelWidth;
        var outputGradient = At(dy, batch);
        outputGradient.RequireZeroHalo(nameof(dy));
        var g = BehindEpilogueAndPool(shape, y, indices, outputGradient);

        if (!dx.IsNone)
        {
            var weights = At(preparedBackward, (long)shape.InputChannels * outputs * kernel);
            var result = At(dx, batch);
            Require(result.Channels == shape.InputChannels);
            RequireDisjoint(result.Values, outputGradient.Values, weights);
            result.ZeroHalo();
            for (int n = 0; n < batch; n++)
            {
                double[,,] sums = new double[result.Height, result.Width, result.Channels];
                ForEachProduct(shape, result.Layout, (h, w, o, row, column, channel, tap) =>
                    sums[row, column, channel] += g[n, h, w, o] * weights[((((long)channel * outputs) + (o % outputs)) * kernel) + tap]);
                for (int row = 0; row < result.Height; row++)
                {
                    for (int column = 0; column < result.Width; column++)
                    {
                        for (int channel = 0; channel < result.Channels; channel++)
                            result[n, row, column, channel] = sums[row, column, channel];
                    }
                }
            }
        }

        if (!dWeight.IsNone)
        {
            Tensor input = At(x, batch);
            input.RequireZeroHalo(nameof(x));

            var result = At(dWeight, (long)shape.OutputChannels * inputs * kernel);
            RequireDisjoint(result, input.Values, outputGradient.Values);
            double[] sums = new double[result.Count];
            for (int n = 0; n < batch; n++)
            {
                ForEachProduct(shape, input.Layout, (h, w, o, row, column, channel, tap) =>
                    sums[(((o * inputs) + (channel % inputs)) * kernel) + tap] += g[n, h, w, o] * input[n, row, column, channel]);
            }

            for (int i = 0; i < sums.Length; i++)
                result[i] = sums[i];
        }

        if (!dBias.IsNone)
            SumOverPixels(g, At(dBias, shape.OutputChannels));

        outputGradient.Destroy();
    }

    /// <inheritdoc/>
    public static void ConvTranspose2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch)
    {
        int outputs = shape.OutputChannels / shape.Groups;
        int kernel = shape.KernelHeight * shape.KernelWidth;
        var weights = At(prepared, (long)shape.InputChannels * outputs * kernel);
        var input = At(x, batch);
        var output = At(y, batch);
        RequireConvolution(shape with { Algorithm = ConvAlgorithm.Direct }, output, input);
        Require(shape.Algorithm == ConvAlgorithm.Direct);
        input.RequireZeroHalo(nameof(x));
        RequireDisjoint(output.Values, input.Values, weights);
        Epilogue epilogue = shape.Epilogue;
        double[,,,] sums = new double[batch, output.Height, output.Width, output.Channels];
        for (int n = 0; n < batch; n++)
        {
            ForEachProduct(shape, output.Layout, (h, w, o, row, column, channel, tap) =>
                sums[n, row, column, channel] += input[n, h, w, o] * weights[((((long)channel * outputs) + (o % outputs)) * kernel) + tap]);
        }

        output.Set((n, h, w, c) => Apply(epilogue, sums[n, h, w, c] + (bias.IsNone ? 0 : At(bias, output.Channels)[c])));
    }

    /// <inheritdoc/>
    public static void ConvTranspose2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch)
    {
        int inputs = shape.InputChannels / shape.Groups;
        int kernel = shape.KernelHeight * shape.KernelWidth;
        var outputGradient = At(dy, batch);
        outputGradient.RequireZeroHalo(nameof(dy));
        double[,,,] g = new double[batch, outputGradient.Height, outputGradient.Width, outputGradient.Channels];
        Epilogue epilogue = shape.Epilogue;
        Tensor output = epilogue.Function == UnaryFunction.Identity ? default : At(y, batch);
        outputGradient.ForEach((n, h, w, c) =>
            g[n, h, w, c] = Chain(outputGradient[n, h, w, c], epilogue.Function == UnaryFunction.Identity ? 1 : DerivativeFromOutput(epilogue, output[n, h, w, c])));
        Tensor input = At(x, batch);
        input.RequireZeroHalo(nameof(x));
        if (!dx.IsNone)
        {
            var weights = At(preparedBackward, (long)shape.OutputChannels * inputs * kernel);
            var result = At(dx, batch);
            RequireSameInterior(result, input);
            RequireDisjoint(result.Values, outputGradient.Values, weights);
            double[,,,] sums = new double[batch, result.Height, result.Width, result.Channels];
            for (int n = 0; n < batch; n++)
            {
                ForEachProduct(shape, outputGradient.Layout, (h, w, o, row, column, channel, tap) =>
                    sums[n, h, w, o] += g[n, row, column, channel] * weights[((((long)o * inputs) + (channel % inputs)) * kernel) + tap]);
            }

            result.Set((n, h, w, c) => sums[n, h, w, c]);
        }

        if (!dWeight.IsNone)
        {
            var result = At(dWeight, (long)shape.OutputChannels * inputs * kernel);
            RequireDisjoint(result, input.Values, outputGradient.Values);
            double[] sums = new double[result.Count];
            for (int n = 0; n < batch; n++)
            {
                ForEachProduct(shape, outputGradient.Layout, (h, w, o, row, column, channel, tap) =>
                    sums[(((o * inputs) + (channel % inputs)) * kernel) + tap] += input[n, h, w, o] * g[n, row, column, channel]);
            }

            for (int i = 0; i < sums.Length; i++)
                result[i] = sums[i];
        }

        if (!dBias.IsNone)
            SumOverPixels(g, At(dBias, shape.InputChannels));
        outputGradient.Destroy();
    }

    /// <summary>The gradient of the convolution's own output, before epilogue and pool.</summary>
    private static double[,,,] BehindEpilogueAndPool(in Conv2dShape shape, in TensorView y, FloatBuffer indices, in Tensor dy)
    {
        var pool = shape.Pool;
        double[,,,] g = new double[dy.Batch, shape.ConvHeight, shape.ConvWidth, shape.OutputChannels];
        for (int n = 0; n < dy.Batch; n++)
        {
            for (int h = 0; h < dy.Height; h++)
            {
                for (int w = 0; w < dy.Width; w++)
                {
                    for (int c = 0; c < dy.Channels; c++)
                    {
                        double derivative = shape.Epilogue.Function == UnaryFunction.Identity
                            ? 1
                            : DerivativeFromOutput(shape.Epilogue, At(y, dy.Batch)[n, h, w, c]);
                        int row = h;
                        int column = w;
                        if (pool.IsGiven)
                        {
                            int chosen = ReadIndex(pool, indices, dy, n, h, w, c);
                            row = (h * pool.StrideHeight) - pool.PaddingHeight + (chosen / pool.KernelWidth);
                            column = (w * pool.StrideWidth) - pool.PaddingWidth + (chosen % pool.KernelWidth);
                        }

                        g[n, row, column, c] += Chain(dy[n, h, w, c], derivative);
                    }
                }
            }
        }

        return g;
    }

    private static void SumOverPixels(double[,,,] g, Values result)
    {
        for (int c = 0; c < g.GetLength(3); c++)
        {
            double sum = 0;
            for (int n = 0; n < g.GetLength(0); n++)
            {
                for (int h = 0; h < g.GetLength(1); h++)
                {
                    for (int w = 0; w < g.GetLength(2); w++)
                        sum += g[n, h, w, c];
                }
            }

            result[c] = sum;
        }
    }

    /// <summary>Every product of the convolution of one sample: output pixel and channel, input pixel and channel, tap of the kernel.</summary>
    private static void ForEachProduct(Conv2dShape shape, TensorLayout input, Action<int, int, int, int, int, int, int> product)
    {
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        for (int h = 0; h < shape.ConvHeight; h++)
        {
            for (int w = 0; w < shape.ConvWidth; w++)
            {
                for (int kh = 0; kh < shape.KernelHeight; kh++)
                {
                    for (int kw = 0; kw < shape.KernelWidth; kw++)
                    {
                        if (!Reads(shape, input, h, w, kh, kw, out int row, out int column))
                            continue;
                        for (int o = 0; o < shape.OutputChannels; o++)
                        {
                            for (int i = 0; i < inputs; i++)
                                product(h, w, o, row, column, (o / outputs * inputs) + i, (kh * shape.KernelWidth) + kw);
                        }
                    }
                }
            }
        }
    }

    /// <summary>The input pixel under one tap; false where that is padding.</summary>
    private static bool Reads(in Conv2dShape shape, in TensorLayout input, int h, int w, int kh, int kw, out int row, out int column)
    {
        row = (h * shape.StrideHeight) - shape.PaddingTop + (kh * shape.DilationHeight);
        column = (w * shape.StrideWidth) - shape.PaddingLeft + (kw * shape.DilationWidth);
        return row >= 0 && row < input.Height && column >= 0 && column < input.Width;
    }

    private static void RequireConvolution(in Conv2dShape shape, in Tensor x, in Tensor y)
    {
        Require(x.Channels == shape.InputChannels && y.Channels == shape.OutputChannels);
        Require(shape.InputChannels % shape.Groups == 0 && shape.OutputChannels % shape.Groups == 0);
        Require(shape.Pool.IsGiven || (y.Height == shape.ConvHeight && y.Width == shape.ConvWidth));
        Require(shape.Algorithm == ConvAlgorithm.Direct || shape.AllowsWinograd);
    }

    private static void CopySample(float[,,] sample, in Tensor y, int n)
    {
        for (int h = 0; h < y.Height; h++)
        {
            for (int w = 0; w < y.Width; w++)
            {
                for (int c = 0; c < y.Channels; c++)
                {
                    var result = y;
                    result[n, h, w, c] = sample[h, w, c];
                }
            }
        }
    }
}
