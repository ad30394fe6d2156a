using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>Fitted boosted regression trees (Friedman, Stochastic Gradient Boosting, 1999), Spark MLlib's: the sum of what they predict.</summary>
public sealed class GBTRegressorModel : TreeRegressorModel, IStageModel<GBTRegressorModel>
{
    private GBTRegressorModel(TreeRegressor regressor)
        : base(regressor, isEachTreeNormalized: false)
    {
        Trees = new SingleTrees<DecisionTreeRegressorModel>(Regressor.Trees.Count, tree => new DecisionTreeRegressorModel(regressor.Only(tree)));
    }

    /// <summary>The trees, in the order in which they were grown.</summary>
    public IReadOnlyList<DecisionTreeRegressorModel> Trees { get; }

    /// <summary>What each tree counts: 1 the first, the step size the others.</summary>
    public IReadOnlyList<double> TreeWeights => Array.AsReadOnly(Regressor.Weights);

    /// <summary>Learns from the rows that have a label and a weight.</summary>
    /// <param name="step">Whose fit it is; the seed is its.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="label">The column of numbers.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <param name="maxDepth">The deepest node, 0 to 30.</param>
    /// <param name="maxBins">The most bins of a feature, at least 2; a class number's classes must fit.</param>
    /// <param name="minInstancesPerNode">The fewest rows of a node.</param>
    /// <param name="minWeightFractionPerNode">The least share of all weight of a node.</param>
    /// <param name="minInfoGain">The least gain of a split.</param>
    /// <param name="maxIter">How many trees.</param>
    /// <param name="stepSize">What a tree but the first counts.</param>
    /// <param name="featureSubsetStrategy">How many features a node looks at: auto, all, onethird, sqrt, log2, a number or a share.</param>
    /// <param name="subsamplingRate">The share of the rows that a tree sees.</param>
    /// <param name="lossType">What becomes small.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, an option is out of its range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static GBTRegressorModel Fit(
        FitStep step,
        ColumnBatch batch,
        int features,
        int label,
        int weight,
        int maxDepth,
        int maxBins,
        int minInstancesPerNode,
        double minWeightFractionPerNode,
        double minInfoGain,
        int maxIter,
        double stepSize,
        string featureSubsetStrategy,
        double subsamplingRate,
        BoostingLoss lossType)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        rows.CheckSquaresOfLabels(step);
        TreeOptions options = new(maxDepth, maxBins, minInstancesPerNode, minWeightFractionPerNode, minInfoGain);
        BoostedLoss loss = lossType == BoostingLoss.Absolute ? BoostedLoss.Absolute : BoostedLoss.Squared;
        BoostingOptions boosting = new(maxIter, stepSize, featureSubsetStrategy, subsamplingRate, loss);
        (TreeEnsemble trees, double[] weights) = TreeFit.Boosted(step, rows, rows.Labels, options, boosting);
        return new GBTRegressorModel(new TreeRegressor(step.Stage, trees, weights, isMean: false));
    }

    /// <summary>The trees as text, as MLlib writes them, with the elements' names.</summary>
    public string ToDebugString() => TreeText.OfTrees("GBTRegressionModel", Regressor.Stage, Regressor.Trees, 0, Regressor.Weights);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static GBTRegressorModel Read(StageReader reader) => new(TreeRegressor.Read(reader, isMean: false));
}
