using System;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>A fitted classification tree, Spark MLlib's.</summary>
public sealed class DecisionTreeClassifierModel : TreeClassifierModel, IStageModel<DecisionTreeClassifierModel>
{
    internal DecisionTreeClassifierModel(TreeClassifier classifier)
        : base(classifier, isEachTreeNormalized: true)
    {
    }

    /// <summary>The longest way from the root to a leaf; 0 of a root alone.</summary>
    public int Depth => Classifier.Trees.DepthOf(0);

    /// <summary>How many nodes, leaves counted.</summary>
    public int NumNodes => Classifier.Trees.NodesOf(0);

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
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, an option is out of its range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static DecisionTreeClassifierModel Fit(
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
        TreeImpurity impurity)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        TreeOptions options = new(maxDepth, maxBins, minInstancesPerNode, minWeightFractionPerNode, minInfoGain);
        int count = rows.Classes(step, batch, label, classes);
        TreeEnsemble trees = TreeFit.Forest(step, rows, count, impurity, options, null);
        return new DecisionTreeClassifierModel(new TreeClassifier(step.Stage, trees, TreeVote.Leaf, TreeRows.Ones(trees.Count), count, batch.LabelsOf(label)));
    }

    /// <summary>The tree as text, as MLlib writes it, with the elements' names.</summary>
    public string ToDebugString() => TreeText.OfTree("DecisionTreeClassificationModel", Classifier.Stage, Classifier.Trees);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static DecisionTreeClassifierModel Read(StageReader reader) => new(TreeClassifier.Read(reader, TreeVote.Leaf));
}
