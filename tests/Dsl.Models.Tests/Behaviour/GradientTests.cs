using System;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>A caller's own training: gradients without a step, gradients at inputs and from outputs, and their application. That the halves have a step's bits is held over random networks.</summary>
[Collection(nameof(AloneCollection))]
public sealed class GradientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_at_the_input_is_the_one_to_give_at_the_output_before(bool onReference)
    {
        // Two networks in a row, and both as one.
        using Front front = onReference ? Front.On<ReferenceBackend>(1) : new Front(1);
        using Rear rear = onReference ? Rear.On<ReferenceBackend>(2) : new Rear(2);
        using Whole whole = onReference ? Whole.On<ReferenceBackend>(3) : new Whole(3);
        foreach (Parameter parameter in front.Parameters)
            parameter.Values.CopyTo(whole.Parameters["Front" + parameter.Name].Values);
        foreach (Parameter parameter in rear.Parameters)
            parameter.Values.CopyTo(whole.Parameters["Rear" + parameter.Name].Values);
        float[] x = Draw.Numbers(new Random(1), 5 * 4);
        float[] targets = Draw.Numbers(new Random(2), 5 * 3);
        float[] between = new float[5 * 12];
        float[] atBetween = new float[5 * 12];
        float[] atInput = new float[5 * 4];
        float[] wanted = new float[5 * 4];
        front.Predict(x, between);
        float loss = rear.Gradients(between, targets, atBetween);
        front.GradientsFrom(x, atBetween, atInput);
        Assert.Equal(whole.Gradients(x, targets, wanted), loss, 1e-6);
        Same.Close("input", wanted, atInput);
        foreach (Parameter parameter in front.Parameters)
            Same.Close(parameter.Name, whole.Parameters["Front" + parameter.Name].Gradients, parameter.Gradients);
        foreach (Parameter parameter in rear.Parameters)
            Same.Close(parameter.Name, whole.Parameters["Rear" + parameter.Name].Gradients, parameter.Gradients);
        Assert.Equal(0, front.Step);
    }

    [Fact]
    public void Two_networks_train_against_each_other()
    {
        using var generator = new Faker(1);
        using var critic = new Critic(2);
        var random = new Random(3);
        const int Count = 64;
        float[] fakes = new float[Count * 2];
        float[] atFakes = new float[Count * 2];
        float[] ones = Enumerable.Repeat(1f, Count).ToArray();
        float[] targets = [.. ones, .. new float[Count]];
        float[] seen = new float[2 * Count * 2];
        double before = Distance();
        double after = 0;
        for (int step = 0; step < 2000; step++)
        {
            if (step >= 1000)
                after += Distance() / 1000;
            float[] noise = Normal(Count * 3);
            generator.Predict(noise, fakes);
            Real(Count).CopyTo(seen, 0);
            fakes.CopyTo(seen, Count * 2);
            critic.TrainStep(seen, targets);

            // What would make the critic take them for real ones.
            critic.Gradients(fakes, ones, atFakes);
            generator.GradientsFrom(noise, atFakes);
            generator.Apply();
        }

        Assert.Equal(2000, generator.Step);
        Assert.Equal(2000, critic.Step);
        Assert.True(after < before / 4, $"the means' distance was {before} and is {after} on average of the second thousand steps");

        double Distance()
        {
            float[] drawn = new float[1000];
            generator.Predict(Normal(1500), drawn);
            double x = Enumerable.Range(0, 500).Average(i => drawn[2 * i]);
            double y = Enumerable.Range(0, 500).Average(i => drawn[(2 * i) + 1]);
            return Math.Sqrt(((x - 2) * (x - 2)) + ((y + 1) * (y + 1)));
        }

        float[] Real(int count) => [.. Enumerable.Range(0, count).SelectMany(_ => new[] { 2 + (0.3f * Normal(1)[0]), -1 + (0.3f * Normal(1)[0]) })];

        float[] Normal(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_may_be_changed_before_they_are_applied(bool onReference)
    {
        // The mean of two halves' gradients is the gradient of all.
        using TagNet whole = onReference ? TagNet.On<ReferenceBackend>(1) : new TagNet(1);
        using TagNet halves = onReference ? TagNet.On<ReferenceBackend>(1) : new TagNet(1);
        var draw = new Draw(whole, Subject.Named(nameof(TagNet)), 8);
        for (int step = 0; step < 3; step++)
        {
            whole.TrainStep(draw.X, draw.Targets);
            halves.Gradients(draw.X.AsSpan(0, 20), draw.Targets.AsSpan(0, 12));
            float[][] first = [.. halves.Parameters.Select(parameter => parameter.Gradients.ToArray())];
            halves.Gradients(draw.X.AsSpan(20), draw.Targets.AsSpan(12));
            for (int i = 0; i < first.Length; i++)
            {
                Span<float> gradients = halves.Parameters[i].Gradients;
                for (int k = 0; k < gradients.Length; k++)
                    gradients[k] = (gradients[k] + first[i][k]) / 2;
            }

            halves.Apply();
        }

        for (int i = 0; i < whole.Parameters.Count; i++)
            Same.Close(whole.Parameters[i].Name, whole.Parameters[i].Values, halves.Parameters[i].Values, 1e-4);
        Assert.Equal(3, halves.Step);

        // What was written is no part of the step after.
        foreach (Parameter parameter in halves.Parameters)
            parameter.Gradients.Fill(7);
        using TagNet same = onReference ? TagNet.On<ReferenceBackend>(1) : new TagNet(1);
        same.CopyFrom(halves);
        halves.Gradients(draw.X, draw.Targets);
        same.Gradients(draw.X, draw.Targets);
        for (int i = 0; i < same.Parameters.Count; i++)
            Same.Bits(same.Parameters[i].Name, same.Parameters[i].Gradients, halves.Parameters[i].Gradients);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_wants_fresh_gradients(bool onReference)
    {
        using Mlp network = onReference ? Mlp.On<ReferenceBackend>(1) : new Mlp(1);
        var draw = new Draw(network, Subject.Named(nameof(Mlp)), 4);
        Stale();
        network.Gradients(draw.X, draw.Labels);
        network.Predict(draw.X, draw.Y);
        network.Loss(draw.X, draw.Labels);
        network.Apply();
        Assert.Equal(1, network.Step);
        Stale();
        network.Gradients(draw.X, draw.Labels);
        network.TrainStep(draw.X, draw.Labels);
        Stale();
        network.Gradients(draw.X, draw.Labels);
        Refusal.Says(() => network.Gradients(draw.X, draw.Labels.AsSpan(1)), "4 samples need 4 labels, but 3 were given");
        Stale();
        network.Gradients(draw.X, draw.Labels);
        network.Fit(new Samples(draw.X, draw.Labels), new FitOptions { Epochs = 1, BatchSize = 4 });
        Stale();
        Assert.Equal(3, network.Step);

        void Stale()
        {
            float[] before = Same.Snapshot(network);
            Refusal.Says<InvalidOperationException>(network.Apply, "Mlp: Apply wants gradients that were not applied yet", "call Gradients or GradientsFrom");
            Assert.Equal(before, Same.Snapshot(network));
        }
    }

    [Fact]
    public void Neither_has_a_place_within_a_Fit()
    {
        using var network = new Mlp(1);
        var draw = new Draw(network, Subject.Named(nameof(Mlp)), 4);
        int asked = 0;
        network.Fit(new Samples(draw.X, draw.Labels), new FitOptions { Epochs = 1, Callbacks = [new Asking(() =>
        {
            Refusal.Says<InvalidOperationException>(() => network.Gradients(draw.X, draw.Labels), "in the midst of a Fit", "Gradients");
            Refusal.Says<InvalidOperationException>(network.Apply, "in the midst of a Fit", "Apply");
            asked++;
        })] });
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_not_finite_is_refused_and_leaves_no_trace(bool onReference)
    {
        using NormNet network = onReference ? NormNet.On<ReferenceBackend>(1) : new NormNet(1);
        using NormNet twin = onReference ? NormNet.On<ReferenceBackend>(1) : new NormNet(1);
        var draw = new Draw(network, Subject.Named(nameof(NormNet)), 4);
        network.TrainStep(draw.X, draw.Labels);
        twin.TrainStep(draw.X, draw.Labels);
        float[] before = Same.Snapshot(network);
        float[] bad = [.. draw.X];
        bad[3] = float.NaN;
        Assert.Equal("Input", Assert.Throws<NonFiniteLossException>(() => network.Gradients(bad, draw.Labels)).Layer);
        Assert.Throws<InvalidOperationException>(network.Apply);
        network.Gradients(draw.X, draw.Labels);
        network.Linear1.Weight.Gradients[2] = float.PositiveInfinity;
        Refusal.Says<NonFiniteLossException>(network.Apply, "the gradient of Linear1.weight is not finite", "was not applied");
        Assert.Throws<InvalidOperationException>(network.Apply);
        network.GradientsFrom(draw.X, Enumerable.Repeat(float.NaN, draw.Y.Length).ToArray());
        Refusal.Says<NonFiniteLossException>(network.Apply, "is not finite");
        Assert.Equal(before, Same.Snapshot(network));
        Assert.Equal(1, network.Step);

        // And the next step is that of a network that has seen nothing of it.
        network.Gradients(draw.X, draw.Labels);
        network.Apply();
        twin.TrainStep(draw.X, draw.Labels);
        Same.Bits(twin, network);
    }

    [Fact]
    public void A_batch_without_a_label_that_counts_changes_nothing()
    {
        using var network = new IgnoringNet(3);
        float[] before = Same.Snapshot(network);
        Assert.True(float.IsNaN(network.Gradients(new float[8], [-1, -1])));
        network.Apply();
        Assert.Equal(before, Same.Snapshot(network));
        Assert.Equal(1, network.Step);
    }

    [Fact]
    public void Lengths_and_overlaps_are_refused()
    {
        using var network = new ExposedImage();
        float[] x = new float[2 * 40];
        float[] targets = new float[4];
        Refusal.Says(() => network.Gradients(x, targets, new float[41]), "ExposedImage", "2 samples of input Input have 80 gradients (40 each), but the span has room for 41");
        Refusal.Says(() => network.GradientsFrom(x, new float[5]), "2 samples of output Linear1 have 4 gradients (2 each), but 5 were given");
        Refusal.Says(() => network.Gradients(x, targets, x), "inputGradients overlaps inputs");
        Refusal.Says(() => network.GradientsFrom(x.AsSpan(0, 40), x.AsSpan(40, 2), x.AsSpan(41)), "inputGradients overlaps outputGradients");
        Refusal.Says(() => network.Gradients(default, default(ReadOnlySpan<float>)), "at least one sample");
        Refusal.Says(() => network.GradientsFrom(x.AsSpan(0, 40), network.Linear1.Bias.Gradients), "outputGradients overlaps the network's own parameters or gradients");
        using var square = new SquareNet();
        Refusal.Says(() => square.Gradients(new float[64 * 64], new float[64 * 64], square.Linear1.Weight.Gradients), "inputGradients overlaps the network's own parameters or gradients");
        using var two = new TwoInputs();
        float[] both = new float[7];
        Refusal.Says(() => two.Gradients(new float[4], new float[3], [1], both.AsSpan(0, 4), both.AsSpan(3, 3)), "rightGradients overlaps leftGradients");
        Assert.True(float.IsFinite(two.Gradients(new float[4], new float[3], [1], both.AsSpan(0, 4), both.AsSpan(4))));
    }

    [Fact]
    public void There_is_no_gradient_through_layers_that_are_frozen_from_the_start()
    {
        using var network = new FrozenNet(1);
        float[] x = new float[3 * 72];
        Refusal.Says<InvalidOperationException>(
            () => network.Gradients(x, [0, 1, 2], new float[x.Length]), "FrozenNet has no gradients at its inputs: Conv2d1 is frozen (Trainable = false)", "Declare it trainable");
        Assert.True(float.IsFinite(network.Gradients(x, [0, 1, 2])));
        network.Apply();
    }

    [Fact]
    public void An_optimizer_may_be_the_callers_own()
    {
        using var network = new OptimizerFree(1);
        float[] x = [1, -2, 0.5f];
        float[] targets = [3, -1];
        float first = network.Gradients(x, targets);
        for (int step = 0; step < 50; step++)
        {
            network.Gradients(x, targets);
            foreach (Parameter parameter in network.Parameters)
            {
                Span<float> values = parameter.Values;
                ReadOnlySpan<float> gradients = parameter.Gradients;
                for (int i = 0; i < values.Length; i++)
                    values[i] -= 0.1f * gradients[i];
            }
        }

        Assert.True(network.Loss(x, targets) < first / 100);
        Assert.Equal(0, network.Step);
        Assert.Null(typeof(OptimizerFree).GetMethod("Apply"));
        Assert.Null(typeof(LossFree).GetMethod("GradientsFrom"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_input_that_is_the_target_too_has_both_gradients(bool onReference)
    {
        using Autoencoder network = onReference ? Autoencoder.On<ReferenceBackend>(1) : new Autoencoder(1);
        float[] x = Draw.Numbers(new Random(1), 2 * 12);
        var gradients = new Autoencoder.InputBatch(2);
        network.Gradients(new Autoencoder.InputBatch(x), gradients);
        for (int i = 0; i < x.Length; i++)
        {
            float own = x[i];
            x[i] = own + 1e-2f;
            double above = network.Loss(x);
            x[i] = own - 1e-2f;
            double below = network.Loss(x);
            x[i] = own;
            Assert.Equal((above - below) / 2e-2, gradients.Values[i], 1e-4);
        }
    }

    private sealed class Asking(Action ask) : FitCallback
    {
        public override void OnStepEnd(FitContext context) => ask();
    }
}

[Model]
[Input(4)]
[Linear(9, Name = "Linear1"), Tanh, Linear(12, Name = "Linear2"), Reshape(3, 2, 2)]
[MeanSquaredError, Adam]
public partial class Front;

[Model]
[Input(3, 2, 2)]
[Conv2d(5, 2, Padding = 1, Name = "Conv2d1"), SiLU, Flatten, Linear(3, Name = "Linear1")]
[MeanSquaredError, Adam]
public partial class Rear;

[Model]
[Input(4)]
[Linear(9, Name = "FrontLinear1"), Tanh, Linear(12, Name = "FrontLinear2"), Reshape(3, 2, 2)]
[Conv2d(5, 2, Padding = 1, Name = "RearConv2d1"), SiLU, Flatten, Linear(3, Name = "RearLinear1")]
[MeanSquaredError, Adam]
public partial class Whole;

/// <summary>Makes points of noise; its own loss is never asked for.</summary>
[Model]
[Input(3)]
[Linear(16), Tanh, Linear(2)]
[MeanSquaredError, Adam(2e-3, Beta1 = 0.5)]
public partial class Faker;

/// <summary>Tells drawn points from made ones.</summary>
[Model]
[Input(2)]
[Linear(24), LeakyReLU(0.2), Linear(1)]
[BinaryCrossEntropy, Adam(5e-3, Beta1 = 0.5, WeightDecay = 0.01)]
public partial class Critic;
