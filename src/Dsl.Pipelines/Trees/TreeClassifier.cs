using System;
using System.Buffers;
using System.Collections.Generic;
using Dsl.Pipelines.Models;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Trees;

/// <summary>What trees say of a row's class.</summary>
internal enum TreeVote
{
    /// <summary>One tree: the weights of its leaf's classes.</summary>
    Leaf,

    /// <summary>Several: the sum of their leaves' shares.</summary>
    Shares,

    /// <summary>Boosted ones: the sign of the sum of what they predict.</summary>
    Sign,
}

/// <summary>Trees that predict classes. They do not change.</summary>
/// <param name="stage">The model's name, for messages.</param>
/// <param name="trees">The trees.</param>
/// <param name="vote">What they say.</param>
/// <param name="weights">What each counts, where the sum's sign decides.</param>
/// <param name="classes">How many classes.</param>
/// <param name="labels">What the classes are called; null: nothing.</param>
internal sealed class TreeClassifier(string stage, TreeEnsemble trees, TreeVote vote, double[] weights, int classes, IReadOnlyList<string>? labels) : IRowClassifier
{
    private const int MostOnStack = 64;

    /// <summary>The model's name.</summary>
    public string Stage => stage;

    /// <summary>The trees.</summary>
    public TreeEnsemble Trees => trees;

    /// <summary>What each counts.</summary>
    public double[] Weights => weights;

    /// <summary>How many classes.</summary>
    public int Classes => classes;

    /// <summary>What the classes are called; null: nothing.</summary>
    public IReadOnlyList<string>? Labels => labels;

    /// <summary>One of the trees alone, of classes.</summary>
    public TreeClassifier Only(int tree) => new(stage, trees.Only(tree), TreeVote.Leaf, [1], classes, labels);

    /// <summary>One row.</summary>
    /// <param name="row">Its elements.</param>
    /// <param name="probability">Gets a probability a class; empty: not asked for.</param>
    /// <param name="raw">Gets a score a class; empty: not asked for.</param>
    /// <returns>The class.</returns>
    /// <exception cref="PipelineException">The row has another size than those that were fitted.</exception>
    public double Predict(RowElements row, Span<double> probability, Span<double> raw)
    {
        TreeRows.Check(stage, trees, row.Size);
        switch (vote)
        {
            case TreeVote.Leaf:
                int leaf = trees.LeafOf(0, row);
                if (!probability.IsEmpty)
                    trees.SharesOf(leaf).CopyTo(probability);
                if (!raw.IsEmpty)
                    trees.SumsOf(leaf)[..classes].CopyTo(raw);
                return trees.PredictionOf(leaf);
            case TreeVote.Sign:
                double margin = TreeRows.Sum(trees, weights, row);
                if (!raw.IsEmpty)
                    (raw[0], raw[1]) = (-margin, margin);
                if (!probability.IsEmpty)
                {
                    double first = 1 / (1 + Math.Exp(2 * margin));
                    (probability[0], probability[1]) = (first, 1 - first);
                }

                return margin > 0 ? 1 : 0;
            default:
                return Poll(row, probability, raw);
        }
    }

    /// <summary>All rows of a batch, over all threads.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets the classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1.</param>
    /// <param name="rawPrediction">The column that gets vectors of scores, or -1.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    public void Transform(ColumnBatch batch, int features, int prediction, int probability, int rawPrediction)
    {
        TreeRows.Check(stage, trees, batch, features);
        ClassifierColumns.Make(this, batch, features, prediction, probability, rawPrediction);
    }

    /// <summary>Writes the trees and the classes' names.</summary>
    public void Write(StageWriter writer)
    {
        TreeFile.Write(writer, trees);
        writer.Texts("ClassLabels", labels ?? []);
        if (vote == TreeVote.Sign)
            writer.Numbers("TreeWeights", weights);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TreeClassifier Read(StageReader reader, TreeVote vote)
    {
        TreeEnsemble trees = TreeFile.Read(reader, isClassifier: vote != TreeVote.Sign);
        if (vote == TreeVote.Leaf ? trees.Count != 1 : vote == TreeVote.Shares && trees.Count == 0)
            throw reader.Wrong("Starts", $"has {trees.Count} trees, and wanted is {(vote == TreeVote.Leaf ? "one" : "at least one")}");
        IReadOnlyList<string> labels = reader.Texts("ClassLabels");
        double[] weights = vote == TreeVote.Sign ? reader.Numbers("TreeWeights", trees.Count) : TreeRows.Ones(trees.Count);
        return new TreeClassifier(reader.Stage, trees, vote, weights, vote == TreeVote.Sign ? 2 : trees.Classes, labels.Count == 0 ? null : labels);
    }

    private double Poll(RowElements row, Span<double> probability, Span<double> raw)
    {
        double[]? rented = null;
        Span<double> votes = classes <= MostOnStack ? stackalloc double[MostOnStack] : (rented = ArrayPool<double>.Shared.Rent(classes));
        votes = votes[..classes];
        votes.Clear();
        for (int tree = 0; tree < trees.Count; tree++)
        {
            ReadOnlySpan<double> shares = trees.SharesOf(trees.LeafOf(tree, row));
            for (int label = 0; label < votes.Length; label++)
                votes[label] += shares[label];
        }

        double sum = 0;
        int best = 0;
        for (int label = 0; label < votes.Length; label++)
        {
            sum += votes[label];
            if (votes[label] > votes[best])
                best = label;
        }

        if (!raw.IsEmpty)
            votes.CopyTo(raw);
        for (int label = 0; label < probability.Length; label++)
            probability[label] = sum == 0 ? 0 : votes[label] / sum;
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return best;
    }
}
