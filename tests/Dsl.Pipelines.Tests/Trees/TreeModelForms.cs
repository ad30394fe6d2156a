using System;
using System.Threading;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines.Tests.Trees;

/// <summary>How a model of trees is used, whichever of the six it is.</summary>
/// <param name="Ensemble">Its trees.</param>
/// <param name="Importances">Its features' importances.</param>
/// <param name="DebugString">Its trees as text.</param>
/// <param name="Description">A line about it.</param>
/// <param name="Predict">One row: the features, where probabilities and where raw scores go.</param>
/// <param name="Transform">A batch: its columns of features, prediction, probability and raw scores.</param>
/// <param name="Write">Writes it.</param>
/// <param name="Read">Reads one of its kind.</param>
internal sealed record TreeModelForms(
    TreeEnsemble Ensemble,
    Vector Importances,
    string DebugString,
    string Description,
    Func<Vector, double[], double[], double> Predict,
    Action<ColumnBatch, int, int, int, int> Transform,
    Action<StageWriter> Write,
    Func<StageReader, TreeModelForms> Read);

/// <summary>Fits models of trees by their options' names, MLlib's.</summary>
internal static class TreeModels
{
    /// <summary>The columns of a batch, in their order.</summary>
    public static readonly string[] Columns = ["features", "label", "weight", "prediction", "probability", "raw"];

    /// <summary>A batch of rows to learn from.</summary>
    public static ColumnBatch Batch(FeatureRows features, double[] labels, double[]? weights, ElementNames elements)
    {
        ColumnBatch batch = new(Columns, labels.Length, 0);
        batch.Set(0, features, elements);
        batch.Set(1, labels);
        if (weights is not null)
            batch.Set(2, weights);
        return batch;
    }

    /// <summary>A fit's step of a stage named <c>Trees1</c>.</summary>
    public static FitStep Step(ulong seed = 1, IProgress<PipelineProgress>? progress = null, CancellationToken cancellation = default) => new("Trees1", 0, 1, seed, progress, cancellation);

    /// <summary>Fits a model.</summary>
    /// <param name="kind">tree, forest or boosting.</param>
    /// <param name="isClassifier">Of classes.</param>
    /// <param name="options">What differs from the defaults.</param>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">What it learns from.</param>
    /// <param name="isWeighted">With the batch's weights.</param>
    public static TreeModelForms Fit(string kind, bool isClassifier, FigureOptions options, FitStep step, ColumnBatch batch, bool isWeighted)
    {
        int depth = (int)options.Number("maxDepth", 5);
        int bins = (int)options.Number("maxBins", 32);
        int instances = (int)options.Number("minInstancesPerNode", 1);
        double fraction = options.Number("minWeightFractionPerNode", 0);
        double gain = options.Number("minInfoGain", 0);
        int weight = isWeighted ? 2 : -1;
        int trees = (int)options.Number("numTrees", 20);
        int iterations = (int)options.Number("maxIter", 20);
        double stepSize = options.Number("stepSize", 0.1);
        string subset = options.Text("featureSubsetStrategy") ?? (kind == "forest" ? "auto" : "all");
        double rate = options.Number("subsamplingRate", 1);
        bool bootstrap = options.Flag("bootstrap", true);
        TreeImpurity impurity = options.Text("impurity") == "entropy" ? TreeImpurity.Entropy : TreeImpurity.Gini;
        BoostingLoss loss = options.Text("lossType") == "absolute" ? BoostingLoss.Absolute : BoostingLoss.Squared;
        return (kind, isClassifier) switch
        {
            ("tree", true) => Of(DecisionTreeClassifierModel.Fit(step, batch, 0, 1, weight, 0, depth, bins, instances, fraction, gain, impurity)),
            ("tree", false) => Of(DecisionTreeRegressorModel.Fit(step, batch, 0, 1, weight, depth, bins, instances, fraction, gain)),
            ("forest", true) => Of(RandomForestClassifierModel.Fit(step, batch, 0, 1, weight, 0, depth, bins, instances, fraction, gain, impurity, trees, subset, rate, bootstrap)),
            ("forest", false) => Of(RandomForestRegressorModel.Fit(step, batch, 0, 1, weight, depth, bins, instances, fraction, gain, trees, subset, rate, bootstrap)),
            ("boosting", true) => Of(GBTClassifierModel.Fit(step, batch, 0, 1, weight, 0, depth, bins, instances, fraction, gain, iterations, stepSize, subset, rate)),
            _ => Of(GBTRegressorModel.Fit(step, batch, 0, 1, weight, depth, bins, instances, fraction, gain, iterations, stepSize, subset, rate, loss)),
        };
    }

    private static TreeModelForms Of(DecisionTreeClassifierModel model) => new(
        model.Ensemble, model.FeatureImportances, model.ToDebugString(), model.Describe(), (row, p, raw) => model.Predict(row, p, raw), model.Transform, model.Write, reader => Of(DecisionTreeClassifierModel.Read(reader)));

    private static TreeModelForms Of(RandomForestClassifierModel model) => new(
        model.Ensemble, model.FeatureImportances, model.ToDebugString(), model.Describe(), (row, p, raw) => model.Predict(row, p, raw), model.Transform, model.Write, reader => Of(RandomForestClassifierModel.Read(reader)));

    private static TreeModelForms Of(GBTClassifierModel model) => new(
        model.Ensemble, model.FeatureImportances, model.ToDebugString(), model.Describe(), (row, p, raw) => model.Predict(row, p, raw), model.Transform, model.Write, reader => Of(GBTClassifierModel.Read(reader)));

    private static TreeModelForms Of(DecisionTreeRegressorModel model) => new(
        model.Ensemble, model.FeatureImportances, model.ToDebugString(), model.Describe(), (row, _, _) => model.Predict(row), (batch, features, prediction, _, _) => model.Transform(batch, features, prediction), model.Write, reader => Of(DecisionTreeRegressorModel.Read(reader)));

    private static TreeModelForms Of(RandomForestRegressorModel model) => new(
        model.Ensemble, model.FeatureImportances, model.ToDebugString(), model.Describe(), (row, _, _) => model.Predict(row), (batch, features, prediction, _, _) => model.Transform(batch, features, prediction), model.Write, reader => Of(RandomForestRegressorModel.Read(reader)));

    private static TreeModelForms Of(GBTRegressorModel model) => new(
        model.Ensemble, model.FeatureImportances, model.ToDebugString(), model.Describe(), (row, _, _) => model.Predict(row), (batch, features, prediction, _, _) => model.Transform(batch, features, prediction), model.Write, reader => Of(GBTRegressorModel.Read(reader)));
}
