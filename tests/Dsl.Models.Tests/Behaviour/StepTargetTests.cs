using System;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

// Sequences of up to nine steps, and of six: what a sample of six steps is without padding. Padded steps have values of their own, so that what looks at them is seen.
[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), MeanSquaredError, SGD(0.1)]
public partial class PaddedSquares;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), MeanSquaredError, SGD(0.1)]
public partial class WholeSquares;

[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), MeanAbsoluteError, SGD(0.1)]
public partial class PaddedAbsolutes;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), MeanAbsoluteError, SGD(0.1)]
public partial class WholeAbsolutes;

[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), Huber(0.3), SGD(0.1)]
public partial class PaddedHubers;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), Huber(0.3), SGD(0.1)]
public partial class WholeHubers;

[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), BinaryCrossEntropy, SGD(0.1)]
public partial class PaddedDecisions;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), BinaryCrossEntropy, SGD(0.1)]
public partial class WholeDecisions;

[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), LogSoftmax, KLDivergence, SGD(0.1)]
public partial class PaddedDivergences;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5), Conv1d(6, 3, Padding = 1), Tanh, Linear(2), LogSoftmax, KLDivergence, SGD(0.1)]
public partial class WholeDivergences;

// The lengths of the outputs are not those of the inputs: 9 steps become 5, 6 become 3.
[Model, Tokens(9, Vocabulary = 8, Padding = 0), Embedding(4), Linear(5), Conv1d(6, 3, Stride = 2, Padding = 1), Tanh, MaxPool1d(3, Stride = 1, Padding = 1), Linear(1), MeanSquaredError, SGD(0.1)]
public partial class PaddedWindows;

[Model, Tokens(6, Vocabulary = 8), Embedding(4), Linear(5), Conv1d(6, 3, Stride = 2, Padding = 1), Tanh, MaxPool1d(3, Stride = 1, Padding = 1), Linear(1), MeanSquaredError, SGD(0.1)]
public partial class WholeWindows;

// A layer's own term: the loss runs the network itself.
[Model, Tokens(3, Vocabulary = 5, Padding = 0), Embedding(2), Linear(2, Name = "Steps"), LastStep, Linear(12), GaussianSample(Weight = 0.1), Reshape(3, 2, Name = "Drawn"), Add("Drawn", From = "Steps"), MeanSquaredError, SGD(0.1)]
public partial class PaddedTerms;

/// <summary>A loss with float targets of steps sees a sample's own steps: as many samples without padding would give it.</summary>
public sealed class StepTargetTests
{
    private static readonly int[] Full = [1, 2, 3, 4, 5, 6, 7, 6, 5];

    private static readonly int[] Own = [4, 1, 7, 2, 2, 5];

    private static readonly int[] Padded = [.. Own, 0, 0, 0];

    private delegate float Step(ReadOnlySpan<int> ids, ReadOnlySpan<float> targets);

