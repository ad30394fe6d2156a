namespace Dsl.Pipelines.Tests.Tuning;

/// <summary>A penguin by its measures; 0 to 2 is its species.</summary>
public sealed record MeasuredPenguin([VectorSize(4)] double[] Features, int Species);

/// <summary>A district of California and the median value of its houses in 100,000 dollars.</summary>
public sealed record MeasuredDistrict([VectorSize(8)] double[] Features, double Value);

/// <summary>A grid of penalties, by the share of rows that are right.</summary>
[Pipeline<MeasuredPenguin>]
[LogisticRegression("Features", "Species")]
[CrossValidate(Metric.Accuracy), Grid("LogisticRegression1.RegParam", 0.01, 0.3, 5)]
public sealed partial class RightPenguins;

/// <summary>A grid of penalties, by a loss, of which less is better.</summary>
[Pipeline<MeasuredPenguin>]
[LogisticRegression("Features", "Species")]
[CrossValidate(Metric.LogLoss), Grid("LogisticRegression1.RegParam", 0.01, 0.1, 1)]
public sealed partial class LikelyPenguins;

/// <summary>A grid of depths of a model that draws.</summary>
[Pipeline<MeasuredPenguin>]
[RandomForestClassifier("Features", "Species", NumTrees = 5)]
[CrossValidate(Metric.F1), Grid("RandomForestClassifier1.MaxDepth", 1, 4)]
public sealed partial class PenguinForest;

/// <summary>A grid of clusters, without a label.</summary>
[Pipeline<MeasuredPenguin>]
[KMeans("Features")]
[CrossValidate(Metric.Silhouette), Grid("KMeans1.K", 2, 3, 5)]
public sealed partial class PenguinClusters;

/// <summary>A grid of penalties, by an error, of which less is better.</summary>
[Pipeline<MeasuredDistrict>]
[LinearRegression("Features", "Value", ElasticNetParam = 0.8)]
[CrossValidate(Metric.Rmse), Grid("LinearRegression1.RegParam", 0.0, 0.1, 0.3)]
public sealed partial class DistrictErrors;

/// <summary>The same grid by the share that is explained.</summary>
[Pipeline<MeasuredDistrict>]
[LinearRegression("Features", "Value", ElasticNetParam = 0.8)]
[CrossValidate(Metric.R2), Grid("LinearRegression1.RegParam", 0.0, 0.1, 0.3)]
public sealed partial class DistrictShares;
