using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>
/// On a backend with memory of its own <c>Fit</c> leaves what its steps gave there until somebody asks. Nobody can tell, but by counting reads: everything is
/// held against a <c>Fit</c> whose callback asks for each step's loss.
/// </summary>
public sealed class UnreadStepTests : IDisposable
{
    // 40 steps an epoch: more than are left unread.
    private const int Samples = 80;
    private const int Steps = 40;

    private readonly string folder = Directory.CreateTempSubdirectory("dsl-unread").FullName;
    private readonly float[] x = Draw.Numbers(new Random(5), Samples * 4);
    private readonly int[] labels = [.. Enumerable.Range(0, Samples).Select(i => i % 3)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Samples Data => new(x, labels);

    [Fact]
    public void Every_32_steps_and_at_an_epochs_end() => Assert.Equal(2 * 2, Reads(Options()));

    [Fact]
    public void Whenever_a_callback_asks()
    {
        Assert.Equal(2 * Steps, Reads(Options(new Asking())));
        Assert.Equal(2 * 4, Reads(Options(new OnStep(fit => _ = fit.Step % 10 == 0 ? fit.StepLoss : 0))));

        // Twice the same is read once, and before the first step there is nothing.
        Assert.Equal(2 * 2, Reads(Options(new OnStep(fit => _ = fit.Step == Steps ? fit.StepLoss + fit.StepLoss : 0))));
    }

    [Fact]
    public void Whenever_progress_is_reported()
    {
        FitOptions often = new() { Epochs = 2, BatchSize = 2, ReportInterval = TimeSpan.Zero };
        Assert.Equal(2 * Steps, Reads(often, new Reports()));

        // Of the first step, and of the ends: 1, 33, 40; 32, 40.
        FitOptions seldom = new() { Epochs = 2, BatchSize = 2, ReportInterval = TimeSpan.FromHours(1) };
        Assert.Equal(5, Reads(seldom, new Reports()));
    }

    [Fact]
    public void A_training_step_reads_once()
    {
        using UnreadNet network = UnreadNet.On<ReferenceBackend>(1);
        float[] values = x[..8];
        network.TrainStep(values, [0, 1]);
        Assert.Equal(1, BackendTraffic.Of(() => network.TrainStep(values, [0, 1])).Reads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void History_and_weights_are_the_same(bool ignoresBatches)
    {
        if (ignoresBatches)
        {
            // Batches 5, 31 to 33 and the last have no label that counts.
            foreach (int batch in new[] { 5, 31, 32, 33, Steps - 1 })
                labels.AsSpan(batch * 2, 2).Fill(-1);
        }

        List<float> losses = [];
        List<TrainingProgress> read = [];
        List<TrainingProgress> unread = [];
        using UnreadNet expected = UnreadNet.On<ReferenceBackend>(1);
        using UnreadNet actual = UnreadNet.On<ReferenceBackend>(1);
        using var onCpu = new UnreadNet(1);
        History wanted = Fit(expected, new Reports(read), new OnStep(fit => losses.Add(fit.StepLoss)));
        History found = Fit(actual, new Reports(unread));
        History close = Fit(onCpu, null);
        Assert.Equal(wanted.Epochs.Select(Figures), found.Epochs.Select(Figures));
        Same.Bits(expected, actual);
        Assert.Equal((3L * Steps, expected.Step), (actual.Step, actual.Step));
        Assert.Equal(3 * Steps, losses.Count);
        Assert.Equal(ignoresBatches ? 15 : 0, losses.Count(float.IsNaN));
        Assert.Equal(read.Select(report => (report.Epoch, report.Step, report.Loss, report.Accuracy)), unread.Select(report => (report.Epoch, report.Step, report.Loss, report.Accuracy)));
        for (int i = 0; i < close.Epochs.Count; i++)
            Assert.Equal(close.Epochs[i].Loss, found.Epochs[i].Loss, 1e-3);
        Same.Close("Linear2.weight", onCpu.Linear2.Weight.Values, actual.Linear2.Weight.Values, 1e-2);

        // Not shuffled: the epoch's loss is the mean of its steps', in their order.
        double sum = 0;
        foreach (float loss in losses[..Steps].Where(loss => !float.IsNaN(loss)))
            sum += (double)loss * 2;
        Assert.Equal(sum / labels.Count(label => label >= 0), found.Epochs[0].Loss);

        History Fit(UnreadNet network, Reports? reports, params FitCallback[] callbacks) => network.Fit(
            Data,
            new FitOptions { Epochs = 3, BatchSize = 2, Shuffle = false, Callbacks = callbacks, Validation = Data, ReportInterval = TimeSpan.FromHours(1) },
            reports);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(36)]
    [InlineData(Steps - 1)]
    public void A_step_that_is_refused_is_named_and_undone(int step)
    {
        x[(step * 8) + 1] = float.NaN;

        // What comes behind it has no say, though it would be refused too, or has no label that counts.
        if (step < Steps - 1)
        {
            labels.AsSpan((step + 1) * 2, 2).Fill(-1);
            x[^1] = float.PositiveInfinity;
        }

        NonFiniteLossException error = RefusedAlike(Options());
        Assert.Equal((step, "Input"), (error.Step, error.Layer));
    }

    [Fact]
    public void Running_statistics_that_would_overflow()
    {
        for (int i = 0; i < 8; i++)
            x[(10 * 8) + i] = i < 4 ? 1e25f : -1e25f;
        NonFiniteLossException error = RefusedAlike(Options());
        Assert.Equal((10, "BatchNorm1d1", true), (error.Step, error.Layer, float.IsFinite(error.Loss)));
    }

    [Fact]
    public void Weights_that_would_overflow()
    {
        NonFiniteLossException error = RefusedAlike(network => Options(new OnStep(fit =>
        {
            if (fit.Step != 20)
                return;

            // All scores alike, and so large that no weight behind them can grow.
            network.Linear2.Bias.Values.Fill(3.4e38f);
            fit.LearningRate = 1e38;
        })));
        Assert.Equal((20, "Linear2"), (error.Step, error.Layer));
        Assert.Contains("would not be finite after it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_the_second_epoch(bool isShuffled)
    {
        NonFiniteLossException error = RefusedAlike(network => new FitOptions
        {
            Epochs = 2,
            BatchSize = 2,
            Shuffle = isShuffled,
            Callbacks = [new OnEpoch(fit =>
            {
                if (fit.Epoch == 2)
                    network.Parameters["BatchNorm1d1.running_var"].Values.Fill(float.PositiveInfinity);
            })],
        });
        Assert.Equal((Steps, "BatchNorm1d1"), (error.Step, error.Layer));
    }

    [Fact]
    public void Who_looks_at_the_network_sees_the_error_first()
    {
        x[(3 * 8) + 1] = float.NaN;
        foreach (Action<UnreadNet> look in new Action<UnreadNet>[]
        {
            network => network.SaveCheckpoint(Path.Combine(folder, "seen")),
            network => network.Save(Path.Combine(folder, "seen")),
            network => network.Linear1.Weight.Values[0] = 1,
            network => _ = network.Linear1.Weight.Gradients.Length,
        })
        {
            int seen = 0;
            using UnreadNet network = UnreadNet.On<ReferenceBackend>(1);
            NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => network.Fit(Data, Options(new OnStep(fit =>
            {
                if (fit.Step != 10)
                    return;
                seen++;
                look(network);
                seen++;
            }))));
            Assert.Equal((3, "Input", 3L, 1), (error.Step, error.Layer, network.Step, seen));
            Assert.False(File.Exists(Path.Combine(folder, "seen")));
        }
    }

    [Fact]
    public void Who_hides_the_error_does_not_get_round_it()
    {
        x[(3 * 8) + 1] = float.NaN;
        using UnreadNet network = UnreadNet.On<ReferenceBackend>(1);
        int hidden = 0;
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => network.Fit(Data, Options(new OnStep(fit =>
        {
            try
            {
                _ = fit.Step == 10 ? fit.StepLoss : 0;
            }
            catch (NonFiniteLossException)
            {
                hidden++;
                network.SaveCheckpoint(Path.Combine(folder, "hidden"));
                Assert.Equal((3, 3L, true), (fit.Step, network.Step, float.IsFinite(fit.StepLoss)));
            }
        }))));
        Assert.Equal((3, 3L, 1), (error.Step, network.Step, hidden));
    }

    [Fact]
    public void A_callback_that_writes_weights_writes_them_between_two_steps()
    {
        using UnreadNet expected = UnreadNet.On<ReferenceBackend>(1);
        using UnreadNet actual = UnreadNet.On<ReferenceBackend>(1);
        expected.Fit(Data, Options(new Asking(), Writing(expected)));
        actual.Fit(Data, Options(Writing(actual)));
        Same.Bits(expected, actual);

        static OnStep Writing(UnreadNet network) => new(fit =>
        {
            if (fit.Step == 7)
                network.Linear2.Weight.Values.Fill(0.5f);
        });
    }

    [Fact]
    public void An_error_of_a_callback_comes_behind_that_of_a_step()
    {
        OnStep throwing = new(fit => _ = fit.Step == 10 ? throw new InvalidDataException("mine") : 0);
        using UnreadNet good = UnreadNet.On<ReferenceBackend>(1);
        Assert.Throws<InvalidDataException>(() => good.Fit(Data, Options(throwing)));
        Assert.Equal(10, good.Step);
        x[(3 * 8) + 1] = float.NaN;
        Assert.Equal(3, RefusedAlike(Options(throwing)).Step);
    }

    [Fact]
    public void A_cancelled_Fit_is_resumed_with_the_same_bits()
    {
        string path = Path.Combine(folder, "checkpoint");
        using UnreadNet whole = UnreadNet.On<ReferenceBackend>(1);
        History expected = whole.Fit(Data, Options());
        using UnreadNet cancelled = UnreadNet.On<ReferenceBackend>(1);
        using var source = new CancellationTokenSource();
        var options = new FitOptions { Epochs = 2, BatchSize = 2, Shuffle = false, CheckpointPath = path, Callbacks = [Cancelling(source, 37)] };
        Assert.ThrowsAny<OperationCanceledException>(() => cancelled.Fit(Data, options, cancellationToken: source.Token));
        Assert.Equal(37, cancelled.Step);
        using UnreadNet resumed = UnreadNet.On<ReferenceBackend>(2);
        History history = resumed.Fit(Data, new FitOptions { Epochs = 2, BatchSize = 2, Shuffle = false, ResumeFrom = path });
        Assert.Equal(expected.Epochs.Select(Figures), history.Epochs.Select(Figures));
        Same.Bits(whole, resumed);
    }

    [Fact]
    public void A_cancelled_Fit_writes_no_checkpoint_behind_a_refused_step()
    {
        x[(3 * 8) + 1] = float.NaN;
        string path = Path.Combine(folder, "checkpoint");
        using UnreadNet network = UnreadNet.On<ReferenceBackend>(1);
        using var source = new CancellationTokenSource();
        var options = new FitOptions { BatchSize = 2, Shuffle = false, CheckpointPath = path, Callbacks = [Cancelling(source, 9)] };
        Assert.Equal(3, Assert.Throws<NonFiniteLossException>(() => network.Fit(Data, options, cancellationToken: source.Token)).Step);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_larger_batch_does_not_lose_what_was_not_read()
    {
        // 7 samples by 2 are 2, 2, 3: the arena grows behind two unread steps, the second of which is refused.
        var seven = new Samples(7, x.AsMemory(0, 28), labels.AsMemory(0, 7));
        using UnreadNet expected = UnreadNet.On<ReferenceBackend>(1);
        using UnreadNet actual = UnreadNet.On<ReferenceBackend>(1);
        FitOptions options = new() { Epochs = 2, BatchSize = 2, Shuffle = false };
        History wanted = expected.Fit(seven, new FitOptions { Epochs = 2, BatchSize = 2, Shuffle = false, Callbacks = [new Asking()] });
        Assert.Equal(wanted.Epochs.Select(Figures), actual.Fit(seven, options).Epochs.Select(Figures));
        Same.Bits(expected, actual);
        x[8] = float.NaN;
        using UnreadNet refused = UnreadNet.On<ReferenceBackend>(1);
        Assert.Equal(1, Assert.Throws<NonFiniteLossException>(() => refused.Fit(seven, options)).Step);
    }

    private static FitOptions Options(params FitCallback[] callbacks) => new() { Epochs = 2, BatchSize = 2, Shuffle = false, Callbacks = callbacks };

    private static OnStep Cancelling(CancellationTokenSource source, int step) => new(fit =>
    {
        if (fit.Step == step)
            source.Cancel();
    });

    private static (double Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy, double Rate) Figures(EpochRecord record)
        => (record.Loss, record.Accuracy, record.ValidationLoss, record.ValidationAccuracy, record.LearningRate);

    private int Reads(FitOptions options, Reports? reports = null)
    {
        using UnreadNet network = UnreadNet.On<ReferenceBackend>(1);
        return BackendTraffic.Of(() => network.Fit(Data, options, reports)).Reads;
    }

    /// <summary>The error is that of a Fit which asks at each step; weights, state and count of steps too, and what is trained from there.</summary>
    private NonFiniteLossException RefusedAlike(FitOptions options) => RefusedAlike(_ => options);

    private NonFiniteLossException RefusedAlike(Func<UnreadNet, FitOptions> optionsOf)
    {
        using UnreadNet expected = UnreadNet.On<ReferenceBackend>(1);
        using UnreadNet actual = UnreadNet.On<ReferenceBackend>(1);
        FitOptions options = optionsOf(expected);
        FitOptions asking = new() { Epochs = options.Epochs, BatchSize = options.BatchSize, Shuffle = options.Shuffle, Callbacks = [new Asking(), .. options.Callbacks] };
        NonFiniteLossException wanted = Assert.Throws<NonFiniteLossException>(() => expected.Fit(Data, asking));
        NonFiniteLossException found = Assert.Throws<NonFiniteLossException>(() => actual.Fit(Data, optionsOf(actual)));
        Assert.Equal((wanted.Message, wanted.Step, wanted.Layer, wanted.Loss), (found.Message, found.Step, found.Layer, found.Loss));
        Assert.Equal((wanted.Step, wanted.Step), (actual.Step, expected.Step));
        Same.Bits(expected, actual);
        foreach (UnreadNet network in new[] { expected, actual })
        {
            network.LearningRate = 1e-2;
            network.Parameters["BatchNorm1d1.running_var"].Values.Fill(1);
        }

        float[] good = Draw.Numbers(new Random(9), 12);
        for (int i = 0; i < 2; i++)
            Assert.Equal(expected.TrainStep(good, [0, 1, 2]), actual.TrainStep(good, [0, 1, 2]));
        Same.Bits(expected, actual);
        return found;
    }

    private sealed class Asking : FitCallback
    {
        public override void OnStepEnd(FitContext fit) => _ = fit.StepLoss;
    }

    private sealed class OnStep(Action<FitContext> action) : FitCallback
    {
        public override void OnStepEnd(FitContext fit) => action(fit);
    }

    private sealed class OnEpoch(Action<FitContext> action) : FitCallback
    {
        public override void OnEpochBegin(FitContext fit) => action(fit);
    }

    private sealed class Reports(List<TrainingProgress>? list = null) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => list?.Add(value);
    }
}

[Model]
[Input(4)]
[Linear(6), BatchNorm1d, Dropout(0.2), ReLU, Linear(3)]
[CrossEntropy(IgnoreLabel = -1), Adam(1e-2), Cosine]
public partial class UnreadNet;
