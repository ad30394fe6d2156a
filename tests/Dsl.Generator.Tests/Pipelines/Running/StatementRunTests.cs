using System;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Statements of the language's page about grids, folds, dropped rows, hashed names and elements' names, a small pipeline each.</summary>
public sealed class StatementRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using System.Collections.Concurrent;
        using Dsl;
        public record Item(double A, double? B, [property: Column("other name")] string Text, string? Label, [VectorSize(3)] double[] Three, double Amount, [Sensitive] double? Pay);
        public record Plain(double A, string Text);

        [Model, Input(3), Linear(4), ReLU, Linear(2), CrossEntropy, Adam(0.01)]
        public partial class Net;

        [Pipeline<Item>]
        [StringIndexer("Text", "TextIndex"), Binarizer("A", "High", Threshold = 0), Binarizer("Amount", "Dear", Threshold = 5)]
        [VectorAssembler("V", "TextIndex", "A", "High", "Three"), StandardScaler("V", "S"), Normalizer("Three", "N")]
        [RandomForestClassifier("S", "Dear", NumTrees = 2), Network<Net>("N", "Dear", Epochs = 1, Prediction = "Deep"), CrossValidate(Metric.Accuracy, Prediction = "Prediction", Folds = 2, Repeats = 2)]
        [Grid("StringIndexer1.StringOrderType", StringOrder.AlphabetDesc), Grid("Binarizer1.Threshold", 0.25), Grid("StandardScaler1.WithMean", true), Grid("Normalizer1.P", 1)]
        [Grid("RandomForestClassifier1.FeatureSubsetStrategy", "all"), Grid("RandomForestClassifier1.Impurity", TreeImpurity.Entropy), Grid("RandomForestClassifier1.Seed", 3), Grid("RandomForestClassifier1.MaxDepth", 3)]
        [Grid("Net.LearningRate", 0.05), Grid("Net.Epochs", 2)]
        public partial class Varied;

        [Pipeline<Item>]
        [StringIndexer("Text", "TextIndex", StringOrderType = StringOrder.AlphabetDesc), Binarizer("A", "High", Threshold = 0.25), Binarizer("Amount", "Dear", Threshold = 5)]
        [VectorAssembler("V", "TextIndex", "A", "High", "Three"), StandardScaler("V", "S", WithMean = true), Normalizer("Three", "N", P = 1)]
        [RandomForestClassifier("S", "Dear", NumTrees = 2, FeatureSubsetStrategy = "all", Impurity = TreeImpurity.Entropy, Seed = 3, MaxDepth = 3)]
        [Network<Faster>("N", "Dear", Epochs = 2, Prediction = "Deep")]
        public partial class Declared;

        [Model, Input(3), Linear(4), ReLU, Linear(2), CrossEntropy, Adam(0.05)]
        public partial class Faster;

        [Pipeline<Item>, DropNulls, StringIndexer("Label", "Class"), VectorAssembler("V", "A", "B"), NaiveBayes("V", "Class", ModelType = NaiveBayesType.Gaussian), Evaluate(Metric.Accuracy)]
        public partial class Dropping;

        [Pipeline<Item>, Split(Train = 0.9), VectorAssembler("V", "A"), LinearRegression("V", "Amount"), Evaluate(Metric.Rmse)]
        public partial class Held;

        [Pipeline<Item>, Split(Train = 0.75, Seed = 4), Map("Note", "Noted"), VectorAssembler("V", "A", "Noted"), LinearRegression("V", "Amount"), CrossValidate(Metric.Rmse, Folds = 3, Repeats = 2)]
        public partial class Seen
        {
            public static readonly ConcurrentDictionary<double, bool> All = new();

            private static double Note(double a)
            {
                All[a] = true;
                return a * a;
            }
        }

        [Pipeline<Item>, FeatureHasher("Hashed", "A", "Text", NumFeatures = 1000)]
        public partial class Hashed;

        [Pipeline<Plain>, FeatureHasher("Hashed", "A", "Text", NumFeatures = 1000)]
        public partial class PlainHashed;

        [Pipeline<Item>, StringIndexer("Text", "TextIndex", StringOrderType = StringOrder.AlphabetAsc), OneHotEncoder("TextIndex", "TextVector", DropLast = false), VectorAssembler("Both", "A", "TextVector", "Three")]
        [VectorSlicer("Both", "V", 5, 1, 0), DecisionTreeRegressor("V", "Amount"), LinearRegression("V", "Amount", Prediction = "Line")]
        public partial class Named;
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.IO;
        using System.Linq;
        using Dsl;
        public static class Driver
        {
            private static readonly Item[] Rows = [.. Enumerable.Range(0, 80).Select(i => new Item(
                (i * 37 % 80) / 40.0 - 1, i % 10 == 3 ? null : i % 10 == 4 ? double.NaN : i, "abc"[i % 3].ToString(), i % 7 == 0 ? null : i % 2 == 0 ? "x" : "y", [i % 5, i % 4, (i * 37 % 80) / 10.0 + i % 3], (i * 37 % 80) / 8.0, i % 10 == 5 ? null : 3))];

            public static string[] GridOptions()
            {
                PipelineTuning<Varied> tuning = Varied.Tune(Rows);
                using Varied best = tuning.Best;
                using Declared declared = Declared.Fit(Rows);
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                best.Save(folder);
                using Varied loaded = Varied.Load(folder);
                Directory.Delete(folder, true);
                return
                [
                    $"{tuning.Points.Count} {tuning.Points[0].Scores.Count} {tuning.Points[0].Parameters.Count}",
                    .. Rows.SelectMany((row, i) =>
                    {
                        Varied.OutputRow made = best.Predict(row);
                        Declared.OutputRow wanted = declared.Predict(row);
                        return Comparing.Differences(i, made, loaded.Predict(row), 0)
                            .Concat(made.S == wanted.S && made.N == wanted.N && made.Probability == wanted.Probability && made.DeepProbability == wanted.DeepProbability ? [] : [$"{i}: {made} and {wanted}"]);
                    }).Take(3),
                ];
            }

            public static string[] Drops()
            {
                using Dropping pipeline = Dropping.Fit(Rows);
                int kept = Rows.Count(row => row.B is { } b && !double.IsNaN(b) && row.Pay is not null);
                Dropping.OutputRow?[] made = [.. Rows.Select(pipeline.Predict)];
                int learnt = Rows.Count(row => row.B is { } b && !double.IsNaN(b) && row.Pay is not null && row.Label is not null);
                return
                [
                    $"{made.Count(row => row is not null) == kept} {pipeline.Transform(Rows).Count() == kept} {made.Any(row => row is { Class: null })}",
                    $"{pipeline.Summary().Contains($"fitted on {learnt} rows, {kept - learnt} left out")}",
                ];
            }

            public static string[] HeldBack()
            {
                using Held none = Held.Fit(Rows.Take(4)), one = Held.Fit(Rows.Take(10));
                return [$"{none.TestScores is null} {one.TestScores is null}"];
            }

            public static string[] FoldsOfTrainingRows()
            {
                PipelineTuning<Seen> tuning = Seen.Tune(Rows);
                using Seen best = tuning.Best;
                return [$"{Seen.All.Count} {tuning.Points[0].Scores.Count} {best.Summary().Contains("fitted on 60 rows")}"];
            }

            public static string[] HashedNames()
            {
                using Hashed hashed = Hashed.Fit(Rows);
                using PlainHashed plain = PlainHashed.Fit(Rows.Select(row => new Plain(row.A, row.Text)));
                return [$"{Rows.All(row => hashed.Predict(row).Hashed == plain.Predict(new Plain(row.A, row.Text)).Hashed)}"];
            }

            public static string[] ElementNames()
            {
                using Named pipeline = Named.Fit(Rows);
                string tree = pipeline.DecisionTreeRegressor1.ToDebugString();
                return
                [
                    string.Join(' ', pipeline.DecisionTreeRegressor1.FeatureNames), string.Join(' ', pipeline.LinearRegression1.FeatureNames), $"{tree.Contains("If (A <= ")} {tree.Contains("feature ")}",
                    $"{pipeline.Summary().Contains("TextVector_a")}",
                ];
            }
        }
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Source, Drive));

    [Theory]
    [InlineData("GridOptions", "1 4 10")]
    [InlineData("Drops", "True True True|True")]
    [InlineData("HeldBack", "True False")]
    [InlineData("FoldsOfTrainingRows", "60 6 True")]
    [InlineData("HashedNames", "True")]
    [InlineData("ElementNames", "Three_1 TextVector_a A|Three_1 TextVector_a A|True False|True")]
    public void The_page(string method, string told)
    {
        string made = string.Join('|', (string[])Driver.Value.GetMethod(method)!.Invoke(null, [])!);
        Assert.True(told == made, made);
    }
}
