using System;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>A fitted regression tree, Spark MLlib's.</summary>
public sealed class DecisionTreeRegressorModel : TreeRegressorModel, IStageModel<DecisionTreeRegressorModel>
{
    internal DecisionTreeRegressorModel(TreeRegressor regressor)
        : base(regressor, isEachTreeNormalized: true)
    {
    }

    /// <summary>The longest way from the root to a leaf; 0 of a root alone.</summary>
    public int Depth => Regressor.Trees.DepthOf(0);

    /// <summary>How many nodes, leaves counted.</summary>
    public int NumNodes => Regressor.Trees.NodesOf(0);

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
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, an option is out of its range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static DecisionTreeRegressorModel Fit(
        FitStep step,
        ColumnBatch batch,
        int features,
        int label,
        int weight,
        int maxDepth,
        int maxBins,
        int minInstancesPerNode,
        double minWeightFractionPerNode,
        double minInfoGain)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        rows.CheckSquaresOfLabels(step);
        TreeOptions options = new(maxDepth, maxBins, minInstancesPerNode, minWeightFractionPerNode, minInfoGain);
        TreeEnsemble trees = TreeFit.Forest(step, rows, 0, default, options, null);
        return new DecisionTreeRegressorModel(new TreeRegressor(step.Stage, trees, TreeRows.Ones(trees.Count), isMean: true));
    }

    /// <summary>The tree as text, as MLlib writes it, with the elements' names.</summary>
    public string ToDebugString() => TreeText.OfTree("DecisionTreeRegressionModel", Regressor.Stage, Regressor.Trees);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static DecisionTreeRegressorModel Read(StageReader reader) => new(TreeRegressor.ReadTree(reader));
}
