using System;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>What the language's page says of rows, columns, seeds, files and errors, a small pipeline each.</summary>
public sealed class PageRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using Dsl;
        public record Item(double A, double? B, string Name, string? Species, int? Kind, double? Share, bool? Good, double Amount, [Sensitive] string Secret, [Sensitive] double? Pay, Guid Id, int Whole);

        [Pipeline<Item>, Split(Train = 0.75, Seed = 3, Stratify = "Species")]
        [StringIndexer("Species", "Label", HandleInvalid = HandleInvalid.Skip), VectorAssembler("V", "A", "Whole")]
        [LogisticRegression("V", "Label", RegParam = 0.1, Weight = "Share"), IndexToString("Prediction", "Said")]
        [Binarizer("Amount", "High", Threshold = 1), LinearSVC("V", "High", Prediction = "Svc"), Evaluate(Metric.F1, Class = 1, Prediction = "Prediction", Name = "One"), Evaluate(Metric.Accuracy, Prediction = "Svc")]
        public partial class Labels;

        [Pipeline<Item>, Map("Twice", "Second"), Map("First", "AFirst"), Select("Whole", "Second", "A", "Id", "AFirst")]
        public partial class Selected
        {
            static double? Twice(double? b) => 2 * b;
            static int First(double A, in int whole) => (int)A + whole;
        }

        [Pipeline<Item>, Imputer("Pay", Strategy = Imputation.Mode), Mask("Secret", "Hidden", Masking.Hash), Mask("Pay", "PayBucket", Masking.Bucket, Width = 10), Mask("Secret", "Gone", Masking.Redact), Map("Len", "SecretLength")]
        [Imputer("Kind"), DropColumns("Id", "Name")]
        public partial class Secrets
        {
            static int Len(string secret) => secret.Length;
        }

        [Pipeline<Item>, StringIndexer("Name", "Index", HandleInvalid = HandleInvalid.Keep, StringOrderType = StringOrder.AlphabetAsc), IndexToString("Index", "Back"), StringIndexer("Whole", "WholeIndex", Classes = 40), OneHotEncoder("WholeIndex", "WholeVector", DropLast = false, Size = 40), Where("Keep")]
        public partial class Indexed
        {
            static bool Keep(string Name) => Name != "drop";
        }

        [Pipeline<Item>, VectorAssembler("V", "A", "Amount"), KMeans("V", K = 3, InitMode = KMeansInit.Random, MaxIter = 1, Seed = 7)]
        public partial class SeedSeven;

        [Pipeline<Item>, VectorAssembler("V", "A", "Amount"), KMeans("V", K = 3, InitMode = KMeansInit.Random, MaxIter = 1, Seed = 2)]
        public partial class SeedTwo;

        [Pipeline<Item>, Split(Train = 0.75, Seed = 3, Stratify = "Species"), VectorAssembler("V", "A", "Whole"), MinMaxScaler("V", "W"), LinearRegression("W", "Amount"), Evaluate(Metric.Rmse)]
        public partial class Stratified;

        [Pipeline<Item>, VectorAssembler("V", "A", "Whole"), LinearRegression("V", "Amount"), Evaluate(Metric.Mae), CrossValidate(Metric.Mae, Folds = 2, Stratify = "Good")]
        public partial class Dealt;

        [Pipeline<Item>, OneHotEncoder("Whole", "Declared", Size = 30), OneHotEncoder("Whole", "Exact", Size = 20, DropLast = false, Name = "Exact1")]
        public partial class Coded;

        [Pipeline<Item>, VectorAssembler("V", "A", "Amount"), LogisticRegression("V", "Good", Threshold = 0.9, RegParam = 0.01), LinearSVC("V", "Good", Threshold = 0.5, Prediction = "Svc", RawPrediction = "SvcRaw")]
        public partial class Strict;

        [Pipeline<Item>, Split(Train = 0.6), OneHotEncoder("Whole", "WholeVector"), LogisticRegression("WholeVector", "Good"), Evaluate(Metric.Accuracy)]
        public partial class HeldBack;

        [Pipeline<Item>, DropNulls("Species"), StringIndexer("Species", "Label"), VectorAssembler("V", "A", "Amount"), NaiveBayes("V", "Label", ModelType = NaiveBayesType.Gaussian)]
        public partial class Dropping;
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using Dsl;
        public static class Driver
        {
            private static readonly Item[] Rows = Make();

            public static string[] LabelsAreLeftOut()
            {
                using Labels pipeline = Labels.Fit(Rows);
                Item unlabelled = Rows[3] with { Species = null, Share = null, Amount = 0.5 };
                Labels.OutputRow one = pipeline.Predict(unlabelled), unseen = pipeline.Predict(unlabelled with { Species = "new" });
                Item[] known = [.. Rows.Where(row => row.Species is not null)];
                return
                [
                    typeof(Labels.OutputRow).GetProperty("Label")!.PropertyType == typeof(double?) && typeof(Labels.OutputRow).GetProperty("High")!.PropertyType == typeof(double?) ? "double?" : "double",
                    $"{one.Label} {unseen.Label} {one.High} {one.Said is "x" or "y"}",
                    .. pipeline.Transform([unlabelled, unlabelled with { Species = "new" }]).Zip([one, unseen]).SelectMany((pair, i) => Comparing.Differences(i, pair.First, pair.Second, 1e-9)),
                    $"{pipeline.Evaluate(Rows).One == pipeline.Evaluate(known).One}",
                    Message(() => pipeline.Evaluate([.. Rows.Select(row => row with { Species = null })])),
                    string.Join(' ', pipeline.Summary().Split('\n').Where(line => line.Contains("LogisticRegression1")).Select(line => line.Contains("left out"))),
                ];
            }

            public static string[] OutputColumns()
            {
                using Selected pipeline = Selected.Fit(Rows);
                Selected.OutputRow made = pipeline.Predict(Rows[1] with { B = null, A = 2.5, Whole = 4 });
                return [Names<Selected.OutputRow>(), $"{made.Second is null} {made.AFirst}", Names<Labels.OutputRow>(), Names<Secrets.OutputRow>()];
            }

            public static string[] Hides()
            {
                using Secrets pipeline = Secrets.Fit(Rows, new PipelineOptions { MaskingKey = new byte[16] });
                Item row = Rows[2] with { Secret = "hush", Pay = 123.25, Kind = null };
                string told = pipeline.Explain(row) + pipeline.Summary() + string.Join(' ', ((IPipeline)pipeline).Stages.Select(stage => stage.ToString()));
                Secrets.OutputRow made = pipeline.Predict(row);
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                pipeline.Save(folder);
                string key = Message(() => Secrets.Load(folder, new PipelineOptions { MaskingKey = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] }));
                string noKey = Message(() => Secrets.Load(folder));
                string other = Message(() => SeedTwo.Load(folder));
                using Secrets loaded = Secrets.Load(folder, new PipelineOptions { MaskingKey = new byte[16] });
                string[] same = [.. Comparing.Differences(0, made, loaded.Predict(row), 0)];
                Directory.Delete(folder, true);
                return
                [
                    $"{told.Contains("hush")} {told.Contains("123.25")} {told.Contains("77.5")}",
                    $"{made.Hidden.Length} {made.PayBucket} {made.Gone} {made.Kind == Rows.Average(one => one.Kind)}",
                    key.Replace(folder, "F"),
                    noKey.Replace(folder, "F"),
                    other.Replace(folder, "F"),
                    .. same,
                    Message(() => Secrets.Fit(Rows)),
                ];
            }

            public static string[] IndexesAndErrors()
            {
                using Indexed pipeline = Indexed.Fit(Rows);
                Indexed.OutputRow? unseen = pipeline.Predict(Rows[0] with { Name = "unseen" });
                Item[] late = [.. Rows.Take(10), Rows[0] with { Whole = 999 }, .. Rows];
                return
                [
                    $"{unseen!.Index} {unseen.Back} {pipeline.Predict(Rows[0] with { Name = "drop" }) is null} {pipeline.Transform([Rows[0] with { Name = "drop" }]).Count()}",
                    Message(() => pipeline.Predict(Rows[0] with { Whole = 999 })),
                    Message(() => pipeline.Transform(late).Count()),
                    pipeline.Explain(Rows[0] with { Name = "drop" }).TrimEnd().Split('\n')[^1],
                    Message(() => Indexed.Fit([])),
                    Message(() => Labels.Fit([])),
                    $"{pipeline.Transform([]).Count()}",
                    Message(() => Indexed.Fit([.. Rows.Take(3), null!])),
                    Message(() => pipeline.Transform([.. Rows.Take(3), null!]).Count()),
                    Message(() => pipeline.Predict(null!)),
                    Message(() => Indexed.Fit([.. Enumerable.Range(0, 50).Select(i => Rows[0] with { Whole = i })])),
                    string.Join(' ', pipeline.StringIndexer1.Labels),
                ];
            }

            public static string[] HeldRows()
            {
                // Every row but the one that is wrong may be taken: whether it is held back or not, it is called by its own number.
                Item[] rows = [.. Rows.Take(60)];
                List<string> messages = [];
                for (int wrong = 40; wrong < 60; wrong++)
                {
                    string message = Message(() => HeldBack.Fit(rows.Select((row, i) => i == wrong ? row with { Whole = 77 } : row)));
                    if (message != "nothing" && !message.StartsWith($"Row {wrong}: "))
                        messages.Add($"{wrong}: {message}");
                    else if (message != "nothing")
                        messages.Add("told");
                }

                return [string.Join(' ', messages.Distinct())];
            }

            public static string[] Seeds()
            {
                using SeedSeven seven = SeedSeven.Fit(Rows);
                using SeedTwo two = SeedTwo.Fit(Rows), five = SeedTwo.Fit(Rows, new PipelineOptions { Seed = 5 });
                return [$"{Same(seven.KMeans1.ClusterCenters, five.KMeans1.ClusterCenters)} {Same(seven.KMeans1.ClusterCenters, two.KMeans1.ClusterCenters)}"];
            }

            public static string[] Thresholds()
            {
                using Strict pipeline = Strict.Fit(Rows);
                Strict.OutputRow[] made = [.. pipeline.Transform(Rows)];
                return [$"{made.All(row => (row.Probability[1] > 0.9) == (row.Prediction == 1))} {made.Any(row => row.Probability[1] is > 0.5 and < 0.9)} {made.All(row => (row.SvcRaw[1] > 0.5) == (row.Svc == 1))}"];
            }

            public static string[] Drops()
            {
                using Dropping pipeline = Dropping.Fit(Rows);
                Dropping.OutputRow made = pipeline.Predict(Rows[0] with { Species = null });
                return [$"{made.Label is null} {made.Prediction}", $"{pipeline.Transform(Rows).Count() == Rows.Length}", $"{pipeline.Summary().Contains($"fitted on {Rows.Count(row => row.Species is not null)} rows")} {pipeline.Summary().Contains("left out")}"];
            }

            public static string[] LetsRowsGo()
            {
                List<WeakReference> rows = [];
                Watch watch = new("LogisticRegression1", rows);
                Labels.Fit(Given(rows), progress: watch).Dispose();
                Watch mapped = new("KMeans1", rows);
                SeedTwo.Fit(Given(rows), progress: mapped).Dispose();
                // Of the rows that were given the iterator holds the last, and the scores those that were held back.
                return [$"{watch.Alive is 36 or 37} {mapped.Alive is 0 or 1}"];
            }

            public static string[] Strata()
            {
                using Stratified pipeline = Stratified.Fit(Rows);
                int known = Rows.Count(row => row.Species is not null);
                Item[] some = [.. Rows.Take(40).Select((row, i) => row with { Good = i < 30 ? null : i % 2 == 0, Amount = i < 30 ? 1e6 : row.Amount })];
                PipelineTuning<Dealt> tuned = Dealt.Tune(some);
                using Dealt best = tuned.Best;
                return
                [
                    $"{known} {pipeline.Summary().Contains($"fitted on {known * 3 / 4} rows")} {pipeline.TestScores!.Rmse < 1}",
                    Message(() => Stratified.Fit([.. Rows.Select(row => row with { Species = null })])),
                    // In a fold, on either side, a row without it would be seen by its amount; the best is fitted on every row.
                    $"{tuned.Points.Single().Mean < 10} {best.Summary().Contains("fitted on 40 rows")}",
                    Message(() => Dealt.Tune([.. some.Take(31)])),
                ];
            }

            public static string[] Codes()
            {
                using Coded pipeline = Coded.Fit(Rows);
                Coded.OutputRow made = pipeline.Predict(Rows[7] with { Whole = 7 });
                return
                [
                    $"{made.Declared.Size} {made.Declared[7]} {made.Exact.Size} {made.Exact[7]}",
                    Message(() => pipeline.Predict(Rows[0] with { Whole = 20 })),
                    Message(() => pipeline.Transform([.. Rows.Take(3), Rows[0] with { Whole = 31 }]).Count()),
                    Message(() => Coded.Fit([.. Rows.Take(3), Rows[0] with { Whole = 20 }])),
                ];
            }

            public static string[] Stops()
            {
                using CancellationTokenSource source = new();
                source.Cancel();
                try
                {
                    Labels.Fit(Rows, cancellationToken: source.Token);
                    return ["fitted"];
                }
                catch (OperationCanceledException)
                {
                    return ["stopped"];
                }
            }

            private static IEnumerable<Item> Given(List<WeakReference> seen)
            {
                seen.Clear();
                foreach (Item row in Rows)
                {
                    Item own = row with { };
                    seen.Add(new WeakReference(own));
                    yield return own;
                }
            }

            private static bool Same(IReadOnlyList<Vector> centers, IReadOnlyList<Vector> others) => centers.SequenceEqual(others);

            private static string Names<T>() => string.Join(' ', typeof(T).GetProperties().Select(property => property.Name));

            private static string Message(Action action)
            {
                try
                {
                    action();
                    return "nothing";
                }
                catch (Exception error) when (error is PipelineException or ArgumentException or InvalidDataException)
                {
                    return error.Message;
                }
            }

            private static Item[] Make()
            {
                Random random = new(21);
                return [.. Enumerable.Range(0, 160).Select(i =>
                {
                    double a = (random.NextDouble() * 4) - 2, amount = random.NextDouble() * 2;
                    string? species = i % 10 == 0 ? null : a + (0.5 * random.NextDouble()) > 0 ? "x" : "y";
                    return new Item(a, i % 3 == 0 ? null : a, "n" + (i % 4), species, i % 5 == 0 ? null : i % 3, i % 13 == 0 ? null : 1 + random.NextDouble(), a + random.NextDouble() > 0.5, amount, "s" + i, i % 4 == 0 ? null : 77.5, Guid.Empty, i % 20);
                })];
            }

            private sealed class Watch(string stage, List<WeakReference> rows) : IProgress<PipelineProgress>
            {
                public int Alive { get; private set; } = -1;

                public void Report(PipelineProgress value)
                {
                    if (value.Stage != stage || Alive >= 0)
                        return;
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    GC.Collect();
                    Alive = rows.Count(row => row.IsAlive);
                }
            }
        }
        """;

    private const string Unseen = "StringIndexer2 knows 20 texts ('0' ..), but got 999: HandleInvalid.Keep gives it a class of its own, Skip drops the row";

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Source, Drive));

    [Theory]
    [InlineData("LabelsAreLeftOut", "double?|  0 True|True|One has nothing to measure: none of 160 rows has a label|True")]
    [InlineData(
        "OutputColumns",
        "Whole Second A Id AFirst|True 6|A B Name Species Kind Share Good Amount Id Whole Label V Prediction Probability Said High Svc|A B Species Kind Share Good Amount Whole Hidden PayBucket Gone")]
    [InlineData(
        "Hides",
        "False False False|32 120 *** True|PipelineOptions.MaskingKey is another key than that of the pipeline in F. (Parameter 'options')|"
        + "The pipeline in F masks under a key, which is not saved: PipelineOptions.MaskingKey is needed. (Parameter 'options')|"
        + "F holds another declaration than SeedTwo: stage VectorAssembler1 is in the class and not in the files.|Mask1 needs PipelineOptions.MaskingKey, 16 bytes or more, but got none")]
    [InlineData(
        "IndexesAndErrors",
        "4 __unknown True 0|" + Unseen + "|Row 10: " + Unseen + "|Where1  drops the row|StringIndexer1 has no rows to learn from|Split1 has no rows to part|0|Row 3: The row is null: a pipeline takes rows|"
        + "Row 3: The row is null: a pipeline takes rows|Value cannot be null. (Parameter 'row')|StringIndexer2 declares 40 classes, but Whole has 50: '45' is one too many|n0 n1 n2 n3")]
    [InlineData("HeldRows", "told")]
    [InlineData("Seeds", "True False")]
    [InlineData("Thresholds", "True True True")]
    [InlineData("Drops", "True 0|True|True False")]
    [InlineData("LetsRowsGo", "True True")]
    [InlineData("Strata", "144 True True|Split1 has nothing to part: none of 160 rows has a Species|True True|CrossValidate needs a row for each of 2 folds, and there are 1 that have what it stratifies by, of 31")]
    [InlineData(
        "Codes",
        "30 1 20 1|Exact1 knows the classes 0 to 19, but got 20: HandleInvalid.Keep takes it as a class more|Row 3: OneHotEncoder1 knows the classes 0 to 30, but got 31: HandleInvalid.Keep takes it as a class more|"
        + "Exact1 declares a vector of 20, which 20 classes make, but Whole has 21")]
    [InlineData("Stops", "stopped")]
    public void The_page(string method, string told) => Assert.True(told == string.Join('|', Told(method)), string.Join('|', Told(method)));

    private static string[] Told(string method) => (string[])Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
