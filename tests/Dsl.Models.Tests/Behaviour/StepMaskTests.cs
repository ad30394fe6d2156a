using System;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

// In front of each window stands a layer that gives padded steps values, so that what looks at them is seen.
[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5)]
[Conv1d(6, 3, Padding = 1), ReLU, MaxPool1d(2), Conv1d(5, 2), Tanh, LastStep, Linear(3), CrossEntropy, SGD(0.1)]
public partial class PaddedChain;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5)]
[Conv1d(6, 3, Padding = 1), ReLU, MaxPool1d(2), Conv1d(5, 2), Tanh, LastStep, Linear(3), CrossEntropy, SGD(0.1)]
public partial class WholeChain;

[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5)]
[MaxPool1d(3, Stride = 2, Padding = 1), AvgPool1d(2, Stride = 1, Padding = 1), Conv1d(4, 3, Same = true), GlobalAvgPool1d, Linear(3), CrossEntropy, SGD(0.1)]
public partial class PaddedPools;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5)]
[MaxPool1d(3, Stride = 2, Padding = 1), AvgPool1d(2, Stride = 1, Padding = 1), Conv1d(4, 3, Same = true), GlobalAvgPool1d, Linear(3), CrossEntropy, SGD(0.1)]
public partial class WholePools;

[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5)]
[Conv1d(4, 2), GELU, GlobalMaxPool1d, Conv1d(4, 3, Dilation = 2, From = "Linear1"), BatchNorm1d(Trainable = false), ReLU, GlobalMaxPool1d, Concat("GlobalMaxPool1d1"), Linear(3), CrossEntropy, SGD(0.1)]
public partial class PaddedBranches;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5)]
[Conv1d(4, 2), GELU, GlobalMaxPool1d, Conv1d(4, 3, Dilation = 2, From = "Linear1"), BatchNorm1d(Trainable = false), ReLU, GlobalMaxPool1d, Concat("GlobalMaxPool1d1"), Linear(3), CrossEntropy, SGD(0.1)]
public partial class WholeBranches;

[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5)]
[Conv1d(6, 3, Stride = 2, Padding = 1), Tanh, Conv1d(4, 3, Padding = 1, Groups = 2), MaxPool1d(3, Stride = 1, Padding = 1), Linear(3), CrossEntropy, SGD(0.1)]
public partial class PaddedLabels;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5)]
[Conv1d(6, 3, Stride = 2, Padding = 1), Tanh, Conv1d(4, 3, Padding = 1, Groups = 2), MaxPool1d(3, Stride = 1, Padding = 1), Linear(3), CrossEntropy, SGD(0.1)]
public partial class WholeLabels;

/// <summary>What slides over steps sees of a padded sample what it sees of a sample without padding.</summary>
public sealed class StepMaskTests
{
    private static readonly int[] Own = [4, 1, 7, 2, 2, 5];

    private static readonly int[] Padded = [.. Own, 0, 0, 0];

    private delegate float Step(ReadOnlySpan<int> ids, ReadOnlySpan<int> labels);

    public static TheoryData<string, bool> Cases { get; } = new()
    {
        { "Chain", false },
        { "Chain", true },
        { "Pools", false },
        { "Pools", true },
        { "Branches", false },
        { "Branches", true },
        { "Labels", false },
        { "Labels", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Padding_changes_nothing(string name, bool plain)
    {
        using Pair pair = Pair.Of(name, plain);
        float[] expected = Predict(pair.Whole, Own);
        Near(expected, Predict(pair.Padded, Padded)[..expected.Length]);

        // Beside a sample that has all steps.
        float[] both = Predict(pair.Padded, [1, 2, 3, 4, 5, 6, 7, 6, 5, .. Padded]);
        Near(expected, both[(both.Length / 2)..][..expected.Length]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Padding_changes_no_loss_and_no_gradient(string name, bool plain)
    {
        using Pair pair = Pair.Of(name, plain);
        int[] labels = name == "Labels" ? [2, 0, 1] : [2];
        int[] masked = name == "Labels" ? [2, 0, 1, 77, 77] : [2];
        Assert.Equal(pair.WholeStep(Own, labels), pair.PaddedStep(Padded, masked), 1e-6);
        for (int i = 0; i < pair.Whole.Parameters.Count; i++)
            Near(pair.Whole.Parameters[i].Gradients.ToArray(), pair.Padded.Parameters[i].Gradients.ToArray());
        Assert.Contains(pair.Padded.Parameters[1].Gradients.ToArray(), value => value != 0);
    }

    [Fact]
    public void A_sample_shorter_than_the_window_has_one_step()
    {
        using PaddedLabels network = new(3);
        float[] one = Predict(network, [5, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.All(one, value => Assert.True(float.IsFinite(value)));
        int[] ids = [5, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(network.Loss(ids, [1, 0, 0, 0, 0]), network.Loss(ids, [1, 2, 2, 2, 2]));
        Assert.NotEqual(network.Loss(ids, [1, 0, 0, 0, 0]), network.Loss(ids, [2, 0, 0, 0, 0]));
        using PaddedBranches branches = new(3);
        Assert.All(Predict(branches, ids), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_step_over_padded_samples_allocates_nothing()
    {
        using PaddedChain network = new(3);
        int[] labels = [1];
        float[] outputs = new float[3];
        for (int i = 0; i < 3; i++)
        {
            network.TrainStep(Padded, labels);
            network.Predict(Padded, outputs);
        }

        Assert.Equal(0, Allocations.Of(() =>
        {
            network.TrainStep(Padded, labels);
            network.Predict(Padded, outputs);
        }));
    }

    private static float[] Predict(INetwork network, int[] ids)
    {
        float[] outputs = new float[ids.Length / network.Inputs[0].Size * network.Outputs[0].Size];
        network.Predict(ids, outputs);
        return outputs;
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    private sealed record Pair(Network Padded, Step PaddedStep, Network Whole, Step WholeStep) : IDisposable
    {
        public static Pair Of(string name, bool plain)
        {
            Pair pair = name switch
            {
                "Chain" => Made(plain ? PaddedChain.On<ReferenceBackend>(7) : new PaddedChain(7), plain ? WholeChain.On<ReferenceBackend>(8) : new WholeChain(8), n => n.TrainStep, n => n.TrainStep),
                "Pools" => Made(plain ? PaddedPools.On<ReferenceBackend>(7) : new PaddedPools(7), plain ? WholePools.On<ReferenceBackend>(8) : new WholePools(8), n => n.TrainStep, n => n.TrainStep),
                "Branches" => Made(plain ? PaddedBranches.On<ReferenceBackend>(7) : new PaddedBranches(7), plain ? WholeBranches.On<ReferenceBackend>(8) : new WholeBranches(8), n => n.TrainStep, n => n.TrainStep),
                _ => Made(plain ? PaddedLabels.On<ReferenceBackend>(7) : new PaddedLabels(7), plain ? WholeLabels.On<ReferenceBackend>(8) : new WholeLabels(8), n => n.TrainStep, n => n.TrainStep),
            };
            for (int i = 0; i < pair.Padded.Parameters.Count; i++)
                pair.Padded.Parameters[i].Values.CopyTo(pair.Whole.Parameters[i].Values);
            return pair;
        }

        public void Dispose()
        {
            Padded.Dispose();
            Whole.Dispose();
        }

        private static Pair Made<TPadded, TWhole>(TPadded padded, TWhole whole, Func<TPadded, Step> ofPadded, Func<TWhole, Step> ofWhole)
            where TPadded : Network
            where TWhole : Network
            => new(padded, ofPadded(padded), whole, ofWhole(whole));
    }
}
