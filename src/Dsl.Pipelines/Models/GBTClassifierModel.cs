using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>Fitted boosted trees for two classes (Friedman, Stochastic Gradient Boosting, 1999), Spark MLlib's: the sign of their sum is the class.</summary>
public sealed class GBTClassifierModel : TreeClassifierModel, IStageModel<GBTClassifierModel>
{
    private GBTClassifierModel(TreeClassifier classifier)
        : base(classifier, isEachTreeNormalized: false)
    {
        Trees = new SingleTrees<DecisionTreeRegressorModel>(Classifier.Trees.Count, tree => new DecisionTreeRegressorModel(new TreeRegressor(Classifier.Stage, Classifier.Trees.Only(tree), [1], isMean: true)));
    }

    /// <summary>The trees, in the order in which they were grown.</summary>
    public IReadOnlyList<DecisionTreeRegressorModel> Trees { get; }

    /// <summary>What each tree counts: 1 the first, the step size the others.</summary>
    public IReadOnlyList<double> TreeWeights => Array.AsReadOnly(Classifier.Weights);

    /// <summary>Learns from the rows that have a label and a weight.</summary>
    /// <param name="step">Whose fit it is; the seed is its.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="label">The column of classes.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <param name="classes">How many classes are known; 0: as the column says, else the highest label and one.</param>
    /// <param name="maxDepth">The deepest node, 0 to 30.</param>
    /// <param name="maxBins">The most bins of a feature, at least 2; a class number's classes must fit.</param>
    /// <param name="minInstancesPerNode">The fewest rows of a node.</param>
    /// <param name="minWeightFractionPerNode">The least share of all weight of a node.</param>
    /// <param name="minInfoGain">The least gain of a split.</param>
    /// <param name="maxIter">How many trees.</param>
    /// <param name="stepSize">What a tree but the first counts.</param>
    /// <param name="featureSubsetStrategy">How many features a node looks at: auto, all, onethird, sqrt, log2, a number or a share.</param>
    /// <param name="subsamplingRate">The share of the rows that a tree sees.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, an option is out of its range, or there are more classes than two.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static GBTClassifierModel Fit(
        FitStep step,
        ColumnBatch batch,
        int features,
        int label,
        int weight,
        int classes,
        int maxDepth,
        int maxBins,
        int minInstancesPerNode,
        double minWeightFractionPerNode,
        double minInfoGain,
        int maxIter,
        double stepSize,
        string featureSubsetStrategy,
        double subsamplingRate)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        TreeOptions options = new(maxDepth, maxBins, minInstancesPerNode, minWeightFractionPerNode, minInfoGain);
        int count = rows.Classes(step, batch, label, classes);
        if (count > 2)
            throw step.Wrong($"has two classes, but {batch.NameOf(label)} has {count}");
        double[] signs = Array.ConvertAll(rows.Labels, value => (2 * value) - 1);
        BoostingOptions boosting = new(maxIter, stepSize, featureSubsetStrategy, subsamplingRate, BoostedLoss.Logistic);
        (TreeEnsemble trees, double[] weights) = TreeFit.Boosted(step, rows, signs, options, boosting);
        return new GBTClassifierModel(new TreeClassifier(step.Stage, trees, TreeVote.Sign, weights, 2, batch.LabelsOf(label)));
    }

    /// <summary>The trees as text, as MLlib writes them, with the elements' names.</summary>
    public string ToDebugString() => TreeText.OfTrees("GBTClassificationModel", Classifier.Stage, Classifier.Trees, Classifier.Classes, Classifier.Weights, " = ");

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static GBTClassifierModel Read(StageReader reader) => new(TreeClassifier.Read(reader, TreeVote.Sign));
}
