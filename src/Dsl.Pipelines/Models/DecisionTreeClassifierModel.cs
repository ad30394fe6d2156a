using System;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>A fitted classification tree, Spark MLlib's.</summary>
public sealed class DecisionTreeClassifierModel : IStageModel<DecisionTreeClassifierModel>
{
    private readonly TreeClassifier classifier;

    internal DecisionTreeClassifierModel(TreeClassifier classifier)
    {
        this.classifier = classifier;
        FeatureImportances = classifier.Trees.Importances(isEachTreeNormalized: true);
    }

    /// <summary>How much each feature gained, weighted by the rows that it was gained on; they sum to 1, features that parted nothing are 0.</summary>
    public Vector FeatureImportances { get; }

    /// <summary>The longest way from the root to a leaf; 0 of a root alone.</summary>
    public int Depth => classifier.Trees.DepthOf(0);

    /// <summary>How many nodes, leaves counted.</summary>
    public int NumNodes => classifier.Trees.NodesOf(0);

    /// <summary>How many classes.</summary>
    public int NumClasses => classifier.Classes;

    /// <summary>How many features.</summary>
    public int NumFeatures => classifier.Trees.Elements.Size;

    /// <summary>The trees, laid flat.</summary>
    internal TreeEnsemble Ensemble => classifier.Trees;

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

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1.</param>
    /// <param name="rawPrediction">The column that gets vectors of the weights of the leaf's classes, or -1.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction, int probability, int rawPrediction) =>
        classifier.Transform(batch, features, prediction, probability, rawPrediction);

    /// <summary>The class of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="probability">Gets the classes' probabilities; empty: not asked for.</param>
    /// <param name="rawPrediction">Gets the weights of the leaf's classes; empty: not asked for.</param>
    /// <exception cref="PipelineException">The row has another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features, Span<double> probability, Span<double> rawPrediction = default) =>
        classifier.Predict(new RowElements(features), probability, rawPrediction);

    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, Span{double}, Span{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features, Span<double> probability, Span<double> rawPrediction = default) =>
        classifier.Predict(RowElements.Of(features), probability, rawPrediction);

    /// <summary>The tree as text, as MLlib writes it, with the elements' names.</summary>
    public string ToDebugString() => TreeText.OfTree("DecisionTreeClassificationModel", classifier.Stage, classifier.Trees);

    /// <inheritdoc/>
    public string Describe() => TreeText.Describe(classifier.Trees, FeatureImportances);

    /// <inheritdoc/>
    public void Write(StageWriter writer) => classifier.Write(writer);

    /// <inheritdoc/>
    public static DecisionTreeClassifierModel Read(StageReader reader) => new(TreeClassifier.Read(reader, TreeVote.Leaf));
}
