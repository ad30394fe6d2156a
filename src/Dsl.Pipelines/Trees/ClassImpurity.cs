using System;

namespace Dsl.Pipelines.Trees;

/// <summary>Classes by Gini's measure, 1 - Σ p², or by their entropy in bits. A bin's sums are the weights of the classes and, where rows have weights, their number.</summary>
/// <param name="classes">How many classes there are.</param>
/// <param name="isEntropy">Entropy, else Gini's measure.</param>
/// <param name="isWeighted">Rows have weights; else the sums are whole numbers, and exact.</param>
internal sealed class ClassImpurity(int classes, bool isEntropy, bool isWeighted) : Impurity
{
    private const int MostOnStack = 32;

    // Below this, looking at a node's rows is no more than looking at its sums.
    private const int WorthSubtracting = 1024;

    private static readonly double LogOfTwo = Math.Log(2);

    public override int Sums => isWeighted ? classes + 1 : classes;

    public override int FewestSubtracted => isWeighted ? int.MaxValue : WorthSubtracting;

    /// <summary>How many classes there are.</summary>
    public int Classes => classes;

    public override void Fill(in HistogramWork work, BinnedRows binned) => Histograms.AddClasses(work, binned, classes);

    public override void Add(Span<double> sums, ulong row, double[] labels, double[]? weights)
    {
        int copies = TreeRow.Copies(row);
        sums[TreeRow.Class(row)] += weights is null ? copies : weights[TreeRow.Number(row)] * copies;
        if (isWeighted)
            sums[classes] += copies;
    }

    public override Cut BestCut(ReadOnlySpan<double> bins, SplitBounds bounds)
    {
        int sums = Sums;
        Span<double> total = sums <= MostOnStack ? stackalloc double[MostOnStack] : new double[sums];
        Span<double> left = sums <= MostOnStack ? stackalloc double[MostOnStack] : new double[sums];
        Span<double> right = sums <= MostOnStack ? stackalloc double[MostOnStack] : new double[sums];
        total = total[..sums];
        left = left[..sums];
        right = right[..sums];
        total.Clear();
        left.Clear();
        for (int at = 0; at < bins.Length; at += sums)
        {
            for (int i = 0; i < sums; i++)
                total[i] += bins[at + i];
        }

        Cut best = default;
        for (int cut = 0; (cut + 1) * sums < bins.Length; cut++)
        {
            ReadOnlySpan<double> own = bins.Slice(cut * sums, sums);
            if (RowsOf(own) == 0)
                continue;
            for (int i = 0; i < sums; i++)
            {
                left[i] += own[i];
                right[i] = total[i] - left[i];
            }

            double gain = GainOf(left, right, bounds);
            if (gain > best.Gain)
                best = new Cut(gain, cut);
        }

        return best;
    }

    public override double WeightOf(ReadOnlySpan<double> sums)
    {
        double weight = 0;
        foreach (double count in sums[..classes])
            weight += count;
        return weight;
    }

    public override double RowsOf(ReadOnlySpan<double> sums) => isWeighted ? sums[classes] : WeightOf(sums);

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
                measure -= share * (Math.Log(share) / LogOfTwo);
        }

        return measure;
    }

    public override int FinishedSums => classes + 1;

    public override void Finish(ReadOnlySpan<double> sums, Span<double> finished)
    {
        sums.CopyTo(finished);
        finished[classes] = RowsOf(sums);
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
