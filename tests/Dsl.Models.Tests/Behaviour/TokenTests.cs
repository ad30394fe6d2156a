using System;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Behaviour;

[Model, Tokens(5, Vocabulary = 6, Padding = 0), Embedding(8), Linear(4), CrossEntropy, Adam(0.05)]
public partial class Tagger;

[Model, Tokens(4, Vocabulary = 5, Name = "Words"), Input(2, Name = "Extra")]
[Embedding(3, From = "Words"), LastStep, Linear(3, From = "Extra"), Add("LastStep1"), Linear(2), CrossEntropy, Adam(0.05)]
public partial class TwoKinds;

/// <summary>Ids and numbers side by side, and labels of samples that are shorter than the network's steps.</summary>
public sealed class TokenTests
{
    private const int Nonsense = 77;

    // The label of an id is the id below it; behind the own steps stands what no class is.
    private static readonly int[] Ids = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Range(0, 5).Select(t => t <= i % 5 ? 1 + ((i + (3 * t)) % 4) : 0))];
    private static readonly int[] Labels = [.. Ids.Select(id => id == 0 ? Nonsense : id - 1)];
    private static readonly int OwnSteps = Ids.Count(id => id != 0);

    [Fact]
    public void Labels_of_padded_steps_are_not_looked_at()
    {
        using Tagger network = new(1);
        Samples samples = new(40, Ids, Labels);
        History history = network.Fit(samples, new FitOptions { Epochs = 30, BatchSize = 8, Validation = samples });
        Evaluation evaluation = network.Evaluate(samples, 7);
        Assert.Equal(1, evaluation.Accuracy);
        Assert.Equal(OwnSteps, Enumerable.Range(0, 4).Sum(actual => Enumerable.Range(0, 4).Sum(predicted => (int)evaluation.Confusion![actual, predicted])));
        Assert.Equal(1, history.Epochs[^1].ValidationAccuracy);

        float loss = network.Loss(Ids, Labels);
        Assert.Equal(loss, network.Loss(Ids, [.. Labels.Select(label => label == Nonsense ? 2 : label)]));
        Assert.Equal(evaluation.Loss, loss, 1e-5);
    }

    [Fact]
    public void A_label_of_an_own_step_is_looked_at()
    {
        using Tagger network = new(1);
        int[] wrong = [.. Labels];
        wrong[0] = 4;
        Assert.Contains("label 0 is 4", Assert.Throws<ArgumentOutOfRangeException>(() => network.TrainStep(Ids, wrong)).Message, StringComparison.Ordinal);
        Assert.Contains("Label 4 of sample 0", Assert.Throws<ArgumentException>(() => network.Fit(new Samples(40, Ids, wrong))).Message, StringComparison.Ordinal);
        Assert.Contains("need 10 labels", Assert.Throws<ArgumentException>(() => network.TrainStep(Ids.AsSpan(0, 10), Labels.AsSpan(0, 9))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_padded_row_starts_at_zero_and_stays_there()
    {
        using Tagger network = new(1);
        Assert.All(network.Embedding1.Weight.Values[..8].ToArray(), value => Assert.Equal(0, value));
        network.Fit(new Samples(40, Ids, Labels), new FitOptions { Epochs = 2 });
        Assert.All(network.Embedding1.Weight.Values[..8].ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(network.Embedding1.Weight.Values[8..16].ToArray(), value => value != 0);
    }

    [Fact]
    public void Ids_and_numbers_are_inputs_of_one_network()
    {
        using TwoKinds network = new(1);
        int[] words = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { 0, 1, 2, i % 5 })];
        float[] extra = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { i % 2, 1f })];
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => (i % 5 > 2) == (i % 2 == 0) ? 1 : 0)];
        Samples samples = new(60, [words, extra], labels);
        network.Fit(samples, new FitOptions { Epochs = 5, BatchSize = 10 });
        float[] outputs = new float[120];
        network.Predict(words, extra, outputs);
        Assert.All(outputs, value => Assert.True(float.IsFinite(value)));
        network.Predict(new TwoKinds.WordsBatch(words), new TwoKinds.ExtraBatch(extra), new TwoKinds.OutputBatch(outputs));
        Assert.Contains("1 samples (2 values), but the input before it 60", Assert.Throws<ArgumentException>(() => network.Predict(words, extra.AsSpan(0, 2), outputs)).Message, StringComparison.Ordinal);
        Assert.Contains("Samples have Float32 for input 0", Assert.Throws<ArgumentException>(() => network.Fit(new Samples(1, [new float[4], new float[2]], new int[1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using Tagger network = new(1);
        network.TrainStep(Ids, Labels);
        network.TrainStep(Ids, Labels);
        Assert.Equal(0, Allocations.Of(() => network.TrainStep(Ids, Labels)));
    }
}
