using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>What is delicate about batch norm: sums over many values far from zero, bits on any number of threads, constant channels.</summary>
public sealed class BatchNormTests
{
    [Theory]
    [InlineData(100f, 1f)]
    [InlineData(-3f, 1000f)]
    [InlineData(1e4f, 1f)]
    public void Statistics_are_exact_far_from_zero(float mean, float deviation)
    {
        const int Batch = 40, Channels = 19, Side = 31;
        using Samples samples = new(1);
        TensorView x = samples.NormalView(Batch, Channels, Side, Side, true, deviation);
        Samples.ForEach(in x, Batch, (ref float v, int _) => v += mean);
        TensorView y = samples.View(Batch, Channels, Side, Side, false);
        FloatBuffer gamma = samples.Floats(Channels, _ => 1), beta = samples.Floats(Channels, _ => 0), means = samples.Floats(Channels), variances = samples.Floats(Channels);
        CpuBackend.BatchNorm(in x, gamma, beta, 1e-5f, default, means, variances, in y, Batch);
        double[][] byChannel = [.. Samples.Values(in x, Batch).Select((v, i) => (v, i)).GroupBy(p => p.i % Channels, p => (double)p.v).Select(g => g.ToArray())];
        double[] exactMeans = [.. byChannel.Select(v => v.Average())];
        double[] exactVariances = [.. byChannel.Select((v, c) => v.Average(a => (a - exactMeans[c]) * (a - exactMeans[c])))];
        for (int c = 0; c < Channels; c++)
        {
            Assert.Equal(0, (Samples.Values(means, Channels)[c] - exactMeans[c]) / (Math.Abs(mean) + deviation), 1e-7);
            Assert.Equal(1, Samples.Values(variances, Channels)[c] / exactVariances[c], 1e-6);
        }
    }

    [Fact]
    public void A_constant_channel_becomes_beta()
    {
        using Samples samples = new(1);
        TensorView x = samples.NormalView(5, 3, 4, 4, false);
        Samples.ForEach(in x, 5, (ref float v, int i) => v = 0.1f * (i % 3 + 1));
        TensorView y = samples.View(5, 3, 4, 4, true);
        FloatBuffer gamma = samples.Floats(3, _ => 2), beta = samples.Floats(3, c => c), mean = samples.Floats(3), variance = samples.Floats(3);
        CpuBackend.BatchNorm(in x, gamma, beta, 1e-5f, default, mean, variance, in y, 5);
        Assert.Equal([0, 0, 0], Samples.Values(variance, 3));
        Samples.Close(Samples.Values(in y, 5), i => i % 3, 0);
    }

    [Theory]
    [InlineData(UnaryFunction.ReLU, 0f)]
    [InlineData(UnaryFunction.ReLU6, 0f)]
    [InlineData(UnaryFunction.LeakyReLU, 0.1f)]
    public void An_output_formed_again_has_the_derivative_of_the_stored_one(UnaryFunction function, float parameter)
    {
        const int Batch = 24, Channels = 37, Side = 17;
        using Samples samples = new(1);
        Epilogue epilogue = new(function, parameter);
        TensorView x = samples.NormalView(Batch, Channels, Side, Side, false);

        // Constant channels lie at their beta, one of them on the kink.
        Samples.ForEach(in x, Batch, (ref float v, int i) => v = i % Channels < 2 ? 3 : v + 100);
        FloatBuffer gamma = samples.Floats(Channels, c => 1 + c % 3), beta = samples.Floats(Channels, c => c == 0 ? 0 : c % 5 - 2.25f);
        FloatBuffer mean = samples.Floats(Channels), variance = samples.Floats(Channels);
        TensorView y = samples.View(Batch, Channels, Side, Side, true);
        CpuBackend.BatchNorm(in x, gamma, beta, 1e-5f, epilogue, mean, variance, in y, Batch);
        TensorView dy = samples.NormalView(Batch, Channels, Side, Side, false), read = samples.View(Batch, Channels, Side, Side, false);
        CpuBackend.Copy(in dy, in read, Batch);
        TensorView dx = samples.View(Batch, Channels, Side, Side, true), expectedDx = samples.View(Batch, Channels, Side, Side, true);
        FloatBuffer dGamma = samples.Floats(Channels), dBeta = samples.Floats(Channels), expectedDGamma = samples.Floats(Channels), expectedDBeta = samples.Floats(Channels);
        CpuBackend.BatchNormBackward(in x, gamma, beta, 1e-5f, epilogue, mean, variance, in y, in dy, in dx, dGamma, dBeta, Batch);

        // The end of a residual reads its output; an addend of zeros would have changed nothing in it.
        CpuBackend.BatchNormAddBackward(in x, gamma, 1e-5f, epilogue, mean, variance, in y, in read, in expectedDx, expectedDGamma, expectedDBeta, Batch);
        Assert.Equal(Samples.Values(in expectedDx, Batch), Samples.Values(in dx, Batch));
        Assert.Equal(Samples.Values(expectedDGamma, Channels), Samples.Values(dGamma, Channels));
        Assert.Equal(Samples.Values(expectedDBeta, Channels), Samples.Values(dBeta, Channels));
        Samples.HaloIsZero(in dx, Batch);
    }
}
