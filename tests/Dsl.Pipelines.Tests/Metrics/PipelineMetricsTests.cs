using System;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Tests.Stages;
using Dsl.Pipelines.Tests.Text;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Pipelines.Tests.Metrics;

/// <summary>Measures of predictions: MLlib's figures for small rows, and what cannot be measured.</summary>
public sealed class PipelineMetricsTests
{
    private static readonly double[] Labels = [0, 1, 2, 0, 0, double.NaN];
    private static readonly double[] Predictions = [0, 0, 2, 2, 1, 1];

    [Fact]
    public void Classes_are_weighted_by_their_size_and_one_stands_alone_where_asked()
    {
        // Pairs (label, prediction) 00 10 22 02 01: class 0 has 3 rows, is predicted twice, once rightly.
        Assert.Equal(2 / 5.0, PipelineMetrics.Accuracy("A", Labels, Predictions), 1e-15);
        Assert.Equal(((3 * 0.5) + 0 + 0.5) / 5, PipelineMetrics.Precision("A", Labels, Predictions), 1e-15);
        Assert.Equal((1 + 0 + 1) / 5.0, PipelineMetrics.Recall("A", Labels, Predictions), 1e-15);
        Assert.Equal(((3 * 0.4) + 0 + (2 / 3.0)) / 5, PipelineMetrics.F1("A", Labels, Predictions), 1e-15);
        Assert.Equal(0.5, PipelineMetrics.Precision("A", Labels, Predictions, 2), 1e-15);
        Assert.Equal(1 / 3.0, PipelineMetrics.Recall("A", Labels, Predictions, 0), 1e-15);
        Assert.Equal(2 / 3.0, PipelineMetrics.F1("A", Labels, Predictions, 2), 1e-15);
        Assert.Equal(0, PipelineMetrics.F1("A", Labels, Predictions, 7));
    }

    [Fact]
    public void The_means_of_MLlib()
    {
        // Its run: 00 10 11 22 02 01.
        double[] labels = [0, 1, 1, 2, 0, 0];
        double[] predictions = [0, 0, 1, 2, 2, 1];
        Assert.Equal(0.47778, PipelineMetrics.F1("A", labels, predictions), 1e-5);
        Assert.Equal(0.5, PipelineMetrics.Accuracy("A", labels, predictions), 1e-15);
    }

    [Fact]
    public void The_figures_of_MLlib()
    {
        JsonElement figures = TextFigures.Part("measures");
        double[][] rows = figures.GetProperty("rows").Deserialize<double[][]>()!;
        double[] labels = [.. rows.Select(row => row[0])];
        double[] predictions = [.. rows.Select(row => row[1])];
        double[] scores = [.. rows.Select(row => row[2])];
        double[] numbers = [.. rows.Select(row => (row[2] * 3) - row[0])];
        double[] positive = [.. rows.Select(row => row[3])];
        void Same(string figure, double measured) => Assert.Equal(figures.GetProperty(figure).GetDouble(), measured, 1e-12);
        Same("accuracy", PipelineMetrics.Accuracy("A", labels, predictions));
        Same("weightedPrecision", PipelineMetrics.Precision("A", labels, predictions));
        Same("weightedRecall", PipelineMetrics.Recall("A", labels, predictions));
        Same("f1", PipelineMetrics.F1("A", labels, predictions));
        Same("precisionByLabel", PipelineMetrics.Precision("A", labels, predictions, 2));
        Same("recallByLabel", PipelineMetrics.Recall("A", labels, predictions, 2));
        Same("fMeasureByLabel", PipelineMetrics.F1("A", labels, predictions, 2));
        Same("logLoss", PipelineMetrics.LogLoss("A", labels, [.. scores.SelectMany(score => (double[])[(1 - score) / 2, (1 - score) / 2, score])], 3));
        Same("areaUnderROC", PipelineMetrics.AreaUnderRoc("A", positive, scores));
        Same("areaUnderPR", PipelineMetrics.AreaUnderPr("A", positive, scores));
        Same("rmse", PipelineMetrics.Rmse("A", labels, numbers));
        Same("mae", PipelineMetrics.Mae("A", labels, numbers));
        Same("r2", PipelineMetrics.R2("A", labels, numbers));
    }

