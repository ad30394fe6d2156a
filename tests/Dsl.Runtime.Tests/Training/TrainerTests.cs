using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace Dsl.Runtime.Tests;

public class TrainerTests
{
    private static History Fit(SoftmaxRegression network, Samples data, FitOptions options, CancellationToken cancellationToken = default) =>
        Trainer.Fit(network, data, options, null, cancellationToken);

    [Fact]
    public void Training_learns_and_the_history_says_how()
    {
        SoftmaxRegression network = new(learningRate: 0.5);
        (Samples train, Samples test) = SoftmaxRegression.Data(400).Split(0.25);
        History history = Fit(network, train, new FitOptions { Epochs = 20, BatchSize = 16, Validation = test });
        Assert.Equal(Enumerable.Range(1, 20), history.Epochs.Select(e => e.Epoch));
        Assert.True(history.Epochs[^1].Loss < history.Epochs[0].Loss / 2);
        Assert.InRange(history.Epochs[^1].Accuracy!.Value, 0.95, 1);
        Assert.InRange(history.Epochs[^1].ValidationAccuracy!.Value, 0.9, 1);
        Assert.False(history.StoppedEarly);
        Assert.Equal(20 * 19, network.Step);
        Assert.Equal((380, 19), (network.TotalSteps, network.StepsPerEpoch));
        Assert.Equal(Schedule.Cosine(0.5, 379, 380, 2, 0), history.Epochs[^1].LearningRate);

        Evaluation evaluation = Trainer.Evaluate(network, test);
        Assert.Equal(history.Epochs[^1].ValidationLoss!.Value, evaluation.Loss, 1e-6);
        Assert.Equal(history.Epochs[^1].ValidationAccuracy, evaluation.Accuracy);
        Assert.Equal(evaluation.Accuracy!.Value, evaluation.Confusion!.Accuracy, 1e-15);
        Assert.Equal(100, evaluation.Confusion.Count);
    }

    [Fact]
    public void Evaluation_does_not_depend_on_the_batch_size_and_skips_ignored_labels()
    {
        Samples data = SoftmaxRegression.Data(50);
        float[] inputs = [.. Enumerable.Range(0, 50).SelectMany(i => data.Input(i).ToArray())];
        int[] labels = [.. Enumerable.Range(0, 50).Select(i => i % 3 == 0 || i is >= 20 and < 30 ? -100 : data.Label(i))];
        data = new(inputs, labels);
        SoftmaxRegression network = new();
        Evaluation whole = Trainer.Evaluate(network, data, 64);
        foreach (int batchSize in new[] { 1, 7, 10, 50 })
        {
            Evaluation parts = Trainer.Evaluate(network, data, batchSize);
            Assert.Equal(whole.Loss, parts.Loss, 1e-6);
            Assert.Equal(whole.Accuracy, parts.Accuracy);
        }

        Assert.Equal(labels.Count(label => label >= 0), whole.Confusion!.Count);
    }

    [Theory]
    [InlineData(Evaluation.MaxConfusionClasses, true)]
    [InlineData(Evaluation.MaxConfusionClasses + 1, false)]
    [InlineData(46_341, false)]
    [InlineData(100_000, false)]
    public void An_evaluation_of_very_many_classes_has_no_confusion_matrix(int classes, bool hasConfusion)
    {
        Samples data = new(new float[12], new[] { 0, classes - 1, 1 });
        Evaluation evaluation = Trainer.Evaluate(new SoftmaxRegression(classes: classes), data, 2);
        Assert.Equal(Math.Log(classes), evaluation.Loss, 1e-3);
        Assert.Equal(1.0 / 3, evaluation.Accuracy!.Value, 1e-9);
        Assert.Equal(hasConfusion, evaluation.Confusion is not null);
    }

