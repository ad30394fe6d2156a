using System;

namespace Dsl.Pipelines.Trees;

/// <summary>What a split must have.</summary>
/// <param name="Impurity">How mixed the node is.</param>
/// <param name="Rows">The fewest rows of a side.</param>
/// <param name="Weight">The least weight of a side.</param>
/// <param name="Gain">The least gain.</param>
internal readonly record struct SplitBounds(double Impurity, double Rows, double Weight, double Gain);

/// <summary>A cut that was found.</summary>
/// <param name="Gain">What it gains; 0 where none gains.</param>
/// <param name="At">The last bin below it.</param>
internal readonly record struct Cut(double Gain, int At);

/// <summary>
/// How mixed the labels of some rows are, by sums over the rows that may be added up and subtracted. Which sums they are is the kind's business.
/// </summary>
internal abstract class Impurity
{
    /// <summary>How many sums there are for a bin.</summary>
    public abstract int Sums { get; }

    /// <summary>
    /// The fewest rows of a node whose sums may be those of the node above less its sibling's. Rounded sums tell equal gains apart by their last bits, which are to be those of the rows'
    /// order: that is given up only where MLlib itself would see but a sample of the rows.
    /// </summary>
    public abstract int FewestSubtracted { get; }

    /// <summary>Adds rows to the sums of their bins, one row after the other.</summary>
    public abstract void Fill(in HistogramWork work, BinnedRows binned);

    /// <summary>Adds one row to sums.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="row">The row, packed as <see cref="TreeRow"/> does.</param>
    /// <param name="labels">Of numbers the label of every row.</param>
    /// <param name="weights">The weight of every row; null: 1 each.</param>
    public abstract void Add(Span<double> sums, ulong row, double[] labels, double[]? weights);

    /// <summary>Whether sums that came by subtraction may be but what rounding left.</summary>
    public virtual bool IsDoubtful(ReadOnlySpan<double> sums) => false;

    /// <summary>The best of the cuts between bins, the first of equals; bins are added upwards, the rest is the total less them.</summary>
    /// <param name="bins">The sums of the bins, bin behind bin, in the order in which they are cut.</param>
    /// <param name="bounds">What a split must have.</param>
    public abstract Cut BestCut(ReadOnlySpan<double> bins, SplitBounds bounds);

    /// <summary>The weight of the rows.</summary>
    public abstract double WeightOf(ReadOnlySpan<double> sums);

    /// <summary>How many rows, copies counted, weights not.</summary>
    public abstract double RowsOf(ReadOnlySpan<double> sums);

    /// <summary>How mixed they are; 0 of none.</summary>
    public abstract double Of(ReadOnlySpan<double> sums);

    /// <summary>What a leaf of them predicts.</summary>
    public abstract double Predict(ReadOnlySpan<double> sums);

    /// <summary>How many sums stay of a finished node.</summary>
    public virtual int FinishedSums => Sums;

    /// <summary>What stays of a finished node's sums: all, and the number of rows behind the classes' weights.</summary>
    public virtual void Finish(ReadOnlySpan<double> sums, Span<double> finished) => sums.CopyTo(finished);

    /// <summary>The sums of a node less those of one of its children, bin by bin: the other's.</summary>
    public virtual void Subtract(Span<double> bins, ReadOnlySpan<double> child)
    {
        for (int i = 0; i < bins.Length; i++)
            bins[i] -= child[i];
    }

    /// <summary>By what a categorical feature's categories are put in order, where one cut through that order is enough.</summary>
    public abstract double OrderOf(ReadOnlySpan<double> sums);

    /// <summary>What a split gains, or a negative number where a side is too small or the gain is.</summary>
    public double GainOf(ReadOnlySpan<double> left, ReadOnlySpan<double> right, SplitBounds bounds)
    {
        double leftWeight = WeightOf(left);
        double rightWeight = WeightOf(right);
        return RowsOf(left) < bounds.Rows || RowsOf(right) < bounds.Rows
            ? -1
            : GainOf(leftWeight, Of(left), rightWeight, Of(right), bounds);
    }

    /// <summary>The same of sides that have rows enough.</summary>
    protected static double GainOf(double leftWeight, double left, double rightWeight, double right, SplitBounds bounds)
    {
        if (leftWeight < bounds.Weight || rightWeight < bounds.Weight)
            return -1;
        double total = leftWeight + rightWeight;
        double gain = bounds.Impurity - (leftWeight / total * left) - (rightWeight / total * right);
        return gain < bounds.Gain ? -1 : gain;
    }
}
