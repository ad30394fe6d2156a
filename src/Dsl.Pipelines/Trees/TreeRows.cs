using System;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Trees;

/// <summary>What trees of either kind do with rows.</summary>
internal static class TreeRows
{
    /// <summary>The sum of what trees predict of a row, in their order.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="weights">What each counts.</param>
    /// <param name="row">As many elements as there are features.</param>
    public static double Sum(TreeEnsemble trees, ReadOnlySpan<double> weights, RowElements row)
    {
        double sum = 0;
        for (int tree = 0; tree < weights.Length; tree++)
            sum += trees.PredictionOf(trees.LeafOf(tree, row)) * weights[tree];
        return sum;
    }

    /// <summary>Refuses a row of another size.</summary>
    public static void Check(string stage, TreeEnsemble trees, int size)
    {
        if (size != trees.Elements.Size)
            throw WrongSize(stage, trees, $"this row has {size}");
    }

    /// <summary>Refuses a column of vectors of another size.</summary>
    public static void Check(string stage, TreeEnsemble trees, ColumnBatch batch, int features)
    {
        if (batch.Count > 0 && batch.Vectors(features).Size != trees.Elements.Size)
            throw WrongSize(stage, trees, $"{batch.NameOf(features)} has {batch.Vectors(features).Size}").At(batch.RowOf(0));
    }

    /// <summary>A weight of 1 for each tree.</summary>
    public static double[] Ones(int trees)
    {
        double[] weights = new double[trees];
        Array.Fill(weights, 1);
        return weights;
    }

    private static PipelineException WrongSize(string stage, TreeEnsemble trees, string given) => new(stage, $"was fitted on vectors of {trees.Elements.Size} elements, but {given}");
}
