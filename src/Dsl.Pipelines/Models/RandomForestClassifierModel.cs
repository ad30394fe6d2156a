using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>A fitted forest of classification trees (Breiman, Random Forests, 2001), Spark MLlib's: each tree votes with the shares of its leaf.</summary>
public sealed class RandomForestClassifierModel : TreeClassifierModel, IStageModel<RandomForestClassifierModel>
{
    private RandomForestClassifierModel(TreeClassifier classifier)
        : base(classifier, isEachTreeNormalized: true)
    {
        Trees = new SingleTrees<DecisionTreeClassifierModel>(Classifier.Trees.Count, tree => new DecisionTreeClassifierModel(classifier.Only(tree)));
    }

    /// <summary>The trees.</summary>
    public IReadOnlyList<DecisionTreeClassifierModel> Trees { get; }

    /// <summary>What each tree counts: 1.</summary>
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
    /// <param name="impurity">How mixed a node is.</param>
    /// <param name="numTrees">How many trees.</param>
    /// <param name="featureSubsetStrategy">How many features a node looks at: auto, all, onethird, sqrt, log2, a number or a share.</param>
    /// <param name="subsamplingRate">The share of the rows that a tree sees.</param>
    /// <param name="bootstrap">Rows are drawn with replacement.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, an option is out of its range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static RandomForestClassifierModel Fit(
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
        TreeImpurity impurity,
        int numTrees,
        string featureSubsetStrategy,
        double subsamplingRate,
        bool bootstrap)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        TreeOptions options = new(maxDepth, maxBins, minInstancesPerNode, minWeightFractionPerNode, minInfoGain);
        ForestOptions forest = new(numTrees, featureSubsetStrategy, subsamplingRate, bootstrap);
        int count = rows.Classes(step, batch, label, classes);
        TreeEnsemble trees = TreeFit.Forest(step, rows, count, impurity, options, forest);
        return new RandomForestClassifierModel(new TreeClassifier(step.Stage, trees, TreeVote.Shares, TreeRows.Ones(trees.Count), count, batch.LabelsOf(label)));
    }

    /// <summary>The trees as text, as MLlib writes them, with the elements' names.</summary>
    public string ToDebugString() => TreeText.OfTrees("RandomForestClassificationModel", Classifier.Stage, Classifier.Trees, Classifier.Classes, Classifier.Weights);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static RandomForestClassifierModel Read(StageReader reader) => new(TreeClassifier.Read(reader, TreeVote.Shares));
}
