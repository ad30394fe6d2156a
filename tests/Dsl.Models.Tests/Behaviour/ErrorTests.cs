using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Each error says what was given and what is wanted, and leaves the network as it was.</summary>
public class ErrorTests
{
    [Fact]
    public void A_wrong_length_is_told_with_both_lengths()
    {
        using var network = new Mlp();
        float[] x = new float[32];
        float[] y = new float[10];
        Refusal.Says(() => network.Predict(new float[17], y), "Mlp", "16", "17");
        Refusal.Says(() => network.Predict(x, new float[9]), "2 samples", "10", "9");
        Refusal.Says(() => network.Probabilities(x, new float[11]), "2 samples", "10", "11");
        Refusal.Says(() => network.Probabilities(new float[17], y), "16", "17");
        Refusal.Says(() => network.Classify(new float[17], new int[2]), "16", "17");
        Refusal.Says(() => network.Classify(x, new int[3]), "2", "3");
        Refusal.Says(() => network.Loss(new float[17], new int[1]), "16", "17");
        Refusal.Says(() => network.Loss(x, new int[3]), "2", "3");
        Refusal.Says(() => network.TrainStep(new float[17], new int[1]), "16", "17");
        Refusal.Says(() => network.TrainStep(x, new int[1]), "2", "1");
        using var targets = new TagNet();
        Refusal.Says(() => targets.Loss(new float[10], new float[5]), "6", "5");
        Refusal.Says(() => targets.TrainStep(new float[10], new float[7]), "6", "7");
        Refusal.Says(() => targets.TrainStep(new TagNet.InputBatch(2), new TagNet.OutputBatch(3)), "6", "9");
        using var inputs = new TwoInputs();
        Refusal.Says(() => inputs.Predict(new float[8], new float[9], new float[6]), "Right", "3 samples", "2");
        Refusal.Says(() => inputs.TrainStep(new float[8], new float[9], new int[2]), "Right", "3 samples", "2");
        using var outputs = new ThreeOutputs();
        Refusal.Says(() => outputs.Predict(new float[6], new float[2], new float[6], new float[4]), "Hidden", "5", "6");
        using var parts = new Autoencoder();
        Refusal.Says(() => parts.Encode(new float[12], new float[4]), "Encode", "3", "4");
        Refusal.Says(() => parts.Decode(new float[4], new float[12]), "Decode", "3", "4");
        Assert.Equal(0, network.Step);
    }

    [Fact]
    public void A_label_out_of_range_is_told_with_its_index()
    {
        using var network = new Mlp();
        float[] x = new float[48];
        Refusal.Says(() => network.TrainStep(x, [0, 4, 5]), "label 2 is 5", "0 to 4");
        Refusal.Says(() => network.TrainStep(x, [0, -1, 1]), "label 1 is -1", "0 to 4");
        Refusal.Says(() => network.Loss(x, [7, 0, 1]), "label 0 is 7", "0 to 4");
        using var hinge = new SignNet();
        Refusal.Says(() => hinge.TrainStep(new float[8], [1, 0]), "label 1 is 0", "-1 and +1");
        using var steps = new StepLabels();
        Refusal.Says(() => steps.TrainStep(new float[12], [0, -1, 3, 0]), "label 2 is 3", "0 to 2");
        using var several = new TwoInputs();
        Refusal.Says(() => several.TrainStep(new float[4], new float[3], [3]), "label 0 is 3", "0 to 2");
        Assert.Equal(0, network.Step);

        // An error does not keep the network from going on.
        Assert.True(float.IsFinite(network.TrainStep(x, [0, 4, 1])));
        Assert.True(float.IsFinite(several.TrainStep(new float[4], new float[3], [2])));
    }

