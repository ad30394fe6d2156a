using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Rows;
using Xunit;

namespace Dsl.Pipelines.Tests.Networks;

/// <summary>Networks over columns: what the loss takes as labels, what it makes of outputs, and that a batch says what a row says.</summary>
public class NetworkStageTests
{
    private const int Rows = 600;
    private const int Features = 0;
    private const int Label = 1;
    private const int Prediction = 2;
    private const int Probability = 3;
    private const int Code = 4;
    private const int Ids = 5;
    private const int Target = 6;

    private static double[] RowAt(int row) => [Math.Sin(row), Math.Cos(1.7 * row), row % 5 / 5.0, row % 3 - 1];

    /// <summary>Rows with a label of three classes, vectors of three probabilities and ids; every seventh vector is sparse.</summary>
    private static ColumnBatch Batch(Func<double[], int, double>? labelOf = null, int rows = Rows, int targetSize = 3)
    {
        ColumnBatch batch = new(["Features", "Label", "Prediction", "Probability", "Code", "Ids", "Target"], rows, 0);
        FeatureRows features = new(4);
        FeatureRows targets = new(targetSize);
        double[] labels = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] values = RowAt(row);
            features.Add(row % 7 == 0 ? Vector.Sparse(4, [0, 3], [values[0], values[3]]) : Vector.Dense(values));
            targets.Add(Vector.Dense([.. Enumerable.Range(0, targetSize).Select(i => i == row % targetSize ? 0.5 : 0.5 / (targetSize - 1))]));
            labels[row] = (labelOf ?? ((x, _) => x[3] + 1))(values, row);
        }

        batch.Set(Features, features);
        batch.Set(Target, targets);
        batch.Set(Label, labels);
        batch.Set(Ids, [.. Enumerable.Range(0, rows * 5).Select(i => i % 5 < 2 ? 1 + (i * 7 % 8) : i % 3 == 0 ? 0 : 1 + (i % 8))]);
        return batch;
    }

    private static FitStep Step(ulong seed = 1, IProgress<PipelineProgress>? progress = null, CancellationToken cancellation = default) => new("Net", 2, 5, seed, progress, cancellation);

    private static float[] Floats(ColumnBatch batch, int row)
    {
        float[] values = new float[4];
        NetworkOutputs.ToFloats(batch.VectorAt(Features, row), values);
        return values;
    }

    [Fact]
    public void Classes_and_their_probabilities()
    {
        ColumnBatch batch = Batch();
        using ClassNet network = NetworkStage.Fit(Step(), batch, seed => new ClassNet(seed), [Features], Label, 20, 32);
        NetworkStage.Transform("Net", batch, network, [Features], Prediction, Probability, labels: ["a", "b", "c"]);
        Assert.Equal(3, batch.ClassesOf(Prediction));
        Assert.Equal(["a", "b", "c"], batch.LabelsOf(Prediction));
        double[] probability = new double[3];
        float[] outputs = new float[3];
        int correct = 0;
        for (int row = 0; row < Rows; row++)
        {
            network.Predict(Floats(batch, row), outputs);
            Assert.Equal(NetworkOutputs.Classes(outputs, probability), batch.Numbers(Prediction)[row]);
            Assert.All(probability.Zip(batch.VectorAt(Probability, row).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(1, probability.Sum(), 1e-12);
            correct += batch.Numbers(Prediction)[row] == batch.Numbers(Label)[row] ? 1 : 0;
        }

        Assert.True(correct > Rows * 0.95);
    }

    [Fact]
    public void Same_bits_for_any_number_of_threads() => Batches.WithOneAndTwoThreads(() =>
    {
        using ClassNet network = NetworkStage.Fit(Step(), Batch(), seed => new ClassNet(seed), [Features], Label, 3, 32, 0.2, 2);
        using System.IO.MemoryStream stream = new();
        network.Save(stream);
        return stream.ToArray();
    });

    [Fact]
    public void Two_classes_as_yes_or_no()
    {
        ColumnBatch batch = Batch((x, _) => x[0] > 0 ? 1 : 0);
        using DecisionNet network = NetworkStage.Fit(Step(), batch, seed => new DecisionNet(seed), [Features], Label, 20, 32);
        NetworkStage.Transform("Net", batch, network, [Features], Prediction, Probability);
        Assert.Equal(2, batch.ClassesOf(Prediction));
        for (int row = 0; row < Rows; row++)
        {
            Vector probability = batch.VectorAt(Probability, row);
            Assert.Equal(1, probability[0] + probability[1], 1e-12);
            Assert.Equal(probability[1] > 0.5 ? 1 : 0, batch.Numbers(Prediction)[row]);
        }

        Assert.True(Enumerable.Range(0, Rows).Count(row => batch.Numbers(Prediction)[row] == batch.Numbers(Label)[row]) > Rows * 0.9);
    }

    [Fact]
    public void Two_classes_by_sign()
    {
        ColumnBatch batch = Batch((x, _) => x[0] > 0 ? 1 : 0);
        using SignNet network = NetworkStage.Fit(Step(), batch, seed => new SignNet(seed), [Features], Label, 20, 32);
        NetworkStage.Transform("Net", batch, network, [Features], Prediction);
        Assert.True(Enumerable.Range(0, Rows).Count(row => batch.Numbers(Prediction)[row] == batch.Numbers(Label)[row]) > Rows * 0.9);
        Assert.Equal((0, 1), (NetworkOutputs.Sign(-0.5f), NetworkOutputs.Sign(0)));
    }

    [Fact]
    public void Numbers_and_vectors()
    {
        ColumnBatch batch = Batch((x, _) => (2 * x[0]) - x[1] + 3);
        using NumberNet number = NetworkStage.Fit(Step(), batch, seed => new NumberNet(seed), [Features], Label, 30, 32);
        NetworkStage.Transform("Net", batch, number, [Features], Prediction);
        Assert.Equal(0, batch.ClassesOf(Prediction));
        Assert.True(Enumerable.Range(0, Rows).Average(row => Math.Abs(batch.Numbers(Prediction)[row] - batch.Numbers(Label)[row])) < 0.25);

        using SeveralDecisionsNet several = NetworkStage.Fit(Step(), batch, seed => new SeveralDecisionsNet(seed), [Features], Target, 2, 32);
        NetworkStage.Transform("Net", batch, several, [Features], Prediction);
        Assert.All(Enumerable.Range(0, Rows), row => Assert.All(batch.VectorAt(Prediction, row).ToArray(), p => Assert.InRange(p, 0, 1)));

        using DistributionNet distribution = NetworkStage.Fit(Step(), batch, seed => new DistributionNet(seed), [Features], Target, 2, 32);
        NetworkStage.Transform("Net", batch, distribution, [Features], Prediction);
        Assert.All(Enumerable.Range(0, Rows), row => Assert.Equal(1, batch.VectorAt(Prediction, row).ToArray().Sum(), 1e-5));

        ColumnBatch two = Batch(targetSize: 2);
        using NumbersNet numbers = NetworkStage.Fit(Step(), two, seed => new NumbersNet(seed), [Features], Target, 1, 32);
        NetworkStage.Transform("Net", two, numbers, [Features], Prediction);
        Assert.Equal(2, two.Vectors(Prediction).Size);
    }

    [Fact]
    public void What_a_network_exposes_is_a_column()
    {
        ColumnBatch batch = Batch();
        using CodeNet network = NetworkStage.Fit(Step(), batch, seed => new CodeNet(seed), [Features], -1, 2, 32);
        NetworkStage.Transform("Net", batch, network, [Features], Prediction, code: Code);
        float[] code = new float[2];
        float[] output = new float[4];
        for (int row = 0; row < Rows; row++)
        {
            network.Encode(Floats(batch, row), code);
            network.Predict(Floats(batch, row), output);
            Assert.All(code.Zip(batch.VectorAt(Code, row).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.All(output.Zip(batch.VectorAt(Prediction, row).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void Ids_and_several_inputs()
    {
        ColumnBatch batch = Batch((_, row) => row % 2);
        using TextNet text = NetworkStage.Fit(Step(), batch, seed => new TextNet(seed), [Ids], Label, 2, 32);
        NetworkStage.Transform("Net", batch, text, [Ids], Prediction, Probability);
        using MixedNet mixed = NetworkStage.Fit(Step(), batch, seed => new MixedNet(seed), [Features, Ids], Label, 2, 32);
        NetworkStage.Transform("Net", batch, mixed, [Features, Ids], Prediction, Probability);
        float[] outputs = new float[2];
        double[] probability = new double[2];
        for (int row = 0; row < Rows; row++)
        {
            mixed.Predict(Floats(batch, row), batch.Ids(Ids, 5).Slice(row * 5, 5), outputs);
            NetworkOutputs.Classes(outputs, probability);
            Assert.Equal(probability[0], batch.VectorAt(Probability, row)[0], 1e-5);
        }
    }

    [Fact]
    public void Rows_without_a_label_are_left_out()
    {
        ColumnBatch all = Batch((x, row) => row % 10 == 0 ? double.NaN : x[3] + 1);
        ColumnBatch some = Batch().Take([.. Enumerable.Range(0, Rows).Where(row => row % 10 != 0)]);
        using ClassNet first = NetworkStage.Fit(Step(), all, seed => new ClassNet(seed), [Features], Label, 2, 32);
        using ClassNet second = NetworkStage.Fit(Step(), some, seed => new ClassNet(seed), [Features], Label, 2, 32);
        Assert.Equal(first.Linear1.Weight.Values.ToArray(), second.Linear1.Weight.Values.ToArray());
    }

    [Fact]
    public void Patience_keeps_the_best_weights()
    {
        List<PipelineProgress> told = [];
        ColumnBatch batch = Batch((_, row) => new Random(row).Next(3), rows: 60);
        using ClassNet network = NetworkStage.Fit(Step(progress: new Told(told)), batch, seed => new ClassNet(seed), [Features], Label, 500, 8, 0.3, 3, learningRate: 0.05);
        EpochRecord[] epochs = [.. told.Select(report => report.Training?.Record).OfType<EpochRecord>()];
        Assert.InRange(epochs.Length, 4, 499);
        Assert.All(epochs, epoch => Assert.Equal(0.05, epoch.LearningRate));
        Assert.All(told, report => Assert.Equal(("Net", 2, 5), (report.Stage, report.Index, report.Count)));
    }

    [Fact]
    public void A_given_network_is_copied()
    {
        using ClassNet given = new(5);
        ColumnBatch batch = Batch();
        using ClassNet copy = NetworkStage.Copy(Step(), batch, given, seed => new ClassNet(seed), [Features]);
        Assert.Equal(given.Linear1.Weight.Values.ToArray(), copy.Linear1.Weight.Values.ToArray());
        given.Linear1.Weight.Values[0]++;
        Assert.NotEqual(given.Linear1.Weight.Values[0], copy.Linear1.Weight.Values[0]);
    }

    [Fact]
    public void What_does_not_fit_is_one_error()
    {
        string Text<TNetwork>(Func<ulong, TNetwork> create, ColumnBatch batch, int[] features, int label, double validation = 0, int batchSize = 32)
            where TNetwork : Network => Assert.Throws<PipelineException>(() => NetworkStage.Fit(Step(), batch, create, features, label, 1, batchSize, validation)).Message;

        ColumnBatch narrow = new(["Features", "Label"], 1, 0);
        FeatureRows three = new(3);
        three.Add(Vector.Dense(1, 2, 3));
        narrow.Set(0, three);
        narrow.Set(1, new double[1]);
        Assert.Equal("Row 0: Net takes 4 elements at its input Input, but Features has 3", Text(seed => new ClassNet(seed), narrow, [0], 1));
        Assert.Equal("Net takes 2 columns, one for each input, but 1 were given", Text(seed => new MixedNet(seed), narrow, [0], 1));
        Assert.Equal("Row 7: Net needs classes from 0 to 2, but Label is 3", Text(seed => new ClassNet(seed), Batch((_, row) => row == 7 ? 3 : 0), [Features], Label));
        Assert.Equal("Row 0: Net needs classes from 0 to 1, but Label is 0.5", Text(seed => new DecisionNet(seed), Batch((_, _) => 0.5), [Features], Label));
        Assert.Equal("Row 1: Net needs finite numbers as labels, but Label has ∞", Text(seed => new NumberNet(seed), Batch((_, row) => row == 1 ? 1e300 : 0), [Features], Label).Replace("Infinity", "∞", StringComparison.Ordinal));
        Assert.Equal("Net has nothing to learn from: none of 600 rows has a Label", Text(seed => new ClassNet(seed), Batch((_, _) => double.NaN), [Features], Label));
        Assert.Equal("Net has no rows to learn from", Text(seed => new ClassNet(seed), Batch(rows: 0), [Features], Label));
        Assert.Equal("Net holds back 0 of 3 rows, and both parts need one", Text(seed => new ClassNet(seed), Batch(rows: 3), [Features], Label, validation: 0.1));
        Assert.Contains("Net cannot be trained: BatchSize is 1, but", Text(seed => new NormNet(seed), Batch(), [Features], Label, batchSize: 1), StringComparison.Ordinal);
        Assert.Equal("Net needs a vector of 2 elements as its label, but Target has 3", Text(seed => new NumbersNet(seed), Batch(), [Features], Target));

        ColumnBatch known = Batch();
        known.SetClasses(Label, 4, null);
        Assert.Equal("Net tells 3 classes apart, but Label has 4", Text(seed => new ClassNet(seed), known, [Features], Label));

        ColumnBatch ids = Batch();
        ids.Ids(Ids, 5)[11] = 9;
        Assert.Equal("Row 2: Net takes ids from 0 to 8, but Ids has 9", Text(seed => new TextNet(seed), ids, [Ids], Label));

        ColumnBatch infinite = Batch();
        infinite.Vectors(Features).Blocks[0].Values[6] = double.NaN;
        Assert.Equal("Row 1: Net needs finite features in float32, but element 2 (Features_2) of Features is NaN", Text(seed => new ClassNet(seed), infinite, [Features], Label));
    }

    [Fact]
    public void A_fit_can_be_cancelled()
    {
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(() => NetworkStage.Fit(
            Step(progress: new Told(source.Cancel), cancellation: source.Token), Batch(), seed => new ClassNet(seed), [Features], Label, 1000, 32));
    }

    [Fact]
    public void Row_forms_allocate_nothing()
    {
        using ClassNet network = new(1);
        double[] row = RowAt(3);
        double[] probability = new double[3];
        double Predict()
        {
            Span<float> input = stackalloc float[4];
            Span<float> output = stackalloc float[3];
            NetworkOutputs.ToFloats(row, input);
            network.Predict(input, output);
            return NetworkOutputs.Classes(output, probability);
        }

        for (int i = 0; i < 100; i++)
            Predict();
        long before = GC.GetAllocatedBytesForCurrentThread();
        double sum = 0;
        for (int i = 0; i < 100; i++)
            sum += Predict();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(sum, 0, 200);
    }

    private sealed class Told : IProgress<PipelineProgress>
    {
        private readonly List<PipelineProgress>? reports;
        private readonly Action? action;

        public Told(List<PipelineProgress> reports) => this.reports = reports;

        public Told(Action action) => this.action = action;

        public void Report(PipelineProgress value)
        {
            reports?.Add(value);
            if (value.Training is not null)
                action?.Invoke();
        }
    }
}
