using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>A row of the pipeline whose rows are counted one by one.</summary>
public sealed record Penguin(string? Sex, string Island, double? BillLength, double? BillDepth, double? BodyMass, string Species, [Sensitive] string Tag);

/// <summary>Its network.</summary>
[Model, Input(6), Linear(32), ReLU, Linear(3), CrossEntropy, Adam(1e-3)]
public sealed partial class SpeciesNet;

/// <summary>A stage of most kinds, a linear model and a network.</summary>
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
public sealed partial class SpeciesPipeline
{
    private static double Ratio(double billLength, double billDepth) => billLength / billDepth;
}
