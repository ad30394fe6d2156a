// Pipelines as a consumer writes them. Compiled by SettingsTests under every combination of project settings.
#nullable enable
using Dsl;

namespace Birds
{
    public record Penguin(
        string? Sex,
        string Island,
        [Column("bill_length_mm")] double? BillLength,
        [Column("bill_depth_mm")] double? BillDepth,
        [Column("body_mass_g")] double? BodyMass,
        string Species,
        [Sensitive] string Tag);

    [Model, Input(6), Linear(32), ReLU, Linear(3), CrossEntropy, Adam(1e-3)]
    public partial class SpeciesNet;

    [Pipeline<Penguin>]
    [Split(Train = 0.8, Seed = 7, Stratify = nameof(Penguin.Species))]
    [Imputer("BillLength", "BillDepth", "BodyMass")]
    [StringIndexer("Species", "Label", Classes = 3), StringIndexer("Island", "IslandIndex")]
    [OneHotEncoder("IslandIndex", "IslandVector", Size = 2)]
    [Map(nameof(Ratio), "Ratio")]
    [VectorAssembler("Raw", "BillLength", "BillDepth", "BodyMass", "IslandVector", "Ratio")]
    [StandardScaler("Raw", "Features", WithMean = true)]
    [LogisticRegression("Features", "Label", RegParam = 0.01, Prediction = "Linear")]
    [Network<SpeciesNet>("Features", "Label", Epochs = 20, Prediction = "Deep")]
    [IndexToString("Deep", "DeepSpecies")]
    [Evaluate(Metric.Accuracy, Prediction = "Deep"), Evaluate(Metric.F1, Prediction = "Linear")]
    [CrossValidate(Metric.Accuracy, Prediction = "Deep"), Grid("SpeciesNet.LearningRate", 0.001, 0.01)]
    public partial class SpeciesPipeline
    {
        private static double Ratio(double billLength, double billDepth) => billLength / billDepth;
    }
}

namespace Words
{
    internal sealed class Review
    {
        public string? Text { get; set; }

        public bool Liked { get; init; }

        public System.DateOnly Day { get; init; }

        public decimal Price { get; init; }

        public byte Stars { get; init; }

        [VectorSize(3)]
        public float[] Place { get; init; } = [0, 0, 0];

        public System.Guid Id { get; init; }
    }

    [Pipeline<Review>]
    [DropNulls("Text")]
    [Where(nameof(IsLong))]
    [Tokenizer("Text", "Words"), StopWordsRemover("Words", "Kept"), HashingTF("Kept", "Counts", NumFeatures = 512), IDF("Counts", "Weights")]
    [VectorAssembler("Features", "Weights", "Place", "Price", "Stars")]
    [LogisticRegression("Features", "Liked")]
    [RandomForestClassifier("Features", "Liked", Prediction = "Forest", Seed = 3)]
    [KMeans("Place", Prediction = "Cluster", K = 3)]
    [DropColumns("Counts")]
    [Evaluate(Metric.AreaUnderRoc, Prediction = "Forest")]
    internal sealed partial class ReviewPipeline
    {
        private static bool IsLong(string text) => text.Length > 3;
    }
}
