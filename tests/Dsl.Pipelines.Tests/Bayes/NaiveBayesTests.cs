using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Dsl.Pipelines.Tests.Linear;
using Dsl.Pipelines.Tests.Text;
using Xunit;

namespace Dsl.Pipelines.Tests.Bayes;

/// <summary>Naive Bayes beside Spark MLlib's, on the penguins.</summary>
public sealed class NaiveBayesTests
{
    private const double Tolerance = 1e-9;

    private static readonly BayesFigure[] Figures = TextFigures.Of<BayesFigure[]>("bayes");

    private static readonly Table Penguins = Tables.Named("penguins")!;

    /// <summary>The fits that there are figures of.</summary>
    public static TheoryData<int> All => [.. Enumerable.Range(0, Figures.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void Classes_are_those_of_MLlib(int index)
    {
        BayesFigure figure = Figures[index];
        FigureOptions options = figure.Options;
        double[][] rows = Rows(figure.Features);
        foreach (bool sparse in (bool[])[false, true])
        {
            NaiveBayesModel? model = null;
            double[] learnt = Batches.WithOneAndTwoThreads(() =>
            {
                model = Fit(Batch(rows, sparse), Enum.Parse<NaiveBayesType>(options.Text("modelType")!, ignoreCase: true), options.Number("smoothing", 1), options.Text("weightCol") is null ? -1 : 2);
                return (double[])[.. model.Pi.ToArray(), .. model.Theta.Cast<double>(), .. model.Sigma.Cast<double>()];
            });
            double[] wanted = [.. figure.Pi, .. figure.Theta.SelectMany(row => row), .. figure.Sigma.SelectMany(row => row)];
            Assert.Equal(wanted.Length, learnt.Length);
            for (int i = 0; i < wanted.Length; i++)
                Assert.Equal(wanted[i], learnt[i], Tolerance * Math.Max(1, Math.Abs(wanted[i])));
            StageWriter writer = new("Copy");
            model!.Write(writer);
            ComparePredictions(figure, NaiveBayesModel.Read(new StageReader(writer)), model, rows, sparse);
        }
    }

    [Fact]
    public void A_class_is_its_position_among_the_labels_seen()
    {
        double[][] rows = [.. Penguins.Vectors["features"].Where((_, i) => Penguins.Numbers["species"][i] != 1)];
        double[] labels = [.. Penguins.Numbers["species"].Where(species => species != 1)];
        ColumnBatch batch = new(["Features", "Label", "Prediction", "Probability", "Raw"], rows.Length, 0);
        batch.Set(0, Batches.Rows(rows));
        batch.Set(1, labels);
        NaiveBayesModel model = NaiveBayesModel.Fit(Batches.Step("NaiveBayes1"), batch, 0, 1, -1, 0, NaiveBayesType.Gaussian, 1);
        Assert.Equal(2, model.NumClasses);
        Assert.Equal(TextFigures.Of<string>("bayesOfTwo"), string.Concat(rows.Select(row => model.Predict(row, []))));

        // Of three known classes the third has no probability: no row of its position was seen.
        batch.SetClasses(1, 3, ["Adelie", "Chinstrap", "Gentoo"]);
        NaiveBayesModel known = NaiveBayesModel.Fit(Batches.Step("NaiveBayes1"), batch, 0, 1, -1, 3, NaiveBayesType.Gaussian, 1);
        Assert.Equal(3, known.NumClasses);
        known.Transform(batch, 0, 2, 3, 4);
        Assert.Equal(["Adelie", "Gentoo"], batch.LabelsOf(2)!);
        Assert.Equal(3, batch.ClassesOf(2));
        Assert.Equal("Probability_Gentoo", batch.ElementsOf(3)[1]);
        Assert.Equal(0, batch.VectorAt(3, 5)[2]);
        Assert.Equal(double.NegativeInfinity, batch.VectorAt(4, 5)[2]);
        Assert.Equal(model.Predict(rows[5], []), batch.Numbers(2)[5]);
        Assert.Equal("Gaussian, 2 classes of 4 features; shares 0.5511, 0.4489", known.Describe());
    }

    [Fact]
    public void Rows_without_label_or_weight_are_left_out()
    {
        double[][] rows = [[1, 0], [0, 1], [5, 5], [7, 7]];
        ColumnBatch batch = new(["Features", "Label", "Weight"], 4, 0);
        batch.Set(0, Batches.Rows(rows));
        batch.Set(1, [0, 1, double.NaN, 1]);
        batch.Set(2, [2, 2, 1, double.NaN]);
        ColumnBatch two = new(["Features", "Label"], 2, 0);
        two.Set(0, Batches.Rows(rows[..2]));
        two.Set(1, [0, 1.0]);
        Assert.Equal(Fit(two, NaiveBayesType.Multinomial, 1).Theta[0, 0], NaiveBayesModel.Fit(Batches.Step("NaiveBayes1"), batch, 0, 1, 2, 0, NaiveBayesType.Multinomial, 2).Theta[0, 0], 1e-15);
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_one_error()
    {
        string Message(double[][] rows, double[] labels, NaiveBayesType type, double[]? weights = null, int classes = 0)
        {
            ColumnBatch batch = new(["Features", "Label", "Weight"], rows.Length, 10);
            batch.Set(0, Batches.Rows(rows));
            batch.Set(1, labels);
            batch.Set(2, weights ?? []);
            return Batches.Message(() => NaiveBayesModel.Fit(Batches.Step("NaiveBayes1"), batch, 0, 1, weights is null ? -1 : 2, classes, type, 1));
        }

        Assert.Equal("Row 11: NaiveBayes1 of the type Multinomial needs features that are at least 0, but element 0 is -1", Message([[1], [-1]], [0, 1], NaiveBayesType.Multinomial));
        Assert.Equal("Row 11: NaiveBayes1 of the type Complement needs features that are at least 0, but element 0 is -1", Message([[1], [-1]], [0, 1], NaiveBayesType.Complement));
        Assert.Equal("Row 10: NaiveBayes1 of the type Bernoulli needs features that are 0 or 1, but element 1 is 0.5", Message([[1, 0.5]], [0], NaiveBayesType.Bernoulli));
        Assert.Equal("NaiveBayes1 has nothing to learn of class 1: every Weight of its rows is 0", Message([[1], [2]], [0, 1], NaiveBayesType.Gaussian, [1, 0]));
        Assert.Equal("Row 11: NaiveBayes1 needs classes from 0 to 1, but Label is 2", Message([[1], [2]], [0, 2], NaiveBayesType.Gaussian, null, 2));
        Assert.Equal("NaiveBayes1 has no rows to learn from", Message([], [], NaiveBayesType.Gaussian));

        ColumnBatch batch = Batch([[0, 1], [1, 1]], false, [0, 1]);
        NaiveBayesModel model = Fit(batch, NaiveBayesType.Bernoulli, 1);
        Assert.Equal("NaiveBayes1 of the type Bernoulli needs features that are 0 or 1, but element 1 is 2", Batches.Message(() => model.Predict([0.0, 2], [])));
        Assert.Equal("NaiveBayes1 of the type Bernoulli needs features that are 0 or 1, but element 1 is 2", Batches.Message(() => model.Predict(Vector.Sparse(2, [1], [2.0]), [])));
        Assert.Equal("NaiveBayes1 needs vectors of 2 elements, but got one of 1", Batches.Message(() => model.Predict([0.0], [])));
        Assert.Equal("Row 1: NaiveBayes1 of the type Bernoulli needs features that are 0 or 1, but element 0 is 3", Batches.Message(() => model.Transform(Batch([[0, 1], [3, 1]], false), 0, 3, -1, -1)));
        Assert.Equal("Row 0: NaiveBayes1 needs vectors of 2 elements, but got one of 1", Batches.Message(() => model.Transform(Batch([[0]], false), 0, 3, -1, -1)));
        StageWriter writer = new("Stage1");
        writer.Number("ModelType", 3);
        writer.Numbers("Pi", [0]);
        writer.Numbers("Theta", [1, 2], 1, 2);
        Assert.Equal("memory: Stage1.Sigma is missing.", Assert.Throws<InvalidDataException>(() => NaiveBayesModel.Read(new StageReader(writer))).Message);
    }

    private static void ComparePredictions(BayesFigure figure, NaiveBayesModel model, NaiveBayesModel written, double[][] rows, bool sparse)
    {
        double[] raw = new double[3];
        double[] probability = new double[3];
        List<double> predictions = [];
        List<double> all = [];
        for (int row = 0; row < rows.Length; row++)
        {
            predictions.Add(model.Predict(rows[row], probability, raw));
            all.AddRange([.. probability, .. raw]);
            Assert.Equal(predictions[row], written.Predict(Batches.Sparse(rows[row]), []));
            if (row % 50 != 0)
                continue;
            for (int c = 0; c < 3; c++)
            {
                Assert.Equal(figure.Raw[row / 50][c], raw[c], Tolerance * Math.Max(1, Math.Abs(raw[c])));
                Assert.Equal(figure.Probability[row / 50][c], probability[c], Tolerance);
            }
        }

        Assert.Equal(figure.Predictions, string.Concat(predictions));
        double[] inBatches = Batches.WithOneAndTwoThreads(() =>
        {
            ColumnBatch batch = Batch(rows, sparse);
            model.Transform(batch, 0, 3, 4, 5);
            Assert.Equal(predictions, batch.Numbers(3).ToArray());
            return Enumerable.Range(0, rows.Length).SelectMany(row => (double[])[.. batch.VectorAt(4, row).ToArray(), .. batch.VectorAt(5, row).ToArray()]).ToArray();
        });
        Assert.Equal(all, inBatches);
    }

    private static double[][] Rows(string features) => features == "features"
        ? Penguins.Vectors["features"]
        : [.. Penguins.Vectors["features"].Select(x => (double[])[x[0] > 44 ? 1 : 0, x[1] > 17 ? 1 : 0, x[2] > 200 ? 1 : 0, x[3] > 4200 ? 1 : 0])];

    private static ColumnBatch Batch(double[][] rows, bool sparse, double[]? labels = null)
    {
        ColumnBatch batch = new(["Features", "Label", "Weight", "Prediction", "Probability", "Raw"], rows.Length, 0);
        batch.Set(0, Batches.Rows(rows, sparse));
        batch.Set(1, labels ?? Penguins.Numbers["species"]);
        batch.Set(2, Penguins.Numbers["weight"]);
        return batch;
    }

    private static NaiveBayesModel Fit(ColumnBatch batch, NaiveBayesType type, double smoothing, int weight = -1) =>
        NaiveBayesModel.Fit(Batches.Step("NaiveBayes1"), batch, 0, 1, weight, 0, type, smoothing);

    private sealed record BayesFigure(
        string Features, FigureOptions Options, double[] Pi, double[][] Theta, double[][] Sigma, double[][] Raw, double[][] Probability, string Predictions);
}
