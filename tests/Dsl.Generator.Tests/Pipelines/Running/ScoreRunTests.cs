using System;
using System.Linq;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Metrics of models that have no probabilities, and of columns that later stages change or drop rows of.</summary>
public sealed class ScoreRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using System.Linq;
        using Dsl;
        public record Point(double A, double B, [VectorSize(2)] double[] At, bool? Good, int Kind, double Amount);

        [Model, Input(2), Linear(3), Tanh, Expose("Hidden"), Linear(1), Hinge, Adam(0.02)]
        public partial class Edge;

        [Pipeline<Point>, Split(Train = 0.7, Seed = 2)]
        [Network<Edge>("At", "Good", Epochs = 4)]
        [Network<Edge>("At", "Kind", Epochs = 2, Prediction = "Coded", Code = "Codes", Seed = 1)]
        [LinearSVC("At", "Good", Prediction = "Svc"), SGDClassifier("At", "Good", Prediction = "Hinged"), SGDClassifier("At", "Good", Prediction = "Perceptron", Loss = SgdLoss.Perceptron)]
        [SGDClassifier("At", "Good", Prediction = "Squared", Loss = SgdLoss.SquaredHinge, RawPrediction = "SquaredRaw")]
        [Evaluate(Metric.AreaUnderRoc, Prediction = "Prediction", Name = "Roc"), Evaluate(Metric.AreaUnderPr, Prediction = "Prediction", Name = "Pr"), Evaluate(Metric.AreaUnderRoc, Prediction = "Coded")]
        [Evaluate(Metric.AreaUnderRoc, Prediction = "Svc"), Evaluate(Metric.AreaUnderPr, Prediction = "Hinged"), Evaluate(Metric.AreaUnderRoc, Prediction = "Perceptron"), Evaluate(Metric.AreaUnderRoc, Prediction = "Squared")]
        [CrossValidate(Metric.AreaUnderPr, Prediction = "Prediction", Folds = 2), Grid("Edge.Epochs", 1, 3)]
        public partial class Margins;

        [Pipeline<Point>, LinearSVC("At", "Good"), CrossValidate(Metric.AreaUnderRoc, Folds = 2)]
        public partial class OnlyTuned;

        [Pipeline<Point>, Split(Train = 0.6, Seed = 3)]
        [LinearRegression("At", "Amount"), LogisticRegression("At", "Kind", RegParam = 0.1, Prediction = "Class"), KMeans("At", Prediction = "Cluster")]
        [Imputer("Amount"), Imputer("Class", "Cluster", MissingValue = 0), DropNulls("Amount"), Imputer("Amount", MissingValue = 1), Where("Keep")]
        [LinearRegression("At", "Amount", Prediction = "Later")]
        [Evaluate(Metric.Rmse, Prediction = "Prediction"), Evaluate(Metric.Accuracy, Prediction = "Class"), Evaluate(Metric.LogLoss, Prediction = "Class"), Evaluate(Metric.AreaUnderRoc, Prediction = "Class")]
        [Evaluate(Metric.Silhouette, Prediction = "Cluster"), Evaluate(Metric.Rmse, Prediction = "Later")]
        [CrossValidate(Metric.Accuracy, Prediction = "Class", Folds = 2)]
        public partial class Changed
        {
            private static bool Keep(double a) => a > -0.5;
        }
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Dsl;
        using Dsl.Pipelines;
        public static class Driver
        {
            public static readonly Point[] Rows = Make();

            public static string[] Areas()
            {
                using Margins pipeline = Margins.Fit(Rows);
                Margins.Scores scores = pipeline.Evaluate(Rows);
                double[] good = [.. Rows.Select(row => row.Good is { } good ? (good ? 1 : 0) : double.NaN)];
                double[] kinds = [.. Rows.Select(row => (double)row.Kind)];
                double[] first = Scored(pipeline.Edge);
                Margins.OutputRow[] outputs = [.. pipeline.Transform(Rows)];
                return
                [
                    .. Differ("Roc", scores.Roc, PipelineMetrics.AreaUnderRoc("", good, first)),
                    .. Differ("Pr", scores.Pr, PipelineMetrics.AreaUnderPr("", good, first)),
                    .. Differ("Coded", scores.CodedAreaUnderRoc, PipelineMetrics.AreaUnderRoc("", kinds, Scored(pipeline.Edge2))),
                    .. Differ("Svc", scores.SvcAreaUnderRoc, PipelineMetrics.AreaUnderRoc("", good, Lines(pipeline.LinearSVC1.Coefficients, pipeline.LinearSVC1.Intercept))),
                    .. Differ("Hinged", scores.HingedAreaUnderPr, PipelineMetrics.AreaUnderPr("", good, Lines(pipeline.SGDClassifier1.Coefficients, pipeline.SGDClassifier1.Intercept))),
                    .. Differ("Perceptron", scores.PerceptronAreaUnderRoc, PipelineMetrics.AreaUnderRoc("", good, Lines(pipeline.SGDClassifier2.Coefficients, pipeline.SGDClassifier2.Intercept))),
                    .. Differ("Squared", scores.SquaredAreaUnderRoc, PipelineMetrics.AreaUnderRoc("", good, [.. outputs.Select(row => row.SquaredRaw[1])])),
                    .. pipeline.TestScores is { Roc: > 0.5 and < 1, SvcAreaUnderRoc: > 0.9 } ? Array.Empty<string>() : ["test scores"],
                ];
            }

            public static string Columns() => string.Join(' ', typeof(Margins.OutputRow).GetProperties().Select(property => property.Name));

            public static string[] Conforms()
            {
                using Margins pipeline = Margins.Fit(Rows);
                return [.. pipeline.Transform(Rows).SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(Rows[i]), row, 1e-9, "Codes"))];
            }

            public static string[] Tuned()
            {
                PipelineTuning<Margins> tuning = Margins.Tune(Rows);
                PipelineTuning<OnlyTuned> only = OnlyTuned.Tune(Rows);
                using (tuning.Best)
                using (only.Best)
                    return [.. tuning.Points.Select(point => $"{point.Scores.Count} {point.Mean is > 0.2 and <= 1}"), $"{only.Points[0].Mean > 0.9}"];
            }

            public static string[] AtTheModel()
            {
                Point[] rows = [.. Rows.Select((row, i) => i % 5 == 0 ? row with { Amount = double.NaN } : row)];
                using Changed pipeline = Changed.Fit(rows);
                Changed.Scores scores = pipeline.Evaluate(rows);
                Point[] kept = [.. rows.Where(row => row.A > -0.5)];
                double[] predictions = [.. kept.Select(row => pipeline.Predict(row)!.Prediction)];
                double[] classes = [.. kept.Select(row => Line(pipeline.LogisticRegression1.Coefficients, pipeline.LogisticRegression1.Intercept, row) > 0 ? 1d : 0)];
                double[] filled = [.. pipeline.Transform(rows).Select(row => row.Amount!.Value)], later = [.. pipeline.Transform(rows).Select(row => row.Later)];
                Changed.OutputRow[] outputs = [.. pipeline.Transform(rows)];
                PipelineTuning<Changed> tuning = Changed.Tune(rows);
                tuning.Best.Dispose();
                return
                [
                    .. Differ("Rmse", scores.PredictionRmse, PipelineMetrics.Rmse("", [.. kept.Select(row => row.Amount)], predictions)),
                    .. Differ("Accuracy", scores.ClassAccuracy, PipelineMetrics.Accuracy("", [.. kept.Select(row => (double)row.Kind)], classes)),
                    .. Differ("Later", scores.LaterRmse, PipelineMetrics.Rmse("", filled, later)),
                    .. outputs.Length == kept.Length && outputs.All(row => row.Class > 0 && row.Cluster > 0 && row.Amount is { } amount && !double.IsNaN(amount)) ? Array.Empty<string>() : ["not filled"],
                    .. scores.ClusterSilhouette > 0.2 && pipeline.TestScores!.ClassAccuracy > 0.7 && tuning.Points[0].Mean > 0.7 ? Array.Empty<string>() : [scores.ToString(), pipeline.TestScores!.ToString(), tuning.ToString()],
                    .. rows.SelectMany((row, i) => pipeline.Transform([row]).SelectMany(made => Comparing.Differences(i, pipeline.Predict(row), made, 0))),
                ];
            }

            public static string NothingLeft()
            {
                using Changed pipeline = Changed.Fit(Rows);
                try
                {
                    pipeline.Evaluate([.. Rows.Where(row => row.A < -0.5)]);
                    return "";
                }
                catch (PipelineException error)
                {
                    return error.Message;
                }
            }

            private static double Line(Vector weights, double intercept, Point row) => (weights[0] * row.At[0]) + (weights[1] * row.At[1]) + intercept;

            private static IEnumerable<string> Differ(string name, double measured, double wanted) => Math.Abs(measured - wanted) < 1e-9 ? [] : [$"{name}: {measured} and {wanted}"];

            private static double[] Lines(Vector weights, double intercept) => [.. Rows.Select(row => Line(weights, intercept, row))];

            private static double[] Scored(Edge network) => [.. Rows.Select(row =>
            {
                float[] output = new float[1];
                network.Predict([(float)row.At[0], (float)row.At[1]], output);
                return (double)output[0];
            })];

            private static Point[] Make()
            {
                Random random = new(11);
                return [.. Enumerable.Range(0, 120).Select(i =>
                {
                    double a = (random.NextDouble() * 2) - 1, b = (random.NextDouble() * 2) - 1;
                    bool good = a + (0.3 * b) + (0.4 * (random.NextDouble() - 0.5)) > 0;
                    return new Point(a, b, [a, b], i % 9 == 0 ? null : good, b > 0 ? 1 : 0, a + random.NextDouble());
                })];
            }
        }
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Source, Drive));

    [Fact]
    public void Areas_are_by_raw_scores_where_there_are_no_probabilities() => Assert.Empty(Call<string[]>("Areas"));

    [Fact]
    public void Raw_scores_that_only_metrics_need_are_not_in_the_output_row() =>
        Assert.Equal("A B At Good Kind Amount Prediction Coded Codes Svc Hinged Perceptron Squared SquaredRaw", Call<string>("Columns"));

    [Fact]
    public void Batches_give_what_rows_give() => Assert.Empty(Call<string[]>("Conforms"));

    [Fact]
    public void A_prediction_is_measured_against_its_label_as_both_stand_at_the_model() => Assert.Empty(Call<string[]>("AtTheModel"));

    [Fact]
    public void Rows_that_are_dropped_behind_a_model_are_not_measured() =>
        Assert.Equal("PredictionRmse has nothing to measure: there are no rows", Call<string>("NothingLeft"));

    [Fact]
    public void Tuning_goes_by_raw_scores() => Assert.Equal(["2 True", "2 True", "True"], Call<string[]>("Tuned"));

    private static T Call<T>(string method) => (T)Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