    [Fact]
    public void The_figures_of_MLlib_of_few_rows_and_classes()
    {
        foreach (JsonElement figures in TextFigures.Part("measuresOfFew").EnumerateArray())
        {
            double[][] rows = figures.GetProperty("rows").Deserialize<double[][]>()!;
            double[] labels = [.. rows.Select(row => row[0])];
            double[] predictions = [.. rows.Select(row => row[1])];
            double[] scores = [.. rows.Select(row => row[2])];
            double[] positive = [.. labels.Select(label => label > 0 ? 1.0 : 0)];
            void Same(string figure, params double[] measured)
            {
                // Of a class that no row has and none is said to be MLlib refuses to speak; here nothing of it is right.
                double[] wanted = [.. StageFigure.Flat(figures.GetProperty(figure)).Select(value => double.IsNaN(value) && figure.EndsWith("ByLabel", StringComparison.Ordinal) ? 0 : value)];
                for (int i = 0; i < measured.Length; i++)
                    Assert.True(wanted[i].Equals(measured[i]) || Math.Abs(wanted[i] - measured[i]) <= 1e-12 * Math.Max(1, Math.Abs(wanted[i])), $"{figures.GetProperty("rows")} {figure} {i}: should be {wanted[i]:R}, is {measured[i]:R}");
            }

            Same("accuracy", PipelineMetrics.Accuracy("A", labels, predictions));
            Same("weightedPrecision", PipelineMetrics.Precision("A", labels, predictions));
            Same("weightedRecall", PipelineMetrics.Recall("A", labels, predictions));
            Same("f1", PipelineMetrics.F1("A", labels, predictions));
            Same("logLoss", PipelineMetrics.LogLoss("A", labels, [.. scores.SelectMany(score => (double[])[(1 - score) / 2, (1 - score) / 2, score])], 3));
            Same("precisionByLabel", [.. Enumerable.Range(0, 3).Select(c => PipelineMetrics.Precision("A", labels, predictions, c))]);
            Same("recallByLabel", [.. Enumerable.Range(0, 3).Select(c => PipelineMetrics.Recall("A", labels, predictions, c))]);
            Same("fMeasureByLabel", [.. Enumerable.Range(0, 3).Select(c => PipelineMetrics.F1("A", labels, predictions, c))]);
            Same("areaUnderROC", PipelineMetrics.AreaUnderRoc("A", positive, scores));
            Same("areaUnderPR", PipelineMetrics.AreaUnderPr("A", positive, scores));
            Same("rmse", PipelineMetrics.Rmse("A", labels, predictions));
            Same("mae", PipelineMetrics.Mae("A", labels, predictions));
            Same("r2", PipelineMetrics.R2("A", labels, predictions));
        }
    }

    [Fact]
    public void Losses_hold_probabilities_off_zero_and_one()
    {
        double[] probabilities = [0.25, 0.75, 1, 0, 0, 1];
        double expected = (-Math.Log(0.75) - Math.Log(1 - 1e-15) - Math.Log(1e-15)) / 3;
        Assert.Equal(expected, PipelineMetrics.LogLoss("A", [1.0, 0, 0], probabilities, 2), 1e-15);
        ColumnBatch batch = new(["Label", "Probability"], 3, 0);
        batch.Set<double>(0, [1, 0, 0]);
        batch.Set(1, Rows([0.25, 0.75], [1, 0], [0, 1]));
        Assert.Equal(expected, PipelineMetrics.LogLoss("A", batch, 0, 1), 1e-15);
    }

    [Fact]
    public void Areas_are_exact()
    {
        double[] labels = [1, 0, 1, 0];
        double[] scores = [0.9, 0.8, 0.7, 0.6];
        Assert.Equal(0.75, PipelineMetrics.AreaUnderRoc("A", labels, scores), 1e-15);
        Assert.Equal(0.7916667, PipelineMetrics.AreaUnderPr("A", labels, scores), 1e-7);
        ColumnBatch batch = new(["Label", "Raw"], 4, 0);
        batch.Set(0, labels);
        batch.Set(1, Rows([-0.9, 0.9], [-0.8, 0.8], [-0.7, 0.7], [-0.6, 0.6]));
        Assert.Equal(0.75, PipelineMetrics.AreaUnderRoc("A", batch, 0, 1), 1e-15);
        Assert.Equal(PipelineMetrics.AreaUnderPr("A", labels, scores), PipelineMetrics.AreaUnderPr("A", batch, 0, 1));
        // Equal scores are one point: nothing tells the rows apart.
        Assert.Equal(0.5, PipelineMetrics.AreaUnderRoc("A", labels, [1.0, 1, 1, 1]), 1e-15);
        // One class alone.
        Assert.Equal(1, PipelineMetrics.AreaUnderRoc("A", [1.0, 1], [1.0, 2]));
        Assert.Equal(0, PipelineMetrics.AreaUnderRoc("A", [0.0, 0], [1.0, 2]));
    }

    [Fact]
    public void Areas_are_the_share_of_pairs_in_order()
    {
        Random random = new(3);
        double[] labels = [.. Enumerable.Range(0, 200).Select(_ => (double)random.Next(2))];
        double[] scores = [.. labels.Select(label => random.Next(20) + (3 * label))];
        double right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < labels.Length; j++)
            {
                if (labels[i] == 1 && labels[j] == 0)
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        Assert.Equal(right / labels.Count(label => label == 1) / labels.Count(label => label == 0), PipelineMetrics.AreaUnderRoc("A", labels, scores), 1e-12);
    }

    [Fact]
    public void Numbers_are_measured_by_their_differences()
    {
        double[] labels = [1, 2, 3, double.NaN, 6];
        double[] predictions = [1, 3, 5, 100, 6];
        Assert.Equal(Math.Sqrt(5 / 4.0), PipelineMetrics.Rmse("A", labels, predictions), 1e-15);
        Assert.Equal(3 / 4.0, PipelineMetrics.Mae("A", labels, predictions), 1e-15);
        Assert.Equal(1 - (5 / 14.0), PipelineMetrics.R2("A", labels, predictions), 1e-15);
    }

