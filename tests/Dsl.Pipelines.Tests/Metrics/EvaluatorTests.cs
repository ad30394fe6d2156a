using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Tests.Stages;
using Xunit;

namespace Dsl.Pipelines.Tests.Metrics;

/// <summary>Measures of rows that are hard to measure beside the evaluators of Spark MLlib 4.3.0, as tests/fixtures/mllib/make_measures.py wrote them.</summary>
public sealed class EvaluatorTests
{
    private static readonly Lazy<JsonElement[]> Figures = new(() => JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "measures.json")))!);

    [Fact]
    public void Clusters_are_measured_as_by_MLlib() => Each("clusters", figure =>
    {
        Vector[] points = [.. figure.GetProperty("points").EnumerateArray().Select(point => Vector.Dense(StageFigure.Flat(point)))];
        foreach (bool sparse in (bool[])[false, true])
        {
            ColumnBatch batch = Batches.Of(("features", sparse ? Array.ConvertAll(points, Batches.Sparse) : points), ("prediction", Numbers(figure, "predictions")));
            Same(figure, "squaredEuclidean", () => PipelineMetrics.Silhouette("A", batch, 0, 1, false));
            // MLlib counts every row of a cluster as 0 in which a row of zeros is, as that has no cosine; here it is an error that names the row. KMeans lets none through, there as here.
            if (Array.Exists(points, point => point.ToArray().All(x => x == 0)))
                Assert.Throws<PipelineException>(() => PipelineMetrics.Silhouette("A", batch, 0, 1, true));
            else
                Same(figure, "cosine", () => PipelineMetrics.Silhouette("A", batch, 0, 1, true));
        }
    });

    [Fact]
    public void Numbers_are_measured_as_by_MLlib() => Each("numbers", figure =>
    {
        double[] labels = Numbers(figure, "labels");
        double[] predictions = Numbers(figure, "predictions");
        Same(figure, "rmse", () => PipelineMetrics.Rmse("A", labels, predictions));
        Same(figure, "mae", () => PipelineMetrics.Mae("A", labels, predictions));
        Same(figure, "r2", () => PipelineMetrics.R2("A", labels, predictions));
    });

    [Fact]
    public void Scores_are_measured_as_by_MLlib() => Each("scores", figure =>
    {
        double[] labels = Numbers(figure, "labels");
        double[] scores = Numbers(figure, "scores");
        Same(figure, "areaUnderROC", () => PipelineMetrics.AreaUnderRoc("A", labels, scores));
        Same(figure, "areaUnderPR", () => PipelineMetrics.AreaUnderPr("A", labels, scores));
    });

    [Fact]
    public void Classes_are_measured_as_by_MLlib() => Each("classes", figure =>
    {
        double[] labels = Numbers(figure, "labels");
        double[] predictions = Numbers(figure, "predictions");
        Same(figure, "accuracy", () => PipelineMetrics.Accuracy("A", labels, predictions));
        Same(figure, "weightedPrecision", () => PipelineMetrics.Precision("A", labels, predictions));
        Same(figure, "weightedRecall", () => PipelineMetrics.Recall("A", labels, predictions));
        Same(figure, "f1", () => PipelineMetrics.F1("A", labels, predictions));
        Same(figure, "logLoss", () => PipelineMetrics.LogLoss("A", labels, Numbers(figure, "probabilities"), 4));
        for (int i = 0; i < 4; i++)
        {
            // Of a class that no row has and none is said to be MLlib refuses to speak; here nothing of it is right.
            int c = i;
            Same(figure, $"precisionByLabel {c}", () => PipelineMetrics.Precision("A", labels, predictions, c), spoken: 0);
            Same(figure, $"recallByLabel {c}", () => PipelineMetrics.Recall("A", labels, predictions, c), spoken: 0);
            Same(figure, $"fMeasureByLabel {c}", () => PipelineMetrics.F1("A", labels, predictions, c), spoken: 0);
        }
    });

    private static void Each(string kind, Action<JsonElement> compare)
    {
        JsonElement[] figures = [.. Figures.Value.Where(figure => figure.GetProperty("kind").GetString() == kind)];
        Assert.NotEmpty(figures);
        Assert.All(figures, compare);
    }

    private static double[] Numbers(JsonElement figure, string name) => StageFigure.Flat(figure.GetProperty(name));

    /// <summary>Holds a measure to MLlib's figure.</summary>
    /// <param name="figure">MLlib's.</param>
    /// <param name="name">The measure's name there.</param>
    /// <param name="measure">Ours.</param>
    /// <param name="spoken">What ours is where MLlib refuses; null: refused too.</param>
    private static void Same(JsonElement figure, string name, Func<double> measure, double? spoken = null)
    {
        JsonElement wanted = figure.GetProperty(name);
        double? said = wanted.ValueKind == JsonValueKind.Object ? spoken : StageFigure.Flat(wanted)[0];
        if (said is null)
        {
            Assert.Throws<PipelineException>(() => measure());
            return;
        }

        double got = measure();
        Assert.True(
            said.Value.Equals(got) || Math.Abs(said.Value - got) <= 1e-12 * Math.Max(1, Math.Abs(said.Value)), string.Create(CultureInfo.InvariantCulture, $"{name} should be {said:R}, is {got:R}: {figure}"));
    }
}