    [Fact]
    public void An_evaluation_whose_outputs_no_array_holds_says_so()
    {
        Samples data = new(60_000, new float[60_000 * 4], new int[60_000]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Trainer.Evaluate(new SoftmaxRegression(classes: 50_000), data, 60_000));
        Assert.Contains("60000 samples with 50000 values of outputs each has 3000000000 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_epoch_sees_every_sample_once_in_an_order_of_its_own()
    {
        Samples data = SoftmaxRegression.Data(37);
        float[] ids = [.. Enumerable.Range(0, 37).Select(i => data.Input(i)[0])];
        float[] Order(FitOptions options)
        {
            SoftmaxRegression network = new();
            Fit(network, data, options);
            return [.. network.Seen];
        }

        float[] seen = Order(new FitOptions { Epochs = 2, BatchSize = 8, Seed = 3 });
        Assert.Equal(ids.Order(), seen[..37].Order());
        Assert.Equal(ids.Order(), seen[37..].Order());
        Assert.NotEqual(seen[..37], seen[37..]);
        Assert.Equal(seen, Order(new FitOptions { Epochs = 2, BatchSize = 5, Seed = 3 }));
        Assert.NotEqual(seen, Order(new FitOptions { Epochs = 2, BatchSize = 8, Seed = 4 }));
        Assert.Equal([.. ids, .. ids], Order(new FitOptions { Epochs = 2, BatchSize = 8, Shuffle = false }));
    }

    [Theory]
    [InlineData(10, 4, 1, new[] { 4, 4, 2 })]
    [InlineData(9, 4, 1, new[] { 4, 4, 1 })]
    [InlineData(8, 4, 2, new[] { 4, 4 })]
    [InlineData(9, 4, 2, new[] { 4, 3, 2 })]
    [InlineData(5, 2, 2, new[] { 2, 3 })]
    [InlineData(3, 2, 2, new[] { 3 })]
    [InlineData(4, 3, 2, new[] { 2, 2 })]
    [InlineData(3, 8, 2, new[] { 3 })]
    public void The_last_batch_is_partial_but_never_below_the_minimum(int samples, int batchSize, int minimum, int[] sizes)
    {
        SoftmaxRegression network = new() { MinimumBatch = minimum };
        Fit(network, SoftmaxRegression.Data(samples), new FitOptions { Epochs = 1, BatchSize = batchSize });
        Assert.Equal(sizes, network.BatchSizes);
        Assert.Equal(sizes.Max(), new BatchPlan(samples, batchSize, minimum).Largest);
    }

    [Fact]
    public void Batches_that_cannot_reach_the_minimum_are_refused()
    {
        SoftmaxRegression network = new() { MinimumBatch = 2 };
        Assert.Contains("BatchSize is 1", Assert.Throws<ArgumentException>(() => Fit(network, SoftmaxRegression.Data(3), new FitOptions { BatchSize = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("There are 1 samples", Assert.Throws<ArgumentException>(() => Fit(network, SoftmaxRegression.Data(1), new FitOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused_before_training()
    {
        SoftmaxRegression network = new();
        void Refused(string message, Samples data) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => Fit(network, data, new FitOptions())).Message, StringComparison.Ordinal);
        Refused("no samples", new Samples(0, Array.Empty<float>()));
        Refused("have 5 values for the input, but Tests.SoftmaxRegression takes 4", new Samples(new float[10], new[] { 0, 1 }));
        Refused("have 2 inputs", new Samples(2, [new float[8], new float[8]], new int[2]));
        Refused("0 labels each", new Samples(2, new float[8], new float[2]));
        Refused("Label 3 of sample 1 is outside 0 to 2 or -100", new Samples(new float[8], new[] { 0, 3 }));
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Fit(network, new Samples(new float[] { 1, 2, 3, float.NaN }, new[] { 0 }), new FitOptions { CheckFinite = true })).Message, StringComparison.Ordinal);
        Assert.Equal(0, network.Step);
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        Samples data = SoftmaxRegression.Data(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new(), data, new FitOptions { Epochs = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new(), data, new FitOptions { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new(), data, new FitOptions { EarlyStopping = new() { Patience = 0, Monitor = MonitoredFigure.Loss } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new(), data, new FitOptions { EarlyStopping = new() { MinDelta = double.NaN, Monitor = MonitoredFigure.Loss } }));
        foreach (MonitoredFigure monitor in new[] { MonitoredFigure.ValidationLoss, MonitoredFigure.ValidationAccuracy })
            Assert.Contains("no Validation", Assert.Throws<ArgumentException>(() => Fit(new(), data, new FitOptions { EarlyStopping = new() { Monitor = monitor } })).Message, StringComparison.Ordinal);
        Fit(new(), data, new FitOptions { EarlyStopping = new() { Monitor = MonitoredFigure.Loss } });
    }

    [Fact]
    public void What_options_hold_is_looked_at_before_anything_else()
    {
        Samples data = SoftmaxRegression.Data(4);
        string folder = Directory.CreateTempSubdirectory("dsl-options").FullName;
        void Refused<TException>(FitOptions options, params string[] words)
            where TException : Exception
        {
            SoftmaxRegression network = new();
            TException error = Assert.ThrowsAny<TException>(() => Fit(network, data, options));
            Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
            Assert.Equal(0, network.Step);
        }

        try
        {
            EarlyStopping Watching(MonitoredFigure monitor, double minDelta = 0) => new() { Monitor = monitor, MinDelta = minDelta };
            Refused<ArgumentNullException>(new FitOptions { Callbacks = null! }, "options.Callbacks");
            Refused<ArgumentException>(new FitOptions { Callbacks = [new Recorder(), null!] }, "Callbacks[1] is null");
            Refused<ArgumentOutOfRangeException>(new FitOptions { CheckpointEveryEpochs = 0 }, "CheckpointEveryEpochs");
            Refused<ArgumentOutOfRangeException>(new FitOptions { ReportInterval = TimeSpan.FromTicks(-1) }, "ReportInterval");
            Refused<ArgumentException>(new FitOptions { CheckpointPath = "" });
            Refused<ArgumentException>(new FitOptions { ResumeFrom = "" });
            Refused<FileNotFoundException>(new FitOptions { ResumeFrom = Path.Combine(folder, "none") }, "none");
            Refused<IOException>(new FitOptions { CheckpointPath = folder }, folder, "it is a folder");
            Refused<IOException>(new FitOptions { CheckpointPath = Path.Combine(folder, "none", "x") }, "there is no folder");
            Refused<ArgumentOutOfRangeException>(new FitOptions { EarlyStopping = Watching((MonitoredFigure)4), Validation = data }, "monitored figure 4");
            Refused<ArgumentOutOfRangeException>(new FitOptions { EarlyStopping = Watching((MonitoredFigure)(-1)) }, "monitored figure -1");
            foreach (double minDelta in new[] { -1e-9, double.NegativeInfinity, double.PositiveInfinity, double.NaN })
                Refused<ArgumentOutOfRangeException>(new FitOptions { EarlyStopping = Watching(MonitoredFigure.Loss, minDelta) }, "MinDelta");
            Assert.Empty(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_figure_that_there_will_not_be_cannot_be_watched()
    {
        Samples data = SoftmaxRegression.Data(4);
        Samples ignored = new(new float[8], new[] { -100, -100 });
        void Refused(MonitoredFigure monitor, bool hasAccuracy, Samples training, Samples validation, string message)
        {
            SoftmaxRegression network = new() { HasAccuracy = hasAccuracy };
            FitOptions options = new() { Validation = validation, EarlyStopping = new() { Monitor = monitor } };
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => Fit(network, training, options)).Message, StringComparison.Ordinal);
            Assert.Equal(0, network.Step);
        }

        Refused(MonitoredFigure.Accuracy, false, data, data, "watches Accuracy, but the loss of Tests.SoftmaxRegression classifies nothing, so there is no accuracy; watch Loss");
        Refused(MonitoredFigure.ValidationAccuracy, false, data, data, "watches ValidationAccuracy, but the loss of Tests.SoftmaxRegression classifies nothing");
        Refused(MonitoredFigure.Accuracy, true, ignored, data, "every label of the training samples is the ignored one");
        Refused(MonitoredFigure.ValidationLoss, true, data, ignored, "every label of the validation samples is the ignored one");
        Fit(new() { HasAccuracy = false }, data, new FitOptions { EarlyStopping = new() { Monitor = MonitoredFigure.Loss } });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e39)]
    public void A_callback_cannot_set_a_rate_that_is_none(double rate)
    {
        SoftmaxRegression network = new();
        OnStep callback = new(fit =>
        {
            ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => fit.LearningRate = rate);
            Assert.Equal("value", error.ParamName);
        });
        Fit(network, SoftmaxRegression.Data(4), new FitOptions { Epochs = 1, Callbacks = [callback] });
        Assert.Equal((1, 0.1), (network.Step, network.BaseLearningRate));
    }

    [Theory]
    [InlineData(2, 0, new[] { 3f, 2, 2.5f, 2.1f, 1 }, 2, 4)]
    [InlineData(2, 0, new[] { 3f, 2, 2.5f, 1.9f, 1, 2, 3 }, 5, 7)]
    [InlineData(1, 0, new[] { 3f, 3 }, 1, 2)]
    [InlineData(2, 0.5, new[] { 3f, 2.6f, 2.5f, 2.4f }, 1, 3)]
    [InlineData(2, 0, new[] { float.NaN, 4, float.NaN, 5 }, 2, 4)]
    [InlineData(2, 0, new[] { float.NaN, float.NaN }, 0, 2)]
    public void Early_stopping_waits_for_its_patience_and_the_best_weights_come_back(int patience, double minDelta, float[] losses, int best, int epochs)
    {
        SoftmaxRegression network = new();
        foreach (float loss in losses)
            network.ValidationLosses.Enqueue(loss);
        Keeper keeper = new(network);
        FitOptions options = new()
        {
            Epochs = 50,
            BatchSize = 16,
            Validation = SoftmaxRegression.Data(8, 6),
            EarlyStopping = new EarlyStopping { Patience = patience, MinDelta = minDelta },
            RestoreBestWeights = true,
            Callbacks = [keeper],
        };
        History history = Fit(network, SoftmaxRegression.Data(32), options);
        Assert.True(history.StoppedEarly);
        Assert.Equal((epochs, best), (history.Epochs.Count, history.BestEpoch));
        Assert.Equal(losses[..epochs].Select(loss => (double)loss), history.Epochs.Select(e => e.ValidationLoss!.Value));
        Assert.Equal(keeper.Weights[best > 0 ? best - 1 : epochs - 1], network.Weight.Values.ToArray());
        Assert.Equal(best > 0 ? 1 : 0, network.WeightChanges);
    }

    [Fact]
    public void A_callback_sees_every_step_and_can_stop()
    {
        SoftmaxRegression network = new();
        Recorder recorder = new() { StopAfter = 7 };
        History history = Fit(network, SoftmaxRegression.Data(20), new FitOptions { Epochs = 5, BatchSize = 4, Callbacks = [recorder] });
        Assert.Equal(["begin", "epoch 1/5", "1/5", "2/5", "3/5", "4/5", "5/5", "end of 1", "epoch 2/5", "1/5", "2/5", "end of 2", "end"], recorder.Calls);
        Assert.Equal(7, network.Step);
        Assert.True(history.StoppedEarly);
        Assert.Equal(2, history.Epochs.Count);
    }

    [Fact]
    public void Progress_is_reported_at_every_epochs_end_and_between()
    {
        Reports reports = new();
        Trainer.Fit(
            new SoftmaxRegression(), SoftmaxRegression.Data(40), new FitOptions { Epochs = 3, BatchSize = 8, ReportInterval = TimeSpan.Zero }, reports, default);
        Assert.Equal([.. from epoch in Enumerable.Range(1, 3) from step in new[] { 1, 2, 3, 4, 5, 5 } select (epoch, step)], reports.All.Select(r => (r.Epoch, r.Step)));
        Assert.All(reports.All, r => Assert.Equal((3, 5), (r.Epochs, r.Steps)));
        Assert.All(reports.All, r => Assert.True(r.SamplesPerSecond > 0 && r.Loss > 0 && r.Accuracy is >= 0 and <= 1));
        Assert.Equal(TimeSpan.Zero, reports.All[^1].TimeLeft);
        Assert.True(reports.All[0].TimeLeft > TimeSpan.Zero);
        Assert.Equal([1, 2, 3], reports.All.Where(r => r.Record is not null).Select(r => r.Record!.Epoch));

        Reports sparse = new();
        Trainer.Fit(
            new SoftmaxRegression(), SoftmaxRegression.Data(40), new FitOptions { Epochs = 3, BatchSize = 8, ReportInterval = TimeSpan.FromHours(1) }, sparse, default);
        Assert.Equal(4, sparse.All.Count);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_with_its_step_and_layer()
    {
        SoftmaxRegression network = new() { NanStep = 7 };
        NonFiniteLossException e = Assert.Throws<NonFiniteLossException>(() => Fit(network, SoftmaxRegression.Data(20), new FitOptions { BatchSize = 4 }));
        Assert.Equal(7L, e.Step);
        Assert.StartsWith("Linear1 of ", e.Layer, StringComparison.Ordinal);
        Assert.Contains("NaN in step 7", e.Message, StringComparison.Ordinal);
        Assert.Contains("Linear1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(3, 12)]
    [InlineData(10, 3)]
    [InlineData(32, 3)]
    public void Steps_may_be_read_later(int atOnce, int reads)
    {
        Samples data = SoftmaxRegression.Data(40);
        FitOptions options = new() { Epochs = 3, BatchSize = 4, Validation = data };
        SoftmaxRegression expected = new();
        SoftmaxRegression actual = new() { StepsAtOnce = atOnce };
        Assert.Equal(Fit(expected, data, options).Epochs.Select(WithoutTime), Fit(actual, data, options).Epochs.Select(WithoutTime));
        Assert.Equal(expected.Weight.Values.ToArray(), actual.Weight.Values.ToArray());
        Assert.Equal(reads, actual.Reads);

        static EpochRecord WithoutTime(EpochRecord record) => record with { Seconds = 0 };
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(32)]
    public void A_step_that_is_seen_late_to_be_refused_is_the_one_that_is_named(int atOnce)
    {
        // Step 7 is the third of the second epoch: its batch is looked at again, behind those of its window that were applied.
        SoftmaxRegression expected = new() { NanStep = 7 };
        SoftmaxRegression actual = new() { NanStep = 7, StepsAtOnce = atOnce };
        FitContext? seen = null;
        NonFiniteLossException wanted = Assert.Throws<NonFiniteLossException>(() => Fit(expected, SoftmaxRegression.Data(20), new FitOptions { BatchSize = 4 }));
        FitOptions options = new() { BatchSize = 4, Callbacks = [new OnStep(fit => seen = fit)] };
        NonFiniteLossException found = Assert.Throws<NonFiniteLossException>(() => Fit(actual, SoftmaxRegression.Data(20), options));
        Assert.Equal((7L, 7L, 7L), (found.Step, actual.Step, expected.Step));
        Assert.Equal(wanted.Layer!.Replace("behind 0", $"behind {Math.Min(atOnce - 1, 2)}", StringComparison.Ordinal), found.Layer);
        Assert.Equal(expected.Weight.Values.ToArray(), actual.Weight.Values.ToArray());
        Assert.Equal((2, 2), (seen!.Epoch, seen.Step));
        Assert.Null(actual.BeforeHostAccess);
    }

    [Fact]
    public void Only_the_thread_of_a_Fit_reads_its_steps()
    {
        SoftmaxRegression network = new() { StepsAtOnce = 32 };
        float loss = 0;
        OnStep asking = new(fit =>
        {
            if (fit.Step != 3)
                return;
            Thread other = new(() => loss = fit.StepLoss + network.Reads);
            other.Start();
            other.Join();
            Assert.True(float.IsNaN(loss));
            network.BeforeHostAccess!();
            Assert.Equal(1, network.Reads);
            Assert.True(fit.StepLoss > 0);
        });
        Fit(network, SoftmaxRegression.Data(20), new FitOptions { Epochs = 1, BatchSize = 4, Callbacks = [asking] });
        Assert.Equal(2, network.Reads);
    }

    [Fact]
    public void Cancellation_is_seen_between_batches()
    {
        SoftmaxRegression network = new();
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => Fit(network, SoftmaxRegression.Data(20), new FitOptions { BatchSize = 4, Callbacks = [new CancelAt(source, 3)] }, source.Token));
        Assert.Equal(3, network.Step);
        Assert.Throws<OperationCanceledException>(() => Fit(network, SoftmaxRegression.Data(20), new FitOptions { BatchSize = 4 }, source.Token));
        Assert.Equal(3, network.Step);
    }

    [Fact]
    public void A_batch_allocates_nothing()
    {
        Allocations allocations = new();
        SoftmaxRegression network = new() { Notes = false };
        Samples data = SoftmaxRegression.Data(400);
        Fit(network, data, new FitOptions { Epochs = 2, BatchSize = 4, Callbacks = [allocations], Validation = data });
        Assert.Equal(allocations.AtStep10, allocations.AtStep90);
    }

    private sealed class Keeper(SoftmaxRegression network) : FitCallback
    {
        public List<float[]> Weights { get; } = [];

        public override void OnEpochEnd(FitContext fit, EpochRecord record) => Weights.Add(network.Weight.Values.ToArray());
    }

    private sealed class Recorder : FitCallback
    {
        private int _steps;

        public int StopAfter { get; init; }

        public List<string> Calls { get; } = [];

        public override void OnBegin(FitContext fit) => Calls.Add("begin");

        public override void OnEpochBegin(FitContext fit) => Calls.Add($"epoch {fit.Epoch}/{fit.Epochs}");

        public override void OnStepEnd(FitContext fit)
        {
            Calls.Add($"{fit.Step}/{fit.StepsPerEpoch}");
            Assert.True(fit.StepLoss > 0);
            if (++_steps == StopAfter)
                fit.Stop();
        }

        public override void OnEpochEnd(FitContext fit, EpochRecord record) => Calls.Add($"end of {record.Epoch}");

        public override void OnEnd(FitContext fit, History history) => Calls.Add("end");
    }

    private sealed class Reports : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }

    private sealed class OnStep(Action<FitContext> action) : FitCallback
    {
        public override void OnStepEnd(FitContext fit) => action(fit);
    }

    internal sealed class CancelAt(CancellationTokenSource source, int step) : FitCallback
    {
        private int _steps;

        public override void OnStepEnd(FitContext fit)
        {
            if (++_steps == step)
                source.Cancel();
        }
    }

    private sealed class Allocations : FitCallback
    {
        public long AtStep10 { get; private set; }

        public long AtStep90 { get; private set; }

        public override void OnStepEnd(FitContext fit)
        {
            if (fit.Step == 10)
                AtStep10 = GC.GetAllocatedBytesForCurrentThread();
            else if (fit.Step == 90)
                AtStep90 = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
