using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Dsl.Benchmarks.Compiler;

/// <summary>Pipelines of ten stages, one a file, each with a row type in a file of its own: five sorts by turns, one of which has a network of <see cref="ModelSources"/>.</summary>
internal static class PipelineSources
{
    private static readonly (Func<int, string> Row, Func<int, string, string> Stages)[] Sorts = [(Bird, Birds), (Review, Reviews), (House, Houses), (Customer, Customers), (Scan, Scans)];

    /// <summary>A pipeline with ten stages; regParam, in ten thousandths, is the one thing that an edit changes.</summary>
    public static string Pipeline(int number, int regParam = 1) =>
        $"using Dsl;\nusing Models;\n\nnamespace Pipes;\n\n[Pipeline<Row{number}>]\n{Sorts[number % Sorts.Length].Stages(number, string.Create(CultureInfo.InvariantCulture, $"0.{regParam:D4}"))}\n";

    /// <summary>The row type of a pipeline.</summary>
    /// <param name="number">The pipeline's number.</param>
    /// <param name="edit">A literal in a method's body, which no pipeline reads.</param>
    /// <param name="seen">The name of a column that is carried along.</param>
    public static string Row(int number, int edit = 0, string seen = "Seen") => $$"""
        using System;
        using Dsl;

        namespace Pipes;

        {{Sorts[number % Sorts.Length].Row(number)}}
            public DateOnly? {{seen}} { get; init; }

            public int Check() => {{edit}};
        }
        """;

    public static IEnumerable<SyntaxTree> Trees(int pipelines) => Enumerable.Range(0, pipelines).SelectMany(i => new[]
    {
        ModelSources.Parse(Pipeline(i), $"Pipeline{i}.cs"), ModelSources.Parse(Row(i), $"Row{i}.cs"),
    });

    private static string Bird(int number) => $$"""
        public record Row{{number}}(string? Sex, string Island, [property: Column("bill_length_mm")] double? BillLength, double? BillDepth, float? Mass, string Species, [property: Sensitive] string Tag)
        {
        """;

    private static string Birds(int number, string regParam) => $$"""
        [Split(Train = 0.8, Seed = {{number}}), Imputer(nameof(Row{{number}}.BillLength), nameof(Row{{number}}.BillDepth), nameof(Row{{number}}.Mass))]
        [StringIndexer("Species", "Label", Classes = 3), StringIndexer("Island", "IslandIndex")]
        [OneHotEncoder("IslandIndex", "IslandVector", Size = {{2 + number % 4}})]
        [Map(nameof(Ratio), "Ratio")]
        [VectorAssembler("Raw", "BillLength", "BillDepth", "Mass", "IslandVector", "Ratio")]
        [StandardScaler("Raw", "Features", WithMean = true)]
        [LogisticRegression("Features", "Label", RegParam = {{regParam}}, MaxIter = 50, Prediction = "Kind")]
        [IndexToString("Kind", "KindName")]
        [Evaluate(Metric.Accuracy)]
        public partial class Birds{{number}}
        {
            private static double Ratio(double billLength, double billDepth) => billLength / billDepth;
        }
        """;

    private static string Review(int number) => $$"""
        public sealed class Row{{number}}
        {
            public string? Text { get; init; }

            public bool Liked { get; init; }

            public DateTime Day { get; init; }

            public decimal Price { get; init; }

            public byte Stars { get; init; }

            public Guid Id { get; init; }

        """;

    private static string Reviews(int number, string regParam) => $$"""
        [DropNulls("Text")]
        [RegexTokenizer("Text", "Words", MinTokenLength = 2), StopWordsRemover("Words", "Kept")]
        [NGram("Kept", "Pairs")]
        [HashingTF("Pairs", "Counts", NumFeatures = {{1024 << number % 4}}), IDF("Counts", "Weights", MinDocFreq = 2)]
        [VectorAssembler("All", "Weights", "Price", "Stars")]
        [Normalizer("All", "Features")]
        [LogisticRegression("Features", "Liked", RegParam = {{regParam}})]
        [SGDClassifier("Features", "Liked", Loss = SgdLoss.LogLoss, Prediction = "Fast")]
        [Evaluate(Metric.AreaUnderRoc, Prediction = "Prediction")]
        public partial class Reviews{{number}};
        """;

