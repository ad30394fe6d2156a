using System;
using System.Collections.Generic;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Randomness;

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
/// loss, a leaf is the mean of those, and trees but the first count by the step size. A row's leaf is known from where growth has put it.
/// </summary>
internal sealed class Boosting
{
    private const int ChunkRows = 16 * 1024;

    private readonly BinnedRows binned;
    private readonly double[] labels;
    private readonly BoostedLoss loss;
    private readonly Variance impurity = new();
    private readonly double[] scores;
    private readonly double[] targets;
    private readonly double[] losses;

    private Boosting(BinnedRows binned, double[] labels, BoostedLoss loss)
    {
        this.binned = binned;
        this.labels = labels;
        this.loss = loss;
        scores = new double[labels.Length];
        targets = [.. labels];
        losses = new double[(labels.Length + ChunkRows - 1) / ChunkRows];
    }

    /// <summary>The trees, in their order.</summary>
    /// <param name="binned">The rows.</param>
    /// <param name="labels">One a row; -1 and +1 where the loss is logistic.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="boosting">How they are boosted.</param>
    /// <param name="options">What bounds the trees.</param>
    /// <param name="seed">Tree i draws from this + i.</param>
    /// <param name="progress">Told the mean loss after each tree; null: nobody.</param>
    /// <param name="cancellation">Stops between levels.</param>
    public static GrownTree[] Grow(
        BinnedRows binned, double[] labels, double[]? weights, BoostingOptions boosting, GrowOptions options, long seed, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        Boosting run = new(binned, labels, boosting.Loss);
        TreeGrower grower = new(binned, weights, run.impurity, options, cancellation);
        GrownTree[] trees = new GrownTree[boosting.MaxIter];
        ulong[] rows = new ulong[labels.Length + TreeRow.Padding];
        for (int i = 0; i < trees.Length; i++)
        {
            long own = unchecked(seed + i);
            byte[]? copies = RowCopies.Sample(labels.Length, 1, boosting.SubsamplingRate, own)?.All()[0];
            GrowingTree tree = GrowingTree.Of(0, labels.Length, copies, null, run.impurity.Sums, rows);
            grower.Grow([tree], run.targets, own);
            trees[i] = new GrownTree(tree, run.impurity, binned.Features);
            run.Add(tree, i == 0 ? 1 : boosting.StepSize, copies);
            run.Turn(isLossWanted: progress is not null);
            progress?.Report(new Iterate(i + 1, run.MeanLoss()));
        }

        return trees;
    }

    /// <summary>Adds what a tree predicts to the scores: leaf by leaf, and for rows that it has not seen by their bins.</summary>
    private void Add(GrowingTree tree, double weight, byte[]? copies)
    {
        List<(int Leaf, int First)> runs = [];
        Stack<int> open = new([0]);
        while (open.TryPop(out int number))
        {
            GrowingNode node = tree[number];
            if (node.IsLeaf)
            {
                for (int first = node.First; first < node.End; first += ChunkRows)
                    runs.Add((number, first));
                continue;
            }

            open.Push(node.Next + 1);
            open.Push(node.Next);
        }

        ParallelParts.Run(runs.Count, i =>
        {
            (int leaf, int first) = runs[i];
            double step = impurity.Predict(tree.SumsOf(leaf)) * weight;
            foreach (ulong row in tree.Rows.AsSpan(first, Math.Min(ChunkRows, tree[leaf].End - first)))
                scores[TreeRow.Number(row)] += step;
        });
        if (copies is null)
            return;
        ParallelParts.Run(losses.Length, chunk =>
        {
            for (int row = chunk * ChunkRows; row < Math.Min(labels.Length, (chunk + 1) * ChunkRows); row++)
            {
                if (copies[row] > 0)
                    continue;
                int leaf = 0;
                while (!tree[leaf].IsLeaf)
                    leaf = tree.ChildOf(leaf, binned[row, tree[leaf].Feature]);
                scores[row] += impurity.Predict(tree.SumsOf(leaf)) * weight;
            }
        });
    }

    /// <summary>The next tree's targets: minus the gradient.</summary>
    private void Turn(bool isLossWanted) => ParallelParts.Run(losses.Length, chunk =>
    {
        int first = chunk * ChunkRows;
        int count = Math.Min(ChunkRows, labels.Length - first);
        ReadOnlySpan<double> own = labels.AsSpan(first, count);
        ReadOnlySpan<double> score = scores.AsSpan(first, count);
        Span<double> target = targets.AsSpan(first, count);
        switch (loss)
        {
            case BoostedLoss.Squared:
                for (int row = 0; row < own.Length; row++)
                    target[row] = 2 * (own[row] - score[row]);
                break;
            case BoostedLoss.Absolute:
                for (int row = 0; row < own.Length; row++)
                    target[row] = own[row] - score[row] < 0 ? -1 : 1;
                break;
            default:
                for (int row = 0; row < own.Length; row++)
                    target[row] = 4 * own[row] / (1 + Math.Exp(2 * own[row] * score[row]));
                break;
        }

        losses[chunk] = 0;
        for (int row = 0; isLossWanted && row < own.Length; row++)
            losses[chunk] += Loss(own[row], score[row]);
    });

    private double Loss(double label, double score) => loss switch
    {
        BoostedLoss.Squared => (label - score) * (label - score),
        BoostedLoss.Absolute => Math.Abs(label - score),
        _ => 2 * SoftPlus(-2 * label * score),
    };

    // ln(1 + e^x), where e^x may be too large for a double.
    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private double MeanLoss()
    {
        double sum = 0;
        foreach (double ofChunk in losses)
            sum += ofChunk;
        return sum / labels.Length;
    }
}
