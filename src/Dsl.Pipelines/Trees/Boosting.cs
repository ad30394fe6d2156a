using System;
using System.Threading;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Trees;

/// <summary>What boosting makes small.</summary>
internal enum BoostedLoss
{
    /// <summary>(y - F)².</summary>
    Squared,

    /// <summary>|y - F|.</summary>
    Absolute,

    /// <summary>2 ln(1 + e^(-2yF)), y = -1 or +1.</summary>
    Logistic,
}

/// <summary>
/// Gradient boosting (Friedman, Greedy Function Approximation, 2001) as Spark MLlib has it: the first tree is grown on the labels themselves, each further one on minus the gradient of the
/// loss, a leaf is the mean of those, and trees but the first count by the step size.
/// </summary>
internal static class Boosting
{
    /// <summary>The trees, in their order.</summary>
    /// <param name="features">The rows that the bins were made of.</param>
    /// <param name="binned">Their bins.</param>
    /// <param name="labels">One a row; -1 and +1 where the loss is logistic.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="iterations">How many trees.</param>
    /// <param name="stepSize">What a tree but the first counts.</param>
    /// <param name="rate">The share of the rows that a tree sees.</param>
    /// <param name="loss">What is to become small.</param>
    /// <param name="options">What bounds the trees; tree i has their seed + i.</param>
    /// <param name="cancellation">Stops between levels.</param>
    public static TreeNode[] Grow(
        FeatureRows features, BinnedFeature[] binned, double[] labels, double[]? weights, int iterations, double stepSize, double rate, BoostedLoss loss, GrowOptions options, CancellationToken cancellation)
    {
        Variance impurity = new();
        TreeNode[] trees = new TreeNode[iterations];
        double[] scores = new double[labels.Length];
        double[] targets = labels;
        for (int i = 0; i < iterations; i++)
        {
            long seed = unchecked(options.Seed + i);
            byte[][]? copies = Randomness.Copies.Sample(labels.Length, 1, rate, seed);
            trees[i] = TreeGrower.Grow(binned, targets, weights, copies, 1, 0, impurity, options with { Seed = seed }, cancellation)[0];
            AddPredictions(trees[i], features, i == 0 ? 1 : stepSize, scores);
            targets = new double[labels.Length];
            for (int row = 0; row < labels.Length; row++)
                targets[row] = -Gradient(loss, labels[row], scores[row]);
        }

        return trees;
    }

    private static double Gradient(BoostedLoss loss, double label, double score) => loss switch
    {
        BoostedLoss.Squared => -2 * (label - score),
        BoostedLoss.Absolute => label - score < 0 ? 1 : -1,
        _ => -4 * label / (1 + Math.Exp(2 * label * score)),
    };

    private static void AddPredictions(TreeNode tree, FeatureRows features, double weight, double[] scores)
    {
        double[] row = new double[features.Size];
        foreach (FeatureBlock block in features.Blocks)
        {
            for (int i = 0; i < block.Rows; i++)
            {
                block.CopyRow(i, row);
                scores[block.First + i] += tree.LeafOf(row).Prediction * weight;
            }
        }
    }
}
