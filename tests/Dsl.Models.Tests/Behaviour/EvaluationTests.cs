using System;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>What <c>Evaluate</c> says of each kind of loss, against a plain computation on the outputs.</summary>
public sealed class EvaluationTests
{
    [Fact]
    public void Decisions_have_an_accuracy()
    {
        using var cpu = new TagNet(1);
        using TagNet plain = TagNet.On<ReferenceBackend>(1);
        foreach (TagNet network in new[] { cpu, plain })
        {
            (float[] x, float[] targets) = Tags(40);
            var data = new Samples(40, x, targets);
            float[] logits = new float[40 * 3];
            network.Predict(x, logits);
            double share = logits.Zip(targets).Count(pair => pair.First > 0 == pair.Second >= 0.5f) / 120.0;
            Assert.InRange(share, 0.05, 0.95);
            Evaluation evaluation = network.Evaluate(data, 7);
            Assert.Equal(share, evaluation.Accuracy!.Value, 1e-12);
            Assert.Null(evaluation.Confusion);
            Assert.Null(evaluation.R2);

            // One step over all of them counts what the network said before it.
            EpochRecord epoch = network.Fit(data, new FitOptions { Epochs = 1, BatchSize = 40, Validation = data }).Epochs[0];
            Assert.Equal(share, epoch.Accuracy!.Value, 1e-12);
            Assert.Equal(network.Evaluate(data).Accuracy, epoch.ValidationAccuracy);
        }
    }

    [Fact]
    public void Early_stopping_watches_decisions_and_a_checkpoint_in_an_epoch_keeps_their_count()
    {
        string path = System.IO.Path.GetTempFileName();
        try
        {
            using var network = new TagNet(1);
            (float[] x, float[] targets) = Tags(64);
            var data = new Samples(64, x, targets);
            History history = network.Fit(data, new FitOptions
            {
                Epochs = 200,
                BatchSize = 8,
                EarlyStopping = new EarlyStopping { Monitor = MonitoredFigure.Accuracy, Patience = 5 },
            });
            Assert.True(history.BestEpoch > 0);
            Assert.Equal(history.Epochs.Max(epoch => epoch.Accuracy), history.Epochs[history.BestEpoch - 1].Accuracy);
            Assert.True(history.Epochs.Max(epoch => epoch.Accuracy) > 0.8);

            // Cancelled in the midst of an epoch and resumed, the epoch's accuracy is that of one that was not.
            using var whole = new TagNet(2);
            double? wanted = whole.Fit(data, new FitOptions { Epochs = 1, BatchSize = 8 }).Epochs[0].Accuracy;
            using var parted = new TagNet(2);
            using var cancellation = new System.Threading.CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => parted.Fit(
                data, new FitOptions { Epochs = 1, BatchSize = 8, CheckpointPath = path, Callbacks = [new CancelAfter(cancellation, 3)] }, null, cancellation.Token));
            Assert.Equal(wanted, parted.Fit(data, new FitOptions { Epochs = 1, BatchSize = 8, ResumeFrom = path }).Epochs[0].Accuracy);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public void Quantities_have_errors()
    {
        using var squared = new TanhSwallows(1);
        Check(squared, squared.Predict, 4, 2);
        using var absolute = new DropoutNet(1);
        Check(absolute, absolute.Predict, 32, 4);
        using var huber = new ExposedImage(1);
        Check(huber, huber.Predict, 40, 2);

        using var encoder = new Autoencoder(1);
        float[] x = Draw.Numbers(new Random(5), 12 * 20);
        float[] outputs = new float[x.Length];
        encoder.Predict(x, outputs);
        CheckFigures(encoder.Evaluate(new Samples(20, x), 6), outputs, x, 12);
    }

    [Fact]
    public void Labels_have_no_errors()
    {
        using var network = new Mlp(1);
        Evaluation evaluation = network.Evaluate(new Samples(Draw.Numbers(new Random(1), 16 * 4), new int[4]));
        Assert.Null(evaluation.MeanAbsoluteError);
        Assert.Null(evaluation.RootMeanSquaredError);
        Assert.Null(evaluation.R2);
    }

    private delegate void Prediction(ReadOnlySpan<float> inputs, Span<float> outputs);

    private static void Check(Network network, Prediction predict, int inputs, int outputs)
    {
        const int Count = 30;
        Random random = new(2);
        float[] x = Draw.Numbers(random, Count * inputs);
        float[] targets = Draw.Numbers(random, Count * outputs);
        float[] y = new float[Count * outputs];
        predict(x, y);
        Evaluation evaluation = network.Evaluate(new Samples(Count, x, targets), 8);
        CheckFigures(evaluation, y, targets, outputs);
        Assert.Null(evaluation.Accuracy);
    }

    private static void CheckFigures(Evaluation evaluation, float[] y, float[] targets, int outputs)
    {
        Assert.Equal(y.Zip(targets).Average(pair => Math.Abs((double)pair.First - pair.Second)), evaluation.MeanAbsoluteError!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(y.Zip(targets).Average(pair => Math.Pow((double)pair.First - pair.Second, 2))), evaluation.RootMeanSquaredError!.Value, 1e-6);
        double r2 = Enumerable.Range(0, outputs).Average(output =>
        {
            double[] column = [.. targets.Where((_, i) => i % outputs == output).Select(value => (double)value)];
            double[] said = [.. y.Where((_, i) => i % outputs == output).Select(value => (double)value)];
            return 1 - (column.Zip(said).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / column.Sum(value => Math.Pow(value - column.Average(), 2)));
        });
        Assert.Equal(r2, evaluation.R2!.Value, 1e-6);
    }

    private static (float[] X, float[] Targets) Tags(int count)
    {
        Random random = new(7);
        float[] x = Draw.Numbers(random, count * 5);
        return (x, [.. Enumerable.Range(0, count * 3).Select(i => x[(i / 3 * 5) + (i % 3)] > 0 ? 0.5f + (random.NextSingle() / 2) : random.NextSingle() / 2.1f)]);
    }

    private sealed class CancelAfter(System.Threading.CancellationTokenSource cancellation, int steps) : FitCallback
    {
        private int left = steps;

        public override void OnStepEnd(FitContext context)
        {
            if (--left == 0)
                cancellation.Cancel();
        }
    }
}
