using System.Collections.Generic;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Trees;

/// <summary>Trees that predict numbers. They do not change.</summary>
/// <param name="stage">The model's name, for messages.</param>
/// <param name="trees">The trees.</param>
/// <param name="weights">What each counts in the sum.</param>
/// <param name="isMean">The sum is divided by how many there are.</param>
internal sealed class TreeRegressor(string stage, TreeEnsemble trees, double[] weights, bool isMean)
{
    /// <summary>The model's name.</summary>
    public string Stage => stage;

    /// <summary>The trees.</summary>
    public TreeEnsemble Trees => trees;

    /// <summary>What each counts.</summary>
    public double[] Weights => weights;

    /// <summary>One of the trees alone.</summary>
    public TreeRegressor Only(int tree) => new(stage, trees.Only(tree), [1], isMean: true);

    /// <summary>One row.</summary>
    /// <param name="row">Its elements.</param>
    /// <exception cref="PipelineException">The row has another size than those that were fitted.</exception>
    public double Predict(RowElements row)
    {
        TreeRows.Check(stage, trees, row.Size);
        double sum = TreeRows.Sum(trees, weights, row);
        return isMean ? sum / trees.Count : sum;
    }

    /// <summary>All rows of a batch, over all threads.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets numbers.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    public void Transform(ColumnBatch batch, int features, int prediction)
    {
        TreeRows.Check(stage, trees, batch, features);
        double[] predictions = new double[batch.Count];
        EachRow.Run(batch, batch.Vectors(features), (block, i) => predictions[block.First + i] = Predict(RowElements.Of(block, i)));
        batch.Set(prediction, predictions);
    }

    /// <summary>Writes the trees.</summary>
    public void Write(StageWriter writer)
    {
        TreeFile.Write(writer, trees);
        if (!isMean)
            writer.Numbers("TreeWeights", weights);
    }

    /// <summary>Reads one tree.</summary>
    public static TreeRegressor ReadTree(StageReader reader)
    {
        TreeRegressor tree = Read(reader, isMean: true);
        return tree.Trees.Count == 1 ? tree : throw reader.Wrong("Starts", $"has {tree.Trees.Count} trees, and wanted is one");
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TreeRegressor Read(StageReader reader, bool isMean)
    {
        TreeEnsemble trees = TreeFile.Read(reader, isClassifier: false);
        if (isMean && trees.Count == 0)
            throw reader.Wrong("Starts", "has no tree");
        return new TreeRegressor(reader.Stage, trees, isMean ? TreeRows.Ones(trees.Count) : reader.Numbers("TreeWeights", trees.Count), isMean);
    }
}
