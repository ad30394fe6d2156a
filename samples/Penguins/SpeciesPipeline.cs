using Dsl;

namespace Penguins;

/// <summary>From a penguin as it was written down to its species, by three models side by side.</summary>
[Pipeline<Penguin>]
[Split(Train = 0.8, Seed = 7, Stratify = nameof(Penguin.Species))]
[Imputer("BillLength", "BillDepth", "BodyMass")]
[StringIndexer("Species", "Label", Classes = 3), StringIndexer("Island", "IslandIndex")]
[OneHotEncoder("IslandIndex", "IslandVector", Size = 2)]
[Map(nameof(Ratio), "Ratio")]
[VectorAssembler("Raw", "BillLength", "BillDepth", "BodyMass", "IslandVector", "Ratio")]
[StandardScaler("Raw", "Features", WithMean = true)]
[LogisticRegression("Features", "Label", RegParam = 0.01, Prediction = "Linear")]
[RandomForestClassifier("Raw", "Label", Seed = 1, Prediction = "Forest")]
[Network<SpeciesNet>("Features", "Label", Epochs = 20, Prediction = "Deep")]
[IndexToString("Linear", "LinearSpecies"), IndexToString("Forest", "ForestSpecies"), IndexToString("Deep", "DeepSpecies")]
[Evaluate(Metric.Accuracy, Prediction = "Linear"), Evaluate(Metric.F1, Prediction = "Linear"), Evaluate(Metric.LogLoss, Prediction = "Linear")]
[Evaluate(Metric.Accuracy, Prediction = "Forest"), Evaluate(Metric.F1, Prediction = "Forest"), Evaluate(Metric.LogLoss, Prediction = "Forest")]
[Evaluate(Metric.Accuracy, Prediction = "Deep"), Evaluate(Metric.F1, Prediction = "Deep"), Evaluate(Metric.LogLoss, Prediction = "Deep")]
[Grid("SpeciesNet.LearningRate", 0.003, 0.01, 0.03)]
[CrossValidate(Metric.Accuracy, Prediction = "Deep", Folds = 5, Seed = 7, Stratify = nameof(Penguin.Species))]
public sealed partial class SpeciesPipeline
{
    private static double Ratio(double billLength, double billDepth) => billLength / billDepth;
}
