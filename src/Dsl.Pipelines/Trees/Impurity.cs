using System;
using System.Runtime.Intrinsics;

namespace Dsl.Pipelines.Trees;

/// <summary>Some rows of a tree, in their order.</summary>
/// <param name="rows">Their numbers.</param>
/// <param name="labels">The label of every row.</param>
/// <param name="weights">The weight of every row; empty: 1 each.</param>
/// <param name="copies">How often every row is in; empty: once each.</param>
internal readonly ref struct LabelledRows(ReadOnlySpan<int> rows, ReadOnlySpan<double> labels, ReadOnlySpan<double> weights, ReadOnlySpan<byte> copies)
{
    /// <summary>Their numbers.</summary>
    public readonly ReadOnlySpan<int> Rows = rows;

    /// <summary>The label of every row.</summary>
    public readonly ReadOnlySpan<double> Labels = labels;

    private readonly ReadOnlySpan<double> weights = weights;
    private readonly ReadOnlySpan<byte> copies = copies;

    /// <summary>How often a row is in.</summary>
    public int CopiesOf(int row) => copies.IsEmpty ? 1 : copies[row];

    /// <summary>The weight of a row, of one of its copies.</summary>
    public double WeightOf(int row) => weights.IsEmpty ? 1 : weights[row];
}

/// <summary>
/// How mixed the labels of some rows are, by sums over the rows that may be added up and subtracted. The last of a node's sums is its number of rows, unweighted, as MLlib has it; which sums
/// come before it is the kind's business.
/// </summary>
internal abstract class Impurity
{
    /// <summary>How many sums there are for a bin.</summary>
    public abstract int Sums { get; }

    /// <summary>Adds rows to the sums of their bins, one row after the other.</summary>
    public abstract void Fill(LabelledRows rows, ReadOnlySpan<ushort> bins, Span<double> histogram);

    /// <summary>The weight of the rows.</summary>
    public abstract double WeightOf(ReadOnlySpan<double> sums);

    /// <summary>How mixed they are; 0 of none.</summary>
    public abstract double Of(ReadOnlySpan<double> sums);

    /// <summary>What a leaf of them predicts.</summary>
    public abstract double Predict(ReadOnlySpan<double> sums);

    /// <summary>By what a categorical feature's categories are put in order, where one cut through that order is enough.</summary>
    public abstract double OrderOf(ReadOnlySpan<double> sums);

    /// <summary>How many rows, copies counted, weights not.</summary>
    public double RowsOf(ReadOnlySpan<double> sums) => sums[Sums - 1];
}

/// <summary>The variance of numbers, (Σ w y² - (Σ w y)² / W) / W.</summary>
internal sealed class Variance : Impurity
{
    public override int Sums => 4;

    // A bin's four sums are one vector: an addition a row.
    public override void Fill(LabelledRows rows, ReadOnlySpan<ushort> bins, Span<double> histogram)
    {
        foreach (int row in rows.Rows)
        {
            int copies = rows.CopiesOf(row);
            double label = rows.Labels[row];
            double weight = rows.WeightOf(row) * copies;
            double moment = weight * label;
            Span<double> sums = histogram.Slice(bins[row] * 4, 4);
            (Vector256.Create<double>(sums) + Vector256.Create(weight, moment, moment * label, copies)).CopyTo(sums);
        }
    }

    public override double WeightOf(ReadOnlySpan<double> sums) => sums[0];

    public override double Of(ReadOnlySpan<double> sums) => sums[0] == 0 ? 0 : (sums[2] - (sums[1] * sums[1] / sums[0])) / sums[0];

    public override double Predict(ReadOnlySpan<double> sums) => sums[0] == 0 ? 0 : sums[1] / sums[0];

    public override double OrderOf(ReadOnlySpan<double> sums) => Predict(sums);
}

/// <summary>Classes by Gini's measure, 1 - Σ p², or by their entropy in bits.</summary>
/// <param name="classes">How many classes there are.</param>
/// <param name="isEntropy">Entropy, else Gini's measure.</param>
internal sealed class ClassImpurity(int classes, bool isEntropy) : Impurity
{
    public override int Sums => classes + 1;

    /// <summary>How many classes there are.</summary>
    public int Classes => classes;

    public override void Fill(LabelledRows rows, ReadOnlySpan<ushort> bins, Span<double> histogram)
    {
        int stride = classes + 1;
        foreach (int row in rows.Rows)
        {
            int copies = rows.CopiesOf(row);
            Span<double> sums = histogram.Slice(bins[row] * stride, stride);
            sums[(int)rows.Labels[row]] += rows.WeightOf(row) * copies;
            sums[^1] += copies;
        }
    }

    public override double WeightOf(ReadOnlySpan<double> sums)
    {
        double weight = 0;
        foreach (double count in sums[..classes])
            weight += count;
        return weight;
    }

    public override double Of(ReadOnlySpan<double> sums)
    {
        double weight = WeightOf(sums);
        if (weight == 0)
            return 0;
        double measure = isEntropy ? 0 : 1;
        foreach (double count in sums[..classes])
        {
            double share = count / weight;
            if (!isEntropy)
                measure -= share * share;
            else if (count != 0)
                measure -= share * (Math.Log(share) / Math.Log(2));
        }

        return measure;
    }

    /// <summary>The first of the largest.</summary>
    public override double Predict(ReadOnlySpan<double> sums)
    {
        int best = 0;
        for (int i = 1; i < classes; i++)
        {
            if (sums[i] > sums[best])
                best = i;
        }

        return best;
    }

    /// <summary>Of two classes the weight of the second, as MLlib orders (its share would be the better order); of more how mixed a category is.</summary>
    public override double OrderOf(ReadOnlySpan<double> sums) => classes == 2 ? sums[1] : Of(sums);
}