    public static TheoryData<string, bool> Cases { get; } = new()
    {
        { "Squares", false },
        { "Squares", true },
        { "Absolutes", false },
        { "Absolutes", true },
        { "Hubers", false },
        { "Hubers", true },
        { "Decisions", false },
        { "Decisions", true },
        { "Divergences", false },
        { "Divergences", true },
        { "Windows", false },
        { "Windows", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradients_are_those_of_samples_without_padding(string name, bool plain)
    {
        (Network padded, Network whole) = Pair(name, plain);
        using (padded)
        using (whole)
        {
            (int allSteps, int ownSteps) = (OutputOf(padded).Shape[0], OutputOf(whole).Shape[0]);
            float[] full = Targets(OutputOf(padded).Size, 1);
            float[] own = Targets(OutputOf(whole).Size, 2);
            float[] beyond = [.. Enumerable.Repeat(float.NaN, full.Length - own.Length)];

            // Means are added up by how much they go over.
            double wanted = 0;
            double[][] gradients = [.. padded.Parameters.Select(parameter => new double[parameter.Count])];
            Add(allSteps, Call(padded, "Gradients")(Full, full), padded);
            Add(ownSteps, Call(whole, "Gradients")(Own, own), whole);

            float[] both = [.. full, .. own, .. beyond];
            Assert.Equal(wanted, Call(padded, "Gradients")([.. Full, .. Padded], both), 1e-5);
            Check();
            Assert.Equal(wanted, Call(padded, "Loss")([.. Full, .. Padded], both), 1e-5);

            // The padded one in front: its neighbour's values are not taken for its own.
            Assert.Equal(wanted, Call(padded, "TrainStep")([.. Padded, .. Full], [.. own, .. beyond, .. full]), 1e-5);
            Check();

            void Add(int steps, float loss, Network network)
            {
                double share = (double)steps / (allSteps + ownSteps);
                wanted += share * loss;
                for (int i = 0; i < gradients.Length; i++)
                {
                    for (int k = 0; k < gradients[i].Length; k++)
                        gradients[i][k] += share * network.Parameters[i].Gradients[k];
                }
            }

            void Check()
            {
                for (int i = 0; i < gradients.Length; i++)
                {
                    for (int k = 0; k < gradients[i].Length; k++)
                        Assert.Equal(gradients[i][k], padded.Parameters[i].Gradients[k], 1e-5);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_stands_beyond_own_steps_changes_no_bit(string name, bool plain)
    {
        float[] first = After(name, plain, float.NaN);
        Assert.All(first, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(first, After(name, plain, 0));
        Assert.Equal(first, After(name, plain, 1e30f));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void Figures_of_an_evaluation_are_of_own_steps(int batchSize)
    {
        (int[] ids, float[] targets) = Sequences(11, float.NaN);
        Samples samples = new(11, ids, targets);
        using PaddedSquares network = new(5);
        float[] outputs = new float[11 * 18];
        network.Predict(ids, outputs);
        int[] own = [.. Enumerable.Range(0, outputs.Length).Where(i => !float.IsNaN(targets[i]))];
        Evaluation evaluation = network.Evaluate(samples, batchSize);
        Assert.Equal(own.Average(i => Math.Pow(outputs[i] - targets[i], 2)), evaluation.Loss, 1e-5);
        Assert.Equal(own.Average(i => Math.Abs((double)outputs[i] - targets[i])), evaluation.MeanAbsoluteError!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(own.Average(i => Math.Pow(outputs[i] - targets[i], 2))), evaluation.RootMeanSquaredError!.Value, 1e-6);
        double[] fits =
        [
            .. own.GroupBy(i => i % 18).Where(group => group.Count() >= 2).Select(group => Metrics.R2([.. group.Select(i => outputs[i])], [.. group.Select(i => targets[i])])),
        ];
        Assert.InRange(fits.Length, 2, 17);
        Assert.Equal(fits.Average(), evaluation.R2!.Value, 1e-6);

        using PaddedDecisions decisions = new(5);
        decisions.Predict(ids, outputs);
        Evaluation decided = decisions.Evaluate(samples, batchSize);
        Assert.Equal(own.Average(i => outputs[i] > 0 == targets[i] >= 0.5f ? 1.0 : 0), decided.Accuracy!.Value, 1e-9);
        Assert.Equal(own.Average(i => Math.Max(outputs[i], 0) - (outputs[i] * targets[i]) + Math.Log(1 + Math.Exp(-Math.Abs(outputs[i])))), decided.Loss, 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_has_figures_of_own_steps(bool plain)
    {
        (int[] ids, float[] targets) = Sequences(20, float.NaN);
        Samples samples = new(20, ids, targets);
        using PaddedDecisions network = plain ? PaddedDecisions.On<ReferenceBackend>(5) : new(5);

        // A rate of nothing leaves the network as it is: every batch, and so the epoch, has what the evaluation has.
        network.LearningRate = 1e-30;
        Evaluation evaluation = network.Evaluate(samples);
        History history = network.Fit(samples, new FitOptions { Epochs = 1, BatchSize = 3, Validation = samples, CheckFinite = true });
        Assert.Equal(evaluation.Loss, history.Epochs[0].Loss, 1e-5);
        Assert.Equal(evaluation.Accuracy!.Value, history.Epochs[0].Accuracy!.Value, 1e-9);
        Assert.Equal(evaluation.Loss, history.Epochs[0].ValidationLoss!.Value, 1e-5);
        Assert.Equal(evaluation.Loss, network.Loss(ids, targets), 1e-5);
    }

    [Fact]
    public void A_target_of_an_own_step_is_looked_at()
    {
        (int[] ids, float[] targets) = Sequences(4, float.NaN);
        using PaddedSquares network = new(5);
        network.Linear1.Bias.Values[0] = float.NaN;
        Assert.Contains("Linear1", Assert.Throws<NonFiniteLossException>(() => network.TrainStep(ids, targets)).Message, StringComparison.Ordinal);
        Assert.Contains("Linear1", Assert.Throws<NonFiniteLossException>(() => network.Gradients(ids, targets)).Message, StringComparison.Ordinal);
        network.Linear1.Bias.Values[0] = 0;
        targets[1] = float.NaN;
        Assert.True(float.IsNaN(network.Loss(ids, targets)));
        Assert.Contains("target", Assert.Throws<NonFiniteLossException>(() => network.TrainStep(ids, targets)).Message, StringComparison.Ordinal);
        Samples samples = new(4, ids, targets);
        Assert.Contains("Sample 0 has NaN as value 1 of its target", Assert.Throws<ArgumentException>(() => network.Fit(samples, new FitOptions { CheckFinite = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_with_a_layers_term_looks_at_own_steps()
    {
        using PaddedTerms network = new(5);
        float[] first = [0.1f, 0.2f, float.NaN, float.NaN, float.NaN, float.NaN];
        float[] second = [0.1f, 0.2f, 7, 8, 9, 10];
        int[] ids = [3, 0, 0];
        float loss = network.Loss(ids, first);
        Assert.True(float.IsFinite(loss));
        Assert.Equal(loss, network.Loss(ids, second));
        Assert.Equal(network.Gradients(ids, first), network.Gradients(ids, second));
    }

    [Fact]
    public void A_step_and_a_loss_allocate_nothing()
    {
        (int[] ids, float[] targets) = Sequences(8, float.NaN);
        using PaddedDecisions network = new(5);
        Run();
        Run();
        Assert.Equal(0, Allocations.Of(Run));

        void Run()
        {
            network.TrainStep(ids, targets);
            network.Loss(ids, targets);
        }
    }

    /// <summary>What a step, a loss and gradients give, and the weights after them.</summary>
    private static float[] After(string name, bool plain, float beyond)
    {
        (Network padded, Network whole) = Pair(name, plain);
        using (padded)
        using (whole)
        {
            int size = OutputOf(padded).Size;
            float[] targets = [.. Targets(OutputOf(whole).Size, 2), .. Enumerable.Repeat(beyond, size - OutputOf(whole).Size), .. Targets(size, 1)];
            int[] ids = [.. Padded, .. Full];
            float[] given = [Call(padded, "TrainStep")(ids, targets), Call(padded, "Loss")(ids, targets), Call(padded, "Gradients")(ids, targets)];
            return [.. given, .. padded.Parameters.SelectMany(parameter => parameter.Values.ToArray().Concat(parameter.Gradients.ToArray()))];
        }
    }

    /// <summary>Samples of 1 to 9 steps with two targets each; what is beyond their own steps is given.</summary>
    private static (int[] Ids, float[] Targets) Sequences(int count, float beyond)
    {
        int[] ids = [.. Enumerable.Range(0, count).SelectMany(n => Enumerable.Range(0, 9).Select(t => t <= n * 4 % 9 ? 1 + ((n + (3 * t)) % 7) : 0))];
        return (ids, [.. Enumerable.Range(0, ids.Length * 2).Select(i => ids[i / 2] == 0 ? beyond : (i * 37 % 101) / 100f)]);
    }

    /// <summary>Rows of two that add up to 1: any loss takes them.</summary>
    private static float[] Targets(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => (((i / 2) + seed) * 29 % 97) / 97f).Select((share, i) => i % 2 == 0 ? share : 1 - share)];

    private static Step Call(Network network, string method) =>
        network.GetType().GetMethod(method, [typeof(ReadOnlySpan<int>), typeof(ReadOnlySpan<float>)])!.CreateDelegate<Step>(network);

    private static PortInfo OutputOf(Network network) => ((INetwork)network).Outputs[0];

    private static (Network Padded, Network Whole) Pair(string name, bool plain)
    {
        (Network padded, Network whole) = name switch
        {
            "Squares" => Both(plain ? PaddedSquares.On<ReferenceBackend>(7) : new PaddedSquares(7), plain ? WholeSquares.On<ReferenceBackend>(8) : new WholeSquares(8)),
            "Absolutes" => Both(plain ? PaddedAbsolutes.On<ReferenceBackend>(7) : new PaddedAbsolutes(7), plain ? WholeAbsolutes.On<ReferenceBackend>(8) : new WholeAbsolutes(8)),
            "Hubers" => Both(plain ? PaddedHubers.On<ReferenceBackend>(7) : new PaddedHubers(7), plain ? WholeHubers.On<ReferenceBackend>(8) : new WholeHubers(8)),
            "Decisions" => Both(plain ? PaddedDecisions.On<ReferenceBackend>(7) : new PaddedDecisions(7), plain ? WholeDecisions.On<ReferenceBackend>(8) : new WholeDecisions(8)),
            "Divergences" => Both(plain ? PaddedDivergences.On<ReferenceBackend>(7) : new PaddedDivergences(7), plain ? WholeDivergences.On<ReferenceBackend>(8) : new WholeDivergences(8)),
            _ => Both(plain ? PaddedWindows.On<ReferenceBackend>(7) : new PaddedWindows(7), plain ? WholeWindows.On<ReferenceBackend>(8) : new WholeWindows(8)),
        };
        for (int i = 0; i < padded.Parameters.Count; i++)
            padded.Parameters[i].Values.CopyTo(whole.Parameters[i].Values);
        return (padded, whole);

        static (Network Padded, Network Whole) Both(Network padded, Network whole) => (padded, whole);
    }
}