    private static string House(int number) => $$"""
        public record struct Row{{number}}(double Longitude, double Latitude, int Rooms, int? Bedrooms, long People, decimal Income, string Coast, double Value)
        {
        """;

    private static string Houses(int number, string regParam) => $$"""
        [Imputer("Bedrooms", Strategy = Imputation.Median)]
        [Binarizer("Income", "IsRich", Threshold = {{3 + number}})]
        [Bucketizer("Latitude", "Zone", double.NegativeInfinity, 34, 36, 38, double.PositiveInfinity)]
        [StringIndexer("Coast", "CoastIndex", HandleInvalid = HandleInvalid.Keep)]
        [VectorAssembler("Place", "Longitude", "Latitude", "Rooms", "Bedrooms")]
        [PolynomialExpansion("Place", "Places")]
        [VectorAssembler("Features", "Places", "IsRich", "Zone", "CoastIndex", "People")]
        [MinMaxScaler("Features", "Scaled")]
        [LinearRegression("Scaled", "Value", MaxIter = 10, RegParam = {{regParam}}, ElasticNetParam = 0.8)]
        [RandomForestRegressor("Features", "Value", NumTrees = 50, MaxDepth = 8, Prediction = "Forest")]
        [Evaluate(Metric.Rmse, Prediction = "Forest"), Evaluate(Metric.R2, Prediction = "Prediction")]
        public partial class Houses{{number}};
        """;

    private static string Customer(int number) => $$"""
        public abstract class Person{{number}}
        {
            public string City { get; set; } = "";

            public short Age { get; set; }
        }

        public class Row{{number}} : Person{{number}}
        {
            public required int Visits { get; init; }

            public double Spent { get; set; }

            public bool IsMember { get; set; }

            public bool HasLeft { get; set; }

            public DayOfWeek Favourite { get; set; }

        """;

    private static string Customers(int number, string regParam) => $$"""
        [FeatureHasher("Hashed", "City", "IsMember", NumFeatures = {{16 + number}})]
        [VectorAssembler("All", "Hashed", "Age", "Visits", "Spent")]
        [VarianceThresholdSelector("All", "Varied", VarianceThreshold = {{regParam}})]
        [MaxAbsScaler("Varied", "Largest"), RobustScaler("All", "Robust")]
        [PCA("Robust", "Components", {{2 + number % 5}})]
        [DecisionTreeClassifier("All", "HasLeft", MaxDepth = 4, Prediction = "Tree")]
        [GBTClassifier("Components", "HasLeft", MaxIter = 10, Prediction = "Boosted")]
        [LinearSVC("Largest", "HasLeft", Prediction = "Side")]
        [KMeans("Components", K = 4, Prediction = "Cluster")]
        [Evaluate(Metric.AreaUnderRoc, Prediction = "Boosted")]
        public partial class Customers{{number}};
        """;

    private static string Scan(int number) => $$"""
        public sealed record Row{{number}}([property: VectorSize(784)] float[] Pixels, int Digit, [property: Sensitive] string Patient, string Device, double Dose, double? Age)
        {
        """;

    private static string Scans(int number, string regParam) => $$"""
        [Mask("Patient", "PatientKey", Masking.Hash)]
        [Imputer("Age")]
        [StringIndexer("Device", "DeviceIndex"), OneHotEncoder("DeviceIndex", "DeviceVector", Size = {{2 + number % 7}})]
        [QuantileDiscretizer("Dose", "DoseBin", 4)]
        [Normalizer("Pixels", "Image")]
        [Network<Net{{number}}>("Image", "Digit", Epochs = 5, Prediction = "Read")]
        [VectorAssembler("Facts", "DeviceVector", "DoseBin", "Age")]
        [StandardScaler("Facts", "Scaled")]
        [LogisticRegression("Scaled", "Digit", RegParam = {{regParam}}, Prediction = "Guess")]
        [Evaluate(Metric.Accuracy, Prediction = "Read")]
        public partial class Scans{{number}};
        """;
}