    [Fact]
    public void A_batch_without_samples_is_no_step()
    {
        using var network = new Mlp();
        Refusal.Says(() => network.TrainStep([], Span<int>.Empty), "at least one sample");
        Refusal.Says(() => network.Loss([], Span<int>.Empty), "at least one sample");
        using var norm = new NormNet();
        Refusal.Says(() => norm.TrainStep([], Span<int>.Empty), "at least one sample");
        Refusal.Says(() => norm.TrainStep(new float[6], [0]), "BatchNorm1d1", "at least 2", "1");
        Assert.True(float.IsFinite(norm.TrainStep(new float[12], [0, 1])));

        // A norm over pixels has several values of one sample.
        using var digits = new DigitNet();
        Assert.True(float.IsFinite(digits.TrainStep(new float[64], [1])));
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Not_a_number_in_an_input_stops_the_step_and_changes_nothing(string name)
    {
        Subject subject = Subject.Named(name);
        using Network network = subject.OnCpu(1);
        var draw = new Draw(network, subject, 4);
        subject.TrainStep(network, draw);
        float[] before = Same.Snapshot(network);
        float good = draw.X[1];
        draw.X[1] = float.NaN;
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => subject.TrainStep(network, draw));
        Assert.Equal(1, error.Step);
        Assert.Equal(((INetwork)network).Inputs[0].Name, error.Layer);
        Assert.Contains("step 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Layer!, error.Message, StringComparison.Ordinal);
        Same.Bits("weights", before, Same.Snapshot(network));
        Assert.Equal(1, network.Step);
        draw.X[1] = good;
        Assert.True(float.IsFinite(subject.TrainStep(network, draw)));
    }

    [Fact]
    public void The_first_layer_that_is_not_finite_is_named_though_ReLU_and_pooling_stand_behind_it()
    {
        using var network = new PoolNet(1);
        var draw = new Draw(network, Subject.Named(nameof(PoolNet)), 2);
        network.Conv2d2.Bias.Values[3] = float.NaN;
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => network.TrainStep(draw.X, draw.Labels));
        Assert.Equal("Conv2d2", error.Layer);
        network.Conv2d1.Weight.Values[7] = float.NaN;
        error = Assert.Throws<NonFiniteLossException>(() => network.TrainStep(draw.X, draw.Labels));
        Assert.Equal("Conv2d1", error.Layer);
        Assert.Contains("Conv2d1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Mlp))]
    [InlineData(nameof(PoolNet))]
    [InlineData(nameof(DigitNet))]
    [InlineData(nameof(ThreeOutputs))]
    public void A_rate_that_explodes_ends_with_the_weights_of_the_step_before(string name)
    {
        Subject subject = Subject.Named(name);
        using Network network = subject.OnCpu(1);
        var draw = new Draw(network, subject, 8);
        network.LearningRate = 1e25;
        float[] before = [];
        NonFiniteLossException? error = null;
        for (int i = 0; i < 50 && error is null; i++)
        {
            before = Same.Snapshot(network);
            try
            {
                subject.TrainStep(network, draw);
            }
            catch (NonFiniteLossException caught)
            {
                error = caught;
            }
        }

        Assert.NotNull(error);
        Assert.Equal(network.Step, error.Step);
        Same.Bits("weights", before, Same.Snapshot(network));
    }

    [Fact]
    public void Targets_that_are_not_finite_are_named()
    {
        using var network = new TagNet(1);
        var draw = new Draw(network, Subject.Named(nameof(TagNet)), 2);
        draw.Targets[3] = float.NaN;
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => network.TrainStep(draw.X, draw.Targets));
        Assert.Contains("the targets", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Not_a_number_comes_out_of_its_own_sample(string name)
    {
        Subject subject = Subject.Named(name);
        using Network network = subject.OnCpu(1);
        var draw = new Draw(network, subject, 3);
        int size = draw.X.Length / 3;
        draw.X[size] = float.NaN;
        subject.Predict(network, draw);
        int outputs = draw.Y.Length / 3;
        Assert.All(draw.Y[..outputs], value => Assert.True(float.IsFinite(value)));
        Assert.Contains(draw.Y[outputs..(2 * outputs)], float.IsNaN);
        Assert.All(draw.Y[(2 * outputs)..], value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Infinity_comes_out_of_a_prediction()
    {
        using var network = new Mlp(1);
        float[] x = new float[16];
        float[] y = new float[5];
        x[3] = float.PositiveInfinity;
        network.Predict(x, y);
        Assert.Contains(y, value => !float.IsFinite(value));
        network.Probabilities(x, y);
        Assert.Contains(y, value => !float.IsFinite(value));
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void A_disposed_network_refuses_every_member(string name)
    {
        Subject subject = Subject.Named(name);
        Network network = subject.OnCpu(1);
        var draw = new Draw(network, subject, 2);
        subject.TrainStep(network, draw);
        network.Dispose();
        network.Dispose();
        var samples = new Samples(2, [.. draw.Inputs.Select(input => new ReadOnlyMemory<float>(input))], subject.Classes > 0 || subject.IsSigned ? draw.Labels : default);
        var empty = new Draw(network, subject, 0);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        List<Action> members =
        [
            () => subject.Predict(network, draw),
            () => subject.Predict(network, empty),
            () => subject.Loss(network, draw),
            () => subject.TrainStep(network, draw),
            () => network.Fit(samples),
            () => network.Evaluate(samples),
            () => network.Save(path),
            () => network.Save(Stream.Null),
            () => network.LoadWeights(path),
            () => network.SaveCheckpoint(path),
            () => network.LoadCheckpoint(path),
            () => network.Parameters[0].Values.Clear(),
            () => _ = network.Parameters.First(parameter => parameter.IsTrainable).Gradients,
        ];
        foreach (Action member in members)
        {
            ObjectDisposedException error = Assert.Throws<ObjectDisposedException>(member);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_disposed_network_refuses_its_own_members()
    {
        var network = new Mlp();
        network.Dispose();
        using var other = new Mlp();
        float[] x = new float[16];
        Assert.Throws<ObjectDisposedException>(() => network.Probabilities(x, new float[5]));
        Assert.Throws<ObjectDisposedException>(() => network.Classify(x, new int[1]));
        Assert.Throws<ObjectDisposedException>(() => network.Predict(new Mlp.InputBatch(1)));
        Assert.Throws<ObjectDisposedException>(() => network.CopyFrom(other));
        Assert.Throws<ObjectDisposedException>(() => other.CopyFrom(network));
        Assert.Throws<ObjectDisposedException>(() => network.Linear1.Weight.Values.Clear());
        Assert.Throws<ObjectDisposedException>(() => ((INetwork)network).Predict(x, new float[5]));
        var parts = new Autoencoder();
        parts.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parts.Encode(new float[12], new float[3]));
        Assert.Throws<ObjectDisposedException>(() => parts.Decode(new float[3], new float[12]));
    }
}
