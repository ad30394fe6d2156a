using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace Dsl.Runtime.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-checkpoints").FullName;

    private string Checkpoint1 => Path.Combine(_folder, "checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FitOptions Options(string? resumeFrom, params FitCallback[] callbacks) => new()
    {
        Epochs = 4,
        BatchSize = 8,
        Seed = 9,
        Validation = SoftmaxRegression.Data(16, 6),
        EarlyStopping = new EarlyStopping { Patience = 3 },
        RestoreBestWeights = true,
        CheckpointPath = Checkpoint1,
        ResumeFrom = resumeFrom,
        Callbacks = callbacks,
    };

    private static float[] State(SoftmaxRegression network) =>
        [.. network.Weights.Concat(network.OptimizerState).SelectMany(tensor => tensor.Values.ToArray())];

    private static IEnumerable<EpochRecord> WithoutTimes(History history) => history.Epochs.Select(e => e with { Seconds = 0 });

    [Fact]
    public void A_run_cancelled_anywhere_goes_on_with_the_same_bits()
    {
        Samples data = SoftmaxRegression.Data(27);
        SoftmaxRegression whole = new(learningRate: 0.8);
        History expected = Trainer.Fit(whole, data, Options(null), null, default);
        Assert.Equal(16, whole.Step);
        byte[] lastCheckpoint = File.ReadAllBytes(Checkpoint1);
        for (int step = 1; step < 16; step++)
        {
            SoftmaxRegression first = new(learningRate: 0.8);
            using CancellationTokenSource source = new();
            Assert.ThrowsAny<OperationCanceledException>(
                () => Trainer.Fit(first, data, Options(null, new TrainerTests.CancelAt(source, step)), null, source.Token));

            // Another seed and rate: both come from the checkpoint.
            SoftmaxRegression second = new(learningRate: 0.1, seed: 99);
            History history = Trainer.Fit(second, data, Options(Checkpoint1), null, default);
            Assert.Equal(State(whole), State(second));
            Assert.Equal(WithoutTimes(expected), WithoutTimes(history));
            Assert.Equal((expected.BestEpoch, expected.StoppedEarly), (history.BestEpoch, history.StoppedEarly));
            Assert.Equal(TensorBytes(lastCheckpoint), TensorBytes(File.ReadAllBytes(Checkpoint1)));
        }

        static byte[] TensorBytes(byte[] file) => file[(8 + (int)BitConverter.ToInt64(file))..];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_run_cancelled_within_a_validation_goes_on_with_the_same_bits(int evaluation)
    {
        Samples data = SoftmaxRegression.Data(27);
        SoftmaxRegression whole = new();
        History expected = Trainer.Fit(whole, data, Options(null), null, default);
        using CancellationTokenSource source = new();
        int evaluations = 0;
        SoftmaxRegression first = new()
        {
            Evaluating = () =>
            {
                if (++evaluations == evaluation)
                    source.Cancel();
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => Trainer.Fit(first, data, Options(null), null, source.Token));
        Assert.Equal((evaluation + 1) / 2 * 4, first.Step);
        SoftmaxRegression second = new(seed: 99);
        Assert.Equal(WithoutTimes(expected), WithoutTimes(Trainer.Fit(second, data, Options(Checkpoint1), null, default)));
        Assert.Equal(State(whole), State(second));
    }

    [Fact]
    public void A_run_that_stopped_early_stays_stopped()
    {
        SoftmaxRegression network = new();
        foreach (float loss in new[] { 1f, 2, 3, 4, 5 })
            network.ValidationLosses.Enqueue(loss);
        FitOptions options = new()
        {
            Epochs = 10,
            Validation = SoftmaxRegression.Data(8),
            EarlyStopping = new EarlyStopping { Patience = 2 },
            CheckpointPath = Checkpoint1,
            CheckpointEveryEpochs = 100,
        };
        Assert.Equal(3, Trainer.Fit(network, SoftmaxRegression.Data(8), options, null, default).Epochs.Count);
        FitOptions again = new() { Epochs = 10, Validation = options.Validation, EarlyStopping = options.EarlyStopping, ResumeFrom = Checkpoint1 };
        History history = Trainer.Fit(network, SoftmaxRegression.Data(8), again, null, default);
        Assert.Equal((3, true, 1), (history.Epochs.Count, history.StoppedEarly, history.BestEpoch));
        Assert.Equal(3, network.Step);
    }

    [Fact]
    public void A_finished_run_goes_on_for_more_epochs()
    {
        SoftmaxRegression network = new();
        Trainer.Fit(network, SoftmaxRegression.Data(20), new FitOptions { Epochs = 2, CheckpointPath = Checkpoint1 }, null, default);
        SoftmaxRegression other = new(seed: 3);
        History history = Trainer.Fit(other, SoftmaxRegression.Data(20), new FitOptions { Epochs = 5, ResumeFrom = Checkpoint1 }, null, default);
        Assert.Equal([1, 2, 3, 4, 5], history.Epochs.Select(e => e.Epoch));
        Assert.Equal((5, 5), (other.Step, other.TotalSteps));
    }

    [Fact]
    public void Checkpoints_are_written_every_so_many_epochs_and_at_the_end()
    {
        List<int> written = [];
        FitOptions options = new() { Epochs = 5, CheckpointPath = Checkpoint1, CheckpointEveryEpochs = 2, Callbacks = [new Watch(Checkpoint1, written)] };
        Trainer.Fit(new SoftmaxRegression(), SoftmaxRegression.Data(20), options, null, default);
        Assert.Equal([0, 0, 2, 2, 4, 5], written);
    }

    [Theory]
    [InlineData("BatchSize was 8, but now it is 9", 9, 9ul, true, 27, true)]
    [InlineData("Seed was 9, but now it is 1", 8, 1ul, true, 27, true)]
    [InlineData("Shuffle was True, but now it is False", 8, 9ul, false, 27, true)]
    [InlineData("number of samples was 27, but now it is 26", 8, 9ul, true, 26, true)]
    [InlineData("RestoreBestWeights was True, but now it is False", 8, 9ul, true, 27, false)]
    public void What_would_change_the_bits_is_refused(string message, int batchSize, ulong seed, bool shuffle, int samples, bool restore)
    {
        Trainer.Fit(new SoftmaxRegression(), SoftmaxRegression.Data(27), Options(null), null, default);
        SoftmaxRegression network = new();
        FitOptions options = new()
        {
            BatchSize = batchSize,
            Seed = seed,
            Shuffle = shuffle,
            RestoreBestWeights = restore,
            Validation = SoftmaxRegression.Data(16, 6),
            ResumeFrom = Checkpoint1,
        };
        float[] before = State(network);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Trainer.Fit(network, SoftmaxRegression.Data(samples), options, null, default)).Message, StringComparison.Ordinal);
        Assert.Equal(before, State(network));
    }

    [Fact]
    public void A_checkpoint_outside_Fit_carries_weights_optimizer_step_seed_and_rate()
    {
        SoftmaxRegression network = new() { Step = 1L << 62, Seed = ulong.MaxValue, BaseLearningRate = 0.1 + 0.2, TotalSteps = 7, StepsPerEpoch = 3 };
        network.Momentum.Values.Fill(1.5f);
        Checkpoint.Save(Checkpoint1, network);
        SoftmaxRegression other = new(seed: 2);
        Checkpoint.Load(Checkpoint1, other);
        Assert.Equal(State(network), State(other));
        Assert.Equal(
            (network.Step, network.Seed, network.BaseLearningRate, network.TotalSteps, network.StepsPerEpoch),
            (other.Step, other.Seed, other.BaseLearningRate, other.TotalSteps, other.StepsPerEpoch));
        Assert.Equal(1, other.WeightChanges);
        SafetensorsException e = Assert.Throws<SafetensorsException>(
            () => Trainer.Fit(other, SoftmaxRegression.Data(8), new FitOptions { ResumeFrom = Checkpoint1 }, null, default));
        Assert.Contains("written outside a Fit", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_weights_of_a_checkpoint_of_Fit_can_be_loaded_without_it()
    {
        SoftmaxRegression network = new();
        Trainer.Fit(network, SoftmaxRegression.Data(27), Options(null), null, default);
        SoftmaxRegression other = new(seed: 2);
        Checkpoint.Load(Checkpoint1, other);
        Assert.Equal(network.Step, other.Step);
        Safetensors.Read(Checkpoint1, other.Weights, "best/");
        Assert.Equal(network.Weight.Values.ToArray(), other.Weight.Values.ToArray());
    }

    [Fact]
    public void Another_networks_file_and_a_damaged_one_are_named_and_change_nothing()
    {
        Checkpoint.Save(Checkpoint1, new SoftmaxRegression { NetworkName = "Other.Net" });
        SoftmaxRegression network = new();
        float[] before = State(network);
        void Refused(string message) =>
            Assert.Contains(message, Assert.Throws<SafetensorsException>(() => Checkpoint.Load(Checkpoint1, network)).Message, StringComparison.Ordinal);
        Refused("checkpoint of Other.Net, but one of Tests.SoftmaxRegression is wanted");
        Checkpoint.Save(Checkpoint1, new SoftmaxRegression(classes: 5));
        Refused("'Linear1.weight' has shape 5×4 in the file, but 3×4 is wanted");
        Safetensors.Write(Checkpoint1, network.Weights);
        Refused("is no checkpoint");
        Checkpoint.Save(Checkpoint1, network);
        Dictionary<string, string> metadata = new(Safetensors.ReadHeader(Checkpoint1).Metadata) { ["step"] = "seven" };
        Safetensors.Write(Checkpoint1, CheckpointDamageTests.TensorsOf(Checkpoint1), metadata);
        Refused("has 'seven' as step");
        metadata["step"] = "7";
        Safetensors.Write(Checkpoint1, network.Weights, metadata);
        Refused("was written with SGD without state, but Tests.SoftmaxRegression is trained with SGD, which keeps momentum_buffer");
        Assert.Equal(before, State(network));
        Assert.Equal(0, network.Step);
    }

    [Fact]
    public void Another_optimizers_checkpoint_says_what_was_written_and_what_is_wanted()
    {
        SoftmaxRegression network = new();
        float[] before = State(network);
        void Refused(SoftmaxRegression writer, params string[] words)
        {
            Checkpoint.Save(Checkpoint1, writer);
            SafetensorsException error = Assert.Throws<SafetensorsException>(() => Checkpoint.Load(Checkpoint1, network));
            Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
            Assert.Equal(before, State(network));
            Assert.Equal((0, 0.1), (network.Step, network.BaseLearningRate));
        }

        static ArrayTensor Named(string name, params int[] shape) => SafetensorsTests.Tensor(name, shape);
        const string Wanted = "Tests.SoftmaxRegression is trained with SGD, which keeps momentum_buffer";
        Refused(new() { Optimizer = "Nadam", Step = 3 }, "was written with Nadam, which keeps momentum_buffer", Wanted);
        Refused(new() { Optimizer = null, OptimizerState = [] }, "was written with no optimizer, but", Wanted);
        Refused(new() { OptimizerState = [] }, "was written with SGD without state", Wanted);
        Refused(new() { OptimizerState = [Named("Linear1.weight/velocity", 3, 4)] }, "was written with SGD, which keeps velocity", Wanted);
        Refused(new() { OptimizerState = [Named("Linear2.weight/momentum_buffer", 3, 4)] }, "lacks 'optimizer/Linear1.weight/momentum_buffer'");
        Refused(new() { OptimizerState = [Named("Linear1.weight/momentum_buffer", 4, 3)] }, "'optimizer/Linear1.weight/momentum_buffer' has shape 4×3 in the file, but 3×4");
    }

    [Fact]
    public void A_checkpoint_of_an_older_format_says_so()
    {
        SoftmaxRegression network = new();
        Checkpoint.Save(Checkpoint1, network);
        Dictionary<string, string> metadata = new(Safetensors.ReadHeader(Checkpoint1).Metadata) { ["format"] = "dsl-checkpoint-1" };
        Safetensors.Write(Checkpoint1, network.Weights, metadata);
        SafetensorsException error = Assert.Throws<SafetensorsException>(() => Checkpoint.Load(Checkpoint1, network));
        Assert.Contains("is a checkpoint of the format 'dsl-checkpoint-1', which another version", error.Message, StringComparison.Ordinal);
    }

    private sealed class Watch(string path, List<int> written) : FitCallback
    {
        public override void OnEpochBegin(FitContext fit) => Note();

        public override void OnEnd(FitContext fit, History history) => Note();

        private void Note() => written.Add(File.Exists(path) ? Checkpoint.ReadFitState(path).Epoch : 0);
    }
}
