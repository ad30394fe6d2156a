using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>What may happen to a network in the midst of a <c>Fit</c>, from its callbacks and from other threads.</summary>
public sealed class FitOverlapTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dsl-overlap").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Samples Data()
    {
        var random = new Random(1);
        return new Samples(Draw.Numbers(random, 24 * 16), Enumerable.Range(0, 24).Select(_ => random.Next(5)).ToArray());
    }

    private static FitOptions Options(params FitCallback[] callbacks) => new() { Epochs = 3, BatchSize = 8, Callbacks = callbacks };

    private (string Name, Action<Mlp> Call)[] Spoilers()
    {
        string checkpoint = Path.Combine(folder, "checkpoint");
        string weights = Path.Combine(folder, "weights");
        using (var other = new Mlp(9))
        {
            other.SaveCheckpoint(checkpoint);
            other.Save(weights);
        }

        return
        [
            ("Fit", network => network.Fit(Data(), Options())),
            ("Fit", network => network.Fit(Data(), new FitOptions { ResumeFrom = checkpoint })),
            ("LoadCheckpoint", network => network.LoadCheckpoint(checkpoint)),
            ("LoadWeights", network => network.LoadWeights(weights)),
            ("TrainStep", network => network.TrainStep(new float[16], [1])),
            ("CopyFrom", network =>
            {
                using var other = new Mlp();
                network.CopyFrom(other);
            }),
            ("TotalSteps", network => network.TotalSteps = 3),
            ("StepsPerEpoch", network => network.StepsPerEpoch = 3),
        ];
    }

    private static void Refused(string name, Action call)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(call);
        Assert.Contains($"Mlp is in the midst of a Fit, so {name} has to wait", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_spoil_a_Fit_is_refused_in_its_callbacks_and_changes_nothing()
    {
        using var expected = new Mlp(1);
        expected.Fit(Data(), Options());
        using var network = new Mlp(1);
        int calls = 0;
        network.Fit(Data(), Options(new Everywhere(_ =>
        {
            foreach ((string name, Action<Mlp> call) in Spoilers())
            {
                Refused(name, () => call(network));
                calls++;
            }
        })));
        Assert.Equal(8 * (1 + 3 + 9 + 3 + 1), calls);
        Same.Bits(expected, network);
        Assert.Equal((expected.Step, expected.TotalSteps), (network.Step, network.TotalSteps));

        // Afterwards each of them is possible again.
        foreach ((_, Action<Mlp> call) in Spoilers())
        {
            if (Record.Exception(() => call(network)) is { } error)
                Assert.IsNotType<InvalidOperationException>(error);
        }
    }

    [Fact]
    public async Task Another_thread_is_refused_while_a_Fit_runs()
    {
        using var network = new Mlp(1);
        using var started = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        Task<History> fit = Task.Run(() => network.Fit(Data(), Options(new Everywhere(_ =>
        {
            started.Set();
            mayEnd.Wait();
        }))));
        started.Wait();
        try
        {
            foreach ((string name, Action<Mlp> call) in Spoilers())
                Refused(name, () => call(network));
        }
        finally
        {
            mayEnd.Set();
        }

        Assert.Equal(3, (await fit).Epochs.Count);
        Assert.Equal(9, network.Step);
    }

    [Fact]
    public async Task Of_many_that_begin_at_once_only_one_at_a_time_trains()
    {
        using var network = new Mlp(1);
        using var barrier = new Barrier(4);
        int running = 0;
        int done = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                for (int i = 0; i < 20; i++)
                {
                    try
                    {
                        network.Fit(Data(), new FitOptions { Epochs = 1, BatchSize = 8, Callbacks = [new OnlyOne(() => Interlocked.Increment(ref running), () => Interlocked.Decrement(ref running))] });
                        Interlocked.Increment(ref done);
                    }
                    catch (InvalidOperationException)
                    {
                        Thread.Yield();
                    }
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.True(done > 0);
        Assert.Equal(3 * done, network.Step);
    }

    [Fact]
    public void Reading_evaluating_predicting_and_saving_are_free()
    {
        using var expected = new Mlp(1);
        expected.Fit(Data(), Options());
        using var network = new Mlp(1);
        Samples data = Data();
        string path = Path.Combine(folder, "saved");
        network.Fit(Data(), Options(new Everywhere(_ =>
        {
            network.Predict(new float[16], new float[5]);
            Assert.True(network.Evaluate(data).Loss > 0);
            network.Save(path);
            network.SaveCheckpoint(path);
        })));
        Same.Bits(expected, network);
    }

    [Fact]
    public void A_Fit_that_fails_leaves_the_network_free()
    {
        using var network = new Mlp(1);
        Assert.Throws<NotSupportedException>(() => network.Fit(Data(), Options(new Everywhere(_ => throw new NotSupportedException()))));
        Assert.Throws<ArgumentException>(() => network.Fit(new Samples(new float[3], new int[1])));
        network.Fit(Data(), Options());
        Assert.Equal(9, network.Step);
    }

    [Fact]
    public void A_network_disposed_by_a_callback_ends_its_Fit()
    {
        for (int call = 1; call <= 17; call++)
        {
            using var network = new Mlp(1);
            int calls = 0;
            FitCallback dispose = new Everywhere(_ =>
            {
                if (++calls == call)
                    network.Dispose();
            });
            FitOptions options = new()
            {
                Epochs = 3, BatchSize = 8, Callbacks = [dispose], Validation = Data(), RestoreBestWeights = true, CheckpointPath = Path.Combine(folder, "checkpoint"),
            };

            // After the last callback there is nothing left to do.
            if (call == 17)
                Assert.Equal(3, network.Fit(Data(), options).Epochs.Count);
            else
                Assert.Throws<ObjectDisposedException>(() => network.Fit(Data(), options));
            Assert.Throws<ObjectDisposedException>(() => network.Fit(Data(), Options()));
        }

        Assert.DoesNotContain(Directory.GetFiles(folder), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_network_disposed_by_another_thread_ends_its_Fit()
    {
        for (int i = 0; i < 30; i++)
        {
            using var network = new WideMlp(1);
            var random = new Random(i);
            var data = new Samples(Draw.Numbers(random, 64 * 128), new int[64]);
            using var started = new ManualResetEventSlim();
            Task fit = Task.Run(() => network.Fit(data, new FitOptions
            {
                Epochs = 1_000_000, BatchSize = 16, Validation = data, RestoreBestWeights = true, CheckpointPath = Path.Combine(folder, "checkpoint"),
                Callbacks = [new Everywhere(_ => started.Set())],
            }));
            started.Wait();
            Thread.SpinWait(random.Next(200_000));
            network.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => fit);
        }
    }

    [Fact]
    public void What_a_loss_does_not_have_cannot_be_watched()
    {
        using var targets = new ThreeOutputs(1);
        var random = new Random(1);
        var data = new Samples(20, Draw.Numbers(random, 120), Draw.Numbers(random, 40));
        foreach (MonitoredFigure monitor in new[] { MonitoredFigure.Accuracy, MonitoredFigure.ValidationAccuracy })
        {
            FitOptions options = new() { Validation = data, EarlyStopping = new EarlyStopping { Monitor = monitor } };
            Refusal.Says(() => targets.Fit(data, options), $"watches {monitor}", "the loss of ThreeOutputs classifies nothing");
        }

        Assert.Equal(0, targets.Step);
        using var hinge = new SignNet(1);
        var signs = new Samples(Draw.Numbers(random, 80), Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? -1 : 1).ToArray());
        Assert.NotEmpty(hinge.Fit(signs, new FitOptions { EarlyStopping = new EarlyStopping { Monitor = MonitoredFigure.Accuracy } }).Epochs);
    }

    [Fact]
    public void A_batch_that_is_null_is_named()
    {
        static void Named(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentNullException>(call).ParamName);
        using var network = new Mlp(1);
        var x = new Mlp.InputBatch(2);
        var y = new Mlp.OutputBatch(2);
        Named("inputs", () => network.Predict((Mlp.InputBatch)null!));
        Named("inputs", () => network.Predict(null!, y));
        Named("outputs", () => network.Predict(x, null!));
        Named("inputs", () => network.Probabilities(null!, y));
        Named("probabilities", () => network.Probabilities(x, null!));
        Named("inputs", () => network.Classify((Mlp.InputBatch)null!, new int[2]));
        Named("inputs", () => network.Loss((Mlp.InputBatch)null!, new int[2]));
        Named("inputs", () => network.TrainStep((Mlp.InputBatch)null!, new int[2]));

        using var several = new TwoInputs(1);
        var left = new TwoInputs.LeftBatch(2);
        var right = new TwoInputs.RightBatch(2);
        Named("leftValues", () => several.Predict(null!, right));
        Named("rightValues", () => several.Predict(left, null!));
        Named("rightValues", () => several.TrainStep(left, null!, new int[2]));

        using var outputs = new ThreeOutputs(1);
        Named("middleValues", () => outputs.Predict(new ThreeOutputs.InputBatch(1), new ThreeOutputs.OutputBatch(1), new ThreeOutputs.HiddenBatch(1), null!));
        Named("targets", () => outputs.TrainStep(new ThreeOutputs.InputBatch(1), null!));
        Named("targets", () => outputs.Loss(new ThreeOutputs.InputBatch(1), null!));
        Assert.Equal(0, network.Step + several.Step + outputs.Step);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e39)]
    public void A_rate_that_is_none_is_refused(double rate)
    {
        using var network = new Mlp(1);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => network.LearningRate = rate).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.TotalSteps = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.StepsPerEpoch = -1);
        Assert.Equal((1e-2, 0L, 0), (network.LearningRate, network.TotalSteps, network.StepsPerEpoch));
    }

    private sealed class Everywhere(Action<FitContext> action) : FitCallback
    {
        public override void OnBegin(FitContext fit) => action(fit);

        public override void OnEpochBegin(FitContext fit) => action(fit);

        public override void OnStepEnd(FitContext fit) => action(fit);

        public override void OnEpochEnd(FitContext fit, EpochRecord record) => action(fit);

        public override void OnEnd(FitContext fit, History history) => action(fit);
    }

    private sealed class OnlyOne(Func<int> enter, Func<int> leave) : FitCallback
    {
        public override void OnBegin(FitContext fit) => Assert.Equal(1, enter());

        public override void OnEnd(FitContext fit, History history) => Assert.Equal(0, leave());
    }
}
