using Dsl;

namespace Reviews;

/// <summary>From a sentence to whether it speaks well of its film, by two linear models over hashed words.</summary>
[Pipeline<Review>]
[Tokenizer("Text", "Words")]
[NGram("Words", "Pairs")]
[HashingTF("Words", "WordCounts"), HashingTF("Pairs", "PairCounts")]
[VectorAssembler("Counts", "WordCounts", "PairCounts")]
[IDF("Counts", "Weights", MinDocFreq = 2)]
[Normalizer("Weights", "Features")]
[LogisticRegression("Features", "IsPositive", RegParam = 0.0002, Standardization = false, Prediction = "Logistic")]
[SGDClassifier("Features", "IsPositive", Loss = SgdLoss.Hinge, Penalty = SgdPenalty.L2, Alpha = 1e-4, Seed = 1, Prediction = "Sgd", RawPrediction = "SgdScores")]
[Evaluate(Metric.AreaUnderRoc, Prediction = "Logistic"), Evaluate(Metric.Accuracy, Prediction = "Logistic")]
[Evaluate(Metric.Precision, Prediction = "Logistic", Class = 1), Evaluate(Metric.Recall, Prediction = "Logistic", Class = 1), Evaluate(Metric.F1, Prediction = "Logistic", Class = 1)]
[Evaluate(Metric.AreaUnderRoc, Prediction = "Sgd"), Evaluate(Metric.Accuracy, Prediction = "Sgd")]
[Evaluate(Metric.Precision, Prediction = "Sgd", Class = 1), Evaluate(Metric.Recall, Prediction = "Sgd", Class = 1), Evaluate(Metric.F1, Prediction = "Sgd", Class = 1)]
public sealed partial class ReviewPipeline;
