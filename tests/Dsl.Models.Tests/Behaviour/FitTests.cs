using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary><c>Fit</c> and <c>Evaluate</c> on compiled networks.</summary>
public sealed class FitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dsl-fit").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Clusters_are_learnt()
    {
        using var network = new Mlp(1);
        Samples data = Clusters(150, 1);
        Samples validation = Clusters(50, 2);
        History history = network.Fit(data, new FitOptions { Epochs = 12, BatchSize = 16, Validation = validation, Seed = 3 });
        Assert.Equal(12, history.Epochs.Count);
        Assert.Equal(12 * 10, network.Step);
        Assert.Equal(120, network.TotalSteps);
        Assert.Equal(10, network.StepsPerEpoch);
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss / 2);
        Assert.True(history.Epochs[^1].ValidationAccuracy > 0.9);
        Evaluation evaluation = network.Evaluate(validation, 7);
        Assert.Equal(50, evaluation.Count);
        Assert.Equal(history.Epochs[^1].ValidationLoss!.Value, evaluation.Loss, 1e-5);
        Assert.Equal(history.Epochs[^1].ValidationAccuracy, evaluation.Accuracy);
        Assert.Equal(evaluation.Accuracy!.Value, evaluation.Confusion!.Accuracy, 1e-12);
    }

    [Fact]
    public void Training_accuracy_counts_what_each_step_saw()
    {
        using var network = new Mlp(1);
        Samples data = Clusters(60, 1);
        double before = network.Evaluate(data).Accuracy!.Value;
        double loss = network.Evaluate(data).Loss;
        History history = network.Fit(data, new FitOptions { Epochs = 1, BatchSize = 60 });
        Assert.Equal(before, history.Epochs[0].Accuracy!.Value, 1e-12);
        Assert.Equal(loss, history.Epochs[0].Loss, 1e-4);

        using var hinge = new SignNet(1);
        var random = new Random(4);
        float[] x = Draw.Numbers(random, 80);
        int[] y = [.. Enumerable.Range(0, 20).Select(i => x[i * 4] < 0 ? -1 : 1)];
        var signs = new Samples(x, y);
        Assert.Equal(hinge.Evaluate(signs).Accuracy!.Value, hinge.Fit(signs, new FitOptions { Epochs = 1, BatchSize = 20 }).Epochs[0].Accuracy!.Value, 1e-12);
        Assert.True(hinge.Fit(signs, new FitOptions { Epochs = 150, BatchSize = 10 }).Epochs[^1].Accuracy > 0.9);
    }

    [Fact]
    public void Each_epoch_is_shuffled_by_the_seed()
    {
        Samples data = Clusters(40, 1);
        using var a = new Mlp(1);
        using var b = new Mlp(1);
        using var c = new Mlp(1);
        using var d = new Mlp(1);
        a.Fit(data, new FitOptions { Epochs = 2, BatchSize = 8, Seed = 5 });
        b.Fit(data, new FitOptions { Epochs = 2, BatchSize = 8, Seed = 5 });
        c.Fit(data, new FitOptions { Epochs = 2, BatchSize = 8, Seed = 6 });
        d.Fit(data, new FitOptions { Epochs = 2, BatchSize = 8, Seed = 5, Shuffle = false });
        Same.Bits(a, b);
        Assert.False(Same.HaveBits(a, c));
        Assert.False(Same.HaveBits(a, d));
    }

    [Fact]
    public void Without_shuffling_Fit_is_its_steps_and_the_last_batch_is_partial()
    {
        Samples data = Clusters(22, 1);
        using var fitted = new Mlp(1);
        using var stepped = new Mlp(1);
        fitted.Fit(data, new FitOptions { Epochs = 2, BatchSize = 8, Shuffle = false });
        for (int epoch = 0; epoch < 2; epoch++)
        {
            foreach ((int start, int count) in new[] { (0, 8), (8, 8), (16, 6) })
            {
                float[] x = [.. Enumerable.Range(start, count).SelectMany(i => data.Input(i).ToArray())];
                stepped.TrainStep(x, [.. Enumerable.Range(start, count).Select(data.Label)]);
            }
        }

        Same.Bits(stepped, fitted);
    }

    [Fact]
    public void A_last_batch_is_never_too_small_for_a_batch_norm()
    {
        using var network = new NormNet(1);
        float[] x = Draw.Numbers(new Random(1), 33 * 6);
        var data = new Samples(x, Enumerable.Range(0, 33).Select(i => i % 3).ToArray());
        network.Fit(data, new FitOptions { Epochs = 2, BatchSize = 32 });
        Assert.Equal(4, network.Step);
        ArgumentException error = Assert.Throws<ArgumentException>(() => network.Fit(data, new FitOptions { BatchSize = 1 }));
        Assert.Contains("batch norm", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Fit(data.Subset([4])));
    }

    [Fact]
    public void Training_stops_early_and_ends_with_the_best_weights()
    {
        using var network = new Mlp(1);
        Samples data = Clusters(40, 1);
        Samples validation = Clusters(30, 2);
        Dictionary<int, float[]> weights = [];
        History history = network.Fit(data, new FitOptions
        {
            Epochs = 200,
            BatchSize = 8,
            Validation = validation,
            EarlyStopping = new EarlyStopping { Patience = 3 },
            RestoreBestWeights = true,
            Callbacks = [new OnEpoch((fit, record) =>
            {
                weights[record.Epoch] = Same.Snapshot(network);
                if (record.Epoch == 4)
                    fit.LearningRate = 3;
            })],
        });
        Assert.True(history.StoppedEarly);
        Assert.True(history.Epochs.Count < 200);
        Assert.Equal(history.BestEpoch + 3, history.Epochs.Count);
        Assert.Equal(history.Epochs.MinBy(record => record.ValidationLoss)!.Epoch, history.BestEpoch);
        Same.Bits("the best weights", weights[history.BestEpoch], Same.Snapshot(network));

        // The restored weights are those that predict.
        Assert.Equal(history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value, network.Evaluate(validation, 8).Loss, 1e-6);
    }

    [Fact]
    public void Callbacks_and_progress_see_every_step()
    {
        using var network = new Mlp(1);
        List<string> calls = [];
        List<TrainingProgress> reports = [];
        network.Fit(
            Clusters(20, 1),
            new FitOptions { Epochs = 2, BatchSize = 8, Callbacks = [new Recorder(calls)], ReportInterval = TimeSpan.Zero },
            new Reports(reports));
        Assert.Equal(["begin", "epoch 1", "step 1", "step 2", "step 3", "end of 1", "epoch 2", "step 1", "step 2", "step 3", "end of 2", "end"], calls);
        Assert.Equal(2, reports.Count(report => report.Record is not null));
        Assert.All(reports, report => Assert.InRange(report.Step, 1, 3));
        Assert.All(reports, report => Assert.Equal((2, 3), (report.Epochs, report.Steps)));
        Assert.True(reports.Count >= 6);
        Assert.NotNull(reports[^1].Accuracy);
    }

    [Fact]
    public void Cancellation_takes_effect_between_batches()
    {
        using var network = new Mlp(1);
        using var source = new CancellationTokenSource();
        var options = new FitOptions { Epochs = 5, BatchSize = 8, Callbacks = [new OnStep(() => CancelAt(network, source, 4))] };
        Assert.ThrowsAny<OperationCanceledException>(() => network.Fit(Clusters(24, 1), options, cancellationToken: source.Token));
        Assert.Equal(4, network.Step);
        Assert.True(float.IsFinite(network.TrainStep(new float[16], [1])));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_cancelled_training_that_is_resumed_ends_with_the_same_bits(int cancelledAfter)
    {
        Samples data = Digits(26);
        using var whole = new DigitNet(7);
        History expected = whole.Fit(data, Options(null, null, []));

        string path = Path.Combine(folder, "checkpoint.safetensors");
        using var cancelled = new DigitNet(7);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => cancelled.Fit(data, Options(path, null, [new OnStep(() => CancelAt(cancelled, source, cancelledAfter))]), cancellationToken: source.Token));
        Assert.Equal(cancelledAfter, cancelled.Step);

        // Another seed and weights: the checkpoint brings its own.
        using var resumed = new DigitNet(99);
        History history = resumed.Fit(data, Options(path, path, []));
        Same.Bits(whole, resumed);
        Assert.Equal(whole.Step, resumed.Step);
        Assert.Equal(expected.Epochs.Select(record => (record.Epoch, record.Loss, record.Accuracy, record.LearningRate)), history.Epochs.Select(record => (record.Epoch, record.Loss, record.Accuracy, record.LearningRate)));

        static FitOptions Options(string? checkpoint, string? resume, FitCallback[] callbacks) => new()
        {
            Epochs = 4, BatchSize = 8, Seed = 3, CheckpointPath = checkpoint, ResumeFrom = resume, Callbacks = callbacks,
        };
    }

    [Fact]
    public void Fit_tells_step_and_layer_of_a_loss_that_is_not_finite()
    {
        using var network = new Mlp(1);
        Samples good = Clusters(24, 1);
        float[] x = [.. Enumerable.Range(0, 24).SelectMany(i => good.Input(i).ToArray())];
        x[(17 * 16) + 2] = float.NaN;
        var data = new Samples(x, Enumerable.Range(0, 24).Select(good.Label).ToArray());
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => network.Fit(data, new FitOptions { BatchSize = 8, Shuffle = false }));
        Assert.Equal(2, error.Step);
        Assert.Equal("Input", error.Layer);
        ArgumentException check = Assert.ThrowsAny<ArgumentException>(() => network.Fit(data, new FitOptions { CheckFinite = true }));
        Assert.Contains("17", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_of_ignored_labels_is_passed_over()
    {
        using var network = new StepLabels(1);
        var random = new Random(1);
        float[] x = Draw.Numbers(random, 6 * 12);
        int[] labels = [.. Enumerable.Range(0, 24).Select(i => i is >= 8 and < 16 ? -1 : random.Next(3))];
        var data = new Samples(6, x, labels);
        History history = network.Fit(data, new FitOptions { Epochs = 2, BatchSize = 2, Shuffle = false });
        Assert.Equal(6, network.Step);
        Assert.All(history.Epochs, record => Assert.True(double.IsFinite(record.Loss)));
        Assert.True(double.IsFinite(network.Evaluate(data, 2).Loss));
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused_at_once()
    {
        using var network = new Mlp(1);
        Refusal.Says(() => network.Fit(new Samples(new float[30], new int[2])), "15", "16");
        Refusal.Says(() => network.Fit(new Samples(new float[32], new[] { 0, 5 })), "5", "0 to 4");
        Refusal.Says(() => network.Fit(new Samples(2, new float[32])), "labels");
        Refusal.Says(() => network.Fit(new Samples(0, ReadOnlyMemory<float>.Empty)), "no samples");
        Refusal.Says(() => network.Evaluate(new Samples(new float[30], new int[2])), "15", "16");
        Assert.Throws<ArgumentNullException>(() => network.Fit(null!));
        using var several = new TwoInputs();
        Refusal.Says(() => several.Fit(new Samples(new float[8], new int[2])), "1", "2");
    }

    [Fact]
    public void Networks_of_several_inputs_and_of_targets_are_fitted_too()
    {
        using var several = new TwoInputs(1);
        var random = new Random(1);
        var samples = new Samples(30, [Draw.Numbers(random, 120), Draw.Numbers(random, 90)], Enumerable.Range(0, 30).Select(i => i % 3).ToArray());
        History history = several.Fit(samples, new FitOptions { Epochs = 40, BatchSize = 7 });
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss);
        Assert.NotNull(history.Epochs[0].Accuracy);
        using var targets = new ThreeOutputs(1);
        history = targets.Fit(new Samples(20, Draw.Numbers(random, 120), Draw.Numbers(random, 40)), new FitOptions { Epochs = 20, BatchSize = 6 });
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss);
        Assert.Null(history.Epochs[0].Accuracy);
        using var images = new Autoencoder(1);
        history = images.Fit(new Samples(20, Draw.Numbers(random, 240)), new FitOptions { Epochs = 20, BatchSize = 6 });
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss);
    }

    private static void CancelAt(Network network, CancellationTokenSource source, long step)
    {
        if (network.Step == step)
            source.Cancel();
    }

    // Five clusters around fixed corners.
    private static Samples Clusters(int count, int seed)
    {
        var random = new Random(seed);
        float[] centres = Draw.Numbers(new Random(77), 5 * 16);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(5))];
        float[] x = [.. labels.SelectMany(label => Enumerable.Range(0, 16).Select(i => centres[(label * 16) + i] + (0.5f * ((random.NextSingle() * 2) - 1))))];
        return new Samples(x, labels);
    }

    private static Samples Digits(int count)
    {
        var random = new Random(8);
        return new Samples(Draw.Numbers(random, count * 64), Enumerable.Range(0, count).Select(_ => random.Next(10)).ToArray());
    }

    private sealed class OnStep(Action action) : FitCallback
    {
        public override void OnStepEnd(FitContext fit) => action();
    }

    private sealed class OnEpoch(Action<FitContext, EpochRecord> action) : FitCallback
    {
        public override void OnEpochEnd(FitContext fit, EpochRecord record) => action(fit, record);
    }

    private sealed class Recorder(List<string> calls) : FitCallback
    {
        public override void OnBegin(FitContext fit) => calls.Add("begin");

        public override void OnEpochBegin(FitContext fit) => calls.Add($"epoch {fit.Epoch}");

        public override void OnStepEnd(FitContext fit) => calls.Add($"step {fit.Step}");

        public override void OnEpochEnd(FitContext fit, EpochRecord record) => calls.Add($"end of {record.Epoch}");

        public override void OnEnd(FitContext fit, History history) => calls.Add("end");
    }

    private sealed class Reports(List<TrainingProgress> list) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => list.Add(value);
    }
}
