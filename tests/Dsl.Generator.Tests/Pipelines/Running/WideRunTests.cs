using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Columns of every kind, rows that are dropped, sizes that only a fit knows, and names that locals have too.</summary>
public sealed class WideRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using Dsl;
        namespace Wide.Inner;

        public enum Colour { Red, Green }
        public class Base { public int Age { get; set; } public decimal? Price { get; init; } }
        public sealed class Item : Base
        {
            public required string Name { get; init; }
            public string? Note { get; set; }
            public bool Flag { get; set; }
            public bool? MaybeFlag { get; set; }
            public float Single { get; set; }
            public long Big { get; set; }
            public double? Maybe { get; set; }
            [VectorSize(3)] public double[] Three { get; set; } = [];
            public float[] Floats { get; set; } = [];
            public Vector Any { get; set; }
            public DateTime When { get; set; }
            public DateOnly? Day { get; set; }
            public Colour Colour { get; set; }
            public Guid Id { get; set; }
            public string[] Words { get; set; } = [];
            [Sensitive] public string Secret { get; set; } = "";
            public double Target { get; set; }
            public bool? Good { get; set; }
            public int values { get; set; }
            public int row { get; set; }
            public double Klass { get; set; }
        }

        [Pipeline<Item>]
        [StringIndexer("Name", "NameIndex"), StandardScaler("Three", "Scaled")]
        [Select("Scaled", "Age", "NameIndex")]
        public partial class Chosen;

        public partial class Outer
        {
            [Pipeline<Item>]
            [DropNulls("Maybe")]
            [Map("Sum", "Sum"), Map("Len", "SecretLength"), Map("Pair", "Pair", Size = 2), Map("Hour", "Hour"), Map("Again", "Again"), Map("Lower", "Lower"), Map("Toks", "Toks"), Map("MaybeInt", "MaybeInt"), Map("Yes", "Yes")]
            [Imputer("Price", "MaybeInt"), Imputer("MaybeFlag", "Note", Strategy = Imputation.Mode)]
            [StringIndexer("Name", "NameIndex", HandleInvalid = HandleInvalid.Keep)]
            [StringIndexer("Age", "AgeIndex", HandleInvalid = HandleInvalid.Skip)]
            [OneHotEncoder("NameIndex", "NameVector")]
            [OneHotEncoder("AgeIndex", "AgeVector", DropLast = false)]
            [VectorAssembler("All", "Age", "Price", "Flag", "MaybeFlag", "Single", "Big", "Three", "NameVector", "Sum", "Pair", "Yes", "AgeIndex", "AgeVector", "values", "row")]
            [VectorAssembler("Loose", "Floats", "Any", "Klass")]
            [StandardScaler("All", "Scaled", WithMean = true), StandardScaler("Loose", "LooseScaled")]
            [VectorAssembler("Whole", "Scaled", "LooseScaled")]
            [LogisticRegression("Whole", "Good", RegParam = 0.01, RawPrediction = "Raw")]
            [KMeans("All", K = 2, Prediction = "Cluster")]
            [DropColumns("Id")]
            [Evaluate(Metric.Accuracy, Prediction = "Prediction"), Evaluate(Metric.AreaUnderRoc, Prediction = "Prediction", Name = "Roc"), Evaluate(Metric.Silhouette, Prediction = "Cluster")]
            [CrossValidate(Metric.Accuracy, Prediction = "Prediction", Folds = 3, Seed = 5, Stratify = "Flag")]
            [Grid("LogisticRegression1.RegParam", 0.01, 1), Grid("StandardScaler1.WithMean", true, false)]
            public partial class row
            {
                static double Sum(int age, in decimal? price, double big) => age + (double)(price ?? 0) + big;
                static int Len(string secret) => secret.Length;
                static float[] Pair(double single, long big) => [(float)single, big];
                static DateTime Hour(DateTime when, DateOnly? day) => when.AddHours(day?.Day ?? 0);
                static Vector Again(double[] three) => Vector.Dense(three);
                static string? Lower(string? note) => note?.ToLowerInvariant();
                static string[] Toks(string[] words, string name) => [.. words, name];
                static int? MaybeInt(double? price, bool flag) => flag ? null : (int)(price ?? 3);
                static bool Yes(double target) => target > 0;
            }
        }
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.IO;
        using System.Linq;
        using Dsl;
        using Wide.Inner;
        public static class Driver
        {
            private static readonly Item[] Rows = Make();

            public static string[] Conforms()
            {
                using Outer.row pipeline = Outer.row.Fit(Rows);
                Outer.row.OutputRow?[] predicted = [.. Rows.Select(pipeline.Predict).Where(row => row is not null)];
                Outer.row.OutputRow[] all = [.. pipeline.Transform(Rows)];
                return [$"{predicted.Length} {all.Length}", .. predicted.Zip(all).SelectMany((pair, i) => Comparing.Differences(i, pair.First, pair.Second, 1e-9))];
            }

            public static string[] Loaded()
            {
                using Outer.row pipeline = Outer.row.Tune(Rows).Best;
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    pipeline.Save(folder);
                    using Outer.row loaded = Outer.row.Load(folder);
                    return [.. Rows.SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(row), loaded.Predict(row), 0))];
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }

            public static string[] Tuned()
            {
                PipelineTuning<Outer.row> tuning = Outer.row.Tune(Rows);
                using (tuning.Best)
                    return [tuning.Metric, .. tuning.Points.Select(point => string.Join(", ", point.Parameters.Select(pair => $"{pair.Key} {pair.Value}")) + $": {point.Scores.Count} {point.Mean > 0.5}")];
            }

            public static bool HasSensitive()
            {
                using Outer.row pipeline = Outer.row.Fit(Rows);
                return typeof(Outer.row.OutputRow).GetProperties().Any(property => property.Name.Contains("Secret")) || pipeline.Explain(Rows[1]).Contains("Secret");
            }

            public static string[] Selected()
            {
                using Chosen pipeline = Chosen.Fit(Rows);
                return
                [
                    .. typeof(Chosen.OutputRow).GetProperties().Select(property => property.Name),
                    .. pipeline.Transform(Rows).SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(Rows[i]), row, 0)),
                ];
            }

            private static Item[] Make()
            {
                Random random = new(3);
                return [.. Enumerable.Range(0, 300).Select(i =>
                {
                    double t = (random.NextDouble() * 4) - 2;
                    return new Item
                    {
                        Name = "n" + random.Next(4), Note = random.Next(3) == 0 ? null : "Note" + random.Next(2), Flag = random.Next(2) == 0,
                        MaybeFlag = random.Next(4) switch { 0 => null, 1 => true, _ => false }, Single = (float)random.NextDouble(), Big = random.Next(1000),
                        Maybe = random.Next(9) == 0 ? null : 1.5, Three = [t, random.NextDouble(), 1], Floats = [(float)t, 2],
                        Any = random.Next(2) == 0 ? Vector.Sparse(4, [1], [t]) : Vector.Dense(0, t, 0, 0), When = new DateTime(2020, 1, 1), Day = random.Next(2) == 0 ? null : new DateOnly(2020, 2, 3),
                        Colour = (Colour)random.Next(2), Id = Guid.NewGuid(), Words = ["a", "b"], Secret = "xyz", Target = random.NextDouble(), Good = random.Next(10) == 0 ? null : t > 0,
                        Age = 20 + random.Next(5), Price = random.Next(5) == 0 ? null : random.Next(100), values = random.Next(5), row = 3, Klass = t,
                    };
                })];
            }
        }
        """;

    private static readonly System.Lazy<System.Type> Driver = new(() => Fitted.Driver(Source, Drive));

    [Fact]
    public void Batches_give_what_rows_give()
    {
        string[] found = Call<string[]>("Conforms");
        string[] counts = Assert.Single(found).Split(' ');
        Assert.Equal(counts[0], counts[1]);
        Assert.InRange(int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture), 200, 299);
    }

    [Fact]
    public void What_was_tuned_and_saved_predicts_the_same_bits() => Assert.Empty(Call<string[]>("Loaded"));

    [Fact]
    public void Every_point_is_scored_on_every_fold() => Assert.Equal(
        [
            "PredictionAccuracy",
            "LogisticRegression1.RegParam 0.01, StandardScaler1.WithMean True: 3 True",
            "LogisticRegression1.RegParam 0.01, StandardScaler1.WithMean False: 3 True",
            "LogisticRegression1.RegParam 1, StandardScaler1.WithMean True: 3 True",
            "LogisticRegression1.RegParam 1, StandardScaler1.WithMean False: 3 True",
        ],
        Call<string[]>("Tuned"));

    [Fact]
    public void The_output_row_has_what_is_selected_in_that_order() => Assert.Equal(["Scaled", "Age", "NameIndex"], Call<string[]>("Selected"));

    [Fact]
    public void What_is_sensitive_is_never_shown() => Assert.False(Call<bool>("HasSensitive"));

    private static T Call<T>(string method) => (T)Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
