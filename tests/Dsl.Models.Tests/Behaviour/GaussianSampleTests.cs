using System;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>A sampling layer in networks: when it draws, and where its term of the loss is told. Its values and gradients are held against PyTorch and central differences.</summary>
public sealed class GaussianSampleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Outside_training_it_gives_the_means_and_the_loss_has_its_term(bool onReference)
    {
        using Sampling network = Plain(onReference ? Sampling.On<ReferenceBackend>(1) : new Sampling(1));
        float[] x = Draw.Numbers(new Random(1), 3 * 4);
        float[] y = new float[3 * 2];
        network.Predict(x, y);
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(n => x.Skip(4 * n).Take(2)), y);
        float[] targets = [.. y];
        targets[0] += 1;
        double term = 0.5 * Enumerable.Range(0, 6).Sum(i => Divergence(x[(4 * (i / 2)) + (i % 2)], x[(4 * (i / 2)) + 2 + (i % 2)])) / 3;
        Assert.Equal((1.0 / 6) + term, network.Loss(x, targets), 1e-5);
        Assert.Equal((1.0 / 6) + term, network.Evaluate(new Samples(targets.Length / 2, x, targets)).Loss, 1e-5);

        // Without an update the term stays, whatever is drawn.
        Assert.NotEqual(network.Loss(x, targets), network.Gradients(x, targets));
    }

    [Fact]
    public void Each_step_draws_anew_and_a_seed_draws_the_same()
    {
        using Sampling network = Plain(new Sampling(1));
        using Sampling same = Plain(new Sampling(1));
        using Sampling other = Plain(new Sampling(2));
        float[] x = Draw.Numbers(new Random(1), 3 * 4);
        float[] targets = new float[6];
        float first = network.TrainStep(x, targets);
        Assert.Equal(first, same.TrainStep(x, targets));
        Assert.NotEqual(first, other.TrainStep(x, targets));
        Assert.NotEqual(first, network.TrainStep(x, targets));
        Assert.Equal(1, same.Step);
    }

    [Fact]
    public void Its_noise_is_that_of_a_normal_distribution()
    {
        // Means and log-variances of 0, and a loss that is the mean of what was drawn: its gradient at a log-variance is noise / (2 · count).
        using var network = new Drawing(3);
        float[] x = new float[4000 * 8];
        float[] gradients = new float[x.Length];
        float[] ones = Enumerable.Repeat(1f, 4000 * 4).ToArray();
        network.GradientsFrom(x, ones, gradients);
        double[] noise = [.. Enumerable.Range(0, ones.Length).Select(i => 2.0 * gradients[(8 * (i / 4)) + 4 + (i % 4)])];
        Assert.InRange(noise.Average(), -0.03, 0.03);
        Assert.InRange(noise.Average(value => value * value), 0.97, 1.03);
        Assert.InRange(noise.Average(value => value * value * value * value), 2.8, 3.2);
        Assert.InRange(noise.Count(value => Math.Abs(value) < 1) / (double)noise.Length, 0.67, 0.695);
        Assert.InRange(noise.Zip(noise.Skip(1), (a, b) => a * b).Average(), -0.03, 0.03);
    }

    [Fact]
    public void A_given_gradient_stands_for_the_loss_alone()
    {
        using Sampling network = Plain(new Sampling(1));
        float[] x = Draw.Numbers(new Random(1), 4);
        float[] gradients = new float[4];
        network.GradientsFrom(x, new float[2], gradients);
        float[] wanted = [.. Enumerable.Range(0, 2).Select(i => 0.5f * x[i]), .. Enumerable.Range(2, 2).Select(i => 0.25f * (MathF.Exp(x[i]) - 1))];
        Same.Close("input", wanted, gradients);
    }

    [Fact]
    public void Fit_reports_the_whole_loss()
    {
        using Sampling network = Plain(new Sampling(1));
        float[] x = Draw.Numbers(new Random(1), 32 * 4);
        float[] targets = [.. Enumerable.Range(0, 64).Select(i => x[(4 * (i / 2)) + (i % 2)])];
        History history = network.Fit(new Samples(targets.Length / 2, x, targets), new FitOptions { Epochs = 1, BatchSize = 32, Shuffle = false, Validation = new Samples(targets.Length / 2, x, targets) });
        using Sampling again = Plain(new Sampling(1));
        Assert.Equal(again.TrainStep(x, targets), history.Epochs[0].Loss, 1e-5);
        Assert.Equal(again.Loss(x, targets), history.Epochs[0].ValidationLoss!.Value, 1e-5);
    }

    /// <summary>The layer gets what the network gets.</summary>
    private static Sampling Plain(Sampling network)
    {
        network.Linear1.Bias.Values.Clear();
        Span<float> weight = network.Linear1.Weight.Values;
        for (int i = 0; i < weight.Length; i++)
            weight[i] = i / 4 == i % 4 ? 1 : 0;
        return network;
    }

    private static double Divergence(double mean, double variance) => -0.5 * (1 + variance - (mean * mean) - Math.Exp(variance));
}

[Model]
[Input(4)]
[Linear(4), GaussianSample(Weight = 0.5)]
[MeanSquaredError, SGD(0.1)]
public partial class Sampling;

[Model]
[Input(8)]
[GaussianSample(Weight = 0)]
[MeanSquaredError]
public partial class Drawing;
