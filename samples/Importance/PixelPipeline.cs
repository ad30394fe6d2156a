using Dsl;

namespace Importance;

/// <summary>A forest picks the ten pixels that tell digits apart best; a network learns on them alone, another on all.</summary>
[Pipeline<Digit>]
[Split(Train = 0.8, Seed = 1, Stratify = nameof(Digit.Label))]
[RandomForestClassifier("Pixels", "Label", NumTrees = 50, MaxDepth = 10, Seed = 1, Prediction = "Forest")]
[SelectByImportance("Pixels", "Chosen", 10)]
[VectorSlicer("Pixels", "Any", 3, 10, 17, 20, 27, 30, 37, 44, 51, 58)]
[Network<FewPixels>("Chosen", "Label", Epochs = 60, Seed = 1, Prediction = "Few")]
[Network<FewPixels>("Any", "Label", Epochs = 60, Seed = 1, Prediction = "Other")]
[Network<AllPixels>("Pixels", "Label", Epochs = 60, Seed = 1, Prediction = "All")]
[Evaluate(Metric.Accuracy, Prediction = "Forest"), Evaluate(Metric.Accuracy, Prediction = "Few")]
[Evaluate(Metric.Accuracy, Prediction = "Other"), Evaluate(Metric.Accuracy, Prediction = "All")]
public sealed partial class PixelPipeline;
