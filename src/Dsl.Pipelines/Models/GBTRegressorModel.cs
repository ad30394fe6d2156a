using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>Fitted boosted regression trees, Spark MLlib's: the sum of what they predict.</summary>
public sealed class GBTRegressorModel : IStageModel<GBTRegressorModel>
{
    private readonly TreeRegressor regressor;

    private GBTRegressorModel(TreeRegressor regressor)
    {
        this.regressor = regressor;
        FeatureImportances = regressor.Trees.Importances(isEachTreeNormalized: false);
        DecisionTreeRegressorModel[] trees = new DecisionTreeRegressorModel[regressor.Trees.Count];
        for (int tree = 0; tree < trees.Length; tree++)
            trees[tree] = new DecisionTreeRegressorModel(regressor.Only(tree));
        Trees = trees;
    }

    /// <summary>How much each feature gained, weighted by the rows that it was gained on: the sum of all trees', made to sum 1.</summary>
    public Vector FeatureImportances { get; }

    /// <summary>The trees, in the order in which they were grown.</summary>
    public IReadOnlyList<DecisionTreeRegressorModel> Trees { get; }

    /// <summary>What each tree counts: 1 the first, the step size the others.</summary>
    public IReadOnlyList<double> TreeWeights => Array.AsReadOnly(regressor.Weights);

    /// <summary>How many features.</summary>
    public int NumFeatures => regressor.Trees.Elements.Size;

    /// <summary>The trees, laid flat.</summary>
    internal TreeEnsemble Ensemble => regressor.Trees;

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
        TreeOptions options = new(maxDepth, maxBins, minInstancesPerNode, minWeightFractionPerNode, minInfoGain);
        BoostedLoss loss = lossType == BoostingLoss.Absolute ? BoostedLoss.Absolute : BoostedLoss.Squared;
        BoostingOptions boosting = new(maxIter, stepSize, featureSubsetStrategy, subsamplingRate, loss);
        (TreeEnsemble trees, double[] weights) = TreeFit.Boosted(step, rows, rows.Labels, options, boosting);
        return new GBTRegressorModel(new TreeRegressor(step.Stage, trees, weights, isMean: false));
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets numbers.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction) => regressor.Transform(batch, features, prediction);

    /// <summary>What is predicted of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <exception cref="PipelineException">The row has another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features) => regressor.Predict(new RowElements(features));

    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features) => regressor.Predict(RowElements.Of(features));

    /// <summary>The trees as text, as MLlib writes them, with the elements' names.</summary>
    public string ToDebugString() => TreeText.OfTrees("GBTRegressionModel", regressor.Stage, regressor.Trees, 0, regressor.Weights);

    /// <inheritdoc/>
    public string Describe() => TreeText.Describe(regressor.Trees, FeatureImportances);

    /// <inheritdoc/>
    public void Write(StageWriter writer) => regressor.Write(writer);

    /// <inheritdoc/>
    public static GBTRegressorModel Read(StageReader reader) => new(TreeRegressor.Read(reader, isMean: false));
}