    [Theory]
    [InlineData(false, 0.9768786786)]
    [InlineData(true, 0)]
    public void Silhouettes_are_those_of_pairs_of_rows(bool cosine, double known)
    {
        if (known != 0)
            Assert.Equal(known, PipelineMetrics.Silhouette("A", Clustered([[0], [1], [10], [12]], [0, 0, 1, 1]), 0, 1, cosine), 1e-9);
        Random random = new(5);
        double[][] rows = [.. Enumerable.Range(0, 60).Select(i => (double[])[random.NextDouble() + (i % 3), random.NextDouble(), i % 3 == 1 ? 2 : 0])];
        double[] clusters = [.. rows.Select((_, i) => i == 59 ? 7.0 : i % 3)];
        double sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double MeanTo(double cluster) => rows.Where((_, j) => j != i && clusters[j] == cluster).Select(other => Distance(rows[i], other, cosine)).DefaultIfEmpty(double.NaN).Average();
            double within = MeanTo(clusters[i]);
            double next = clusters.Distinct().Where(cluster => cluster != clusters[i]).Min(MeanTo);
            sum += double.IsNaN(within) ? 0 : (next - within) / Math.Max(next, within);
        }

        ColumnBatch batch = Clustered(rows, clusters);
        double measured = PipelineMetrics.Silhouette("A", batch, 0, 1, cosine);
        Assert.Equal(sum / rows.Length, measured, 1e-9);
        ColumnBatch sparse = Clustered(rows, clusters, sparse: true);
        Assert.Equal(measured, PipelineMetrics.Silhouette("A", sparse, 0, 1, cosine), 1e-12);
    }

    [Fact]
    public void Silhouettes_do_not_depend_on_threads()
    {
        Random random = new(5);
        double[][] rows = [.. Enumerable.Range(0, 9000).Select(_ => (double[])[random.NextDouble(), random.NextDouble()])];
        ColumnBatch batch = Clustered(rows, [.. rows.Select((_, i) => (double)(i % 5))]);
        double measured = PipelineMetrics.Silhouette("A", batch, 0, 1, false);
        int threads = Compute.Threads;
        Compute.Threads = threads == 1 ? 2 : 1;
        try
        {
            Assert.Equal(measured, PipelineMetrics.Silhouette("A", batch, 0, 1, false));
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    [Fact]
    public void What_cannot_be_measured_is_one_error()
    {
        double[] none = [double.NaN, double.NaN];
        foreach (Func<double> measure in new Func<double>[]
                 {
                     () => PipelineMetrics.Accuracy("DeepAccuracy", none, none), () => PipelineMetrics.LogLoss("DeepAccuracy", none, [0, 1, 0, 1], 2),
                     () => PipelineMetrics.AreaUnderRoc("DeepAccuracy", none, none), () => PipelineMetrics.R2("DeepAccuracy", none, none),
                 })
            Assert.Equal("DeepAccuracy has nothing to measure: none of 2 rows has a label", Assert.Throws<PipelineException>(() => measure()).Message);
        Assert.Equal("Rmse has nothing to measure: there are no rows", Assert.Throws<PipelineException>(() => PipelineMetrics.Rmse("Rmse", [], [])).Message);
        Assert.Equal("A has nothing to measure: there are no rows", Assert.Throws<PipelineException>(() => PipelineMetrics.Silhouette("A", new ColumnBatch(["X", "Y"], 0, 0), 0, 1, false)).Message);
        Assert.Equal(
            "Row 1: A has probabilities of classes 0 to 1, but the label is 2", Assert.Throws<PipelineException>(() => PipelineMetrics.LogLoss("A", [1.0, 2], [0.5, 0.5, 0.5, 0.5], 2)).Message);
        Assert.Equal(
            "A needs two clusters or more, but all 2 rows are in cluster 3",
            Assert.Throws<PipelineException>(() => PipelineMetrics.Silhouette("A", Clustered([[0], [1]], [3, 3]), 0, 1, false)).Message);
        Assert.Equal(
            "Row 1: A is by cosine, which a row of zeros has none of",
            Assert.Throws<PipelineException>(() => PipelineMetrics.Silhouette("A", Clustered([[1], [0]], [0, 1]), 0, 1, true)).Message);
        Assert.Throws<ArgumentException>(() => PipelineMetrics.Accuracy("A", [1.0], [1.0, 2]));
    }

    private static double Distance(double[] x, double[] y, bool cosine) => cosine
        ? 1 - (x.Zip(y, (a, b) => a * b).Sum() / Math.Sqrt(x.Sum(a => a * a) * y.Sum(a => a * a)))
        : x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();

    private static ColumnBatch Clustered(double[][] rows, double[] clusters, bool sparse = false)
    {
        ColumnBatch batch = new(["Features", "Prediction"], rows.Length, 0);
        batch.Set(0, Batches.Rows(rows, sparse));
        batch.Set(1, clusters);
        return batch;
    }

    private static FeatureRows Rows(params double[][] rows) => Batches.Rows(rows);
}
