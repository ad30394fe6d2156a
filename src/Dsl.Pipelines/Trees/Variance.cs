using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dsl.Pipelines.Trees;

/// <summary>The variance of numbers, (Σ w y² - (Σ w y)² / W) / W. A bin's sums are its weight, first and second moment and number of rows: one vector.</summary>
internal sealed class Variance : Impurity
{
    // MLlib takes its bins from so many rows, and from a sample of more.
    private const int RowsOfMLlibBins = 10_000;

    // A variance below this share of the mean square is what rounding left of sums.
    private const double Doubtful = 1e-9;

    public override int Sums => 4;

    public override int FewestSubtracted => RowsOfMLlibBins;

    public override void Fill(in HistogramWork work, BinnedRows binned) => Histograms.AddMoments(work, binned);

    public override void Add(Span<double> sums, ulong row, double[] labels, double[]? weights)
    {
        int copies = TreeRow.Copies(row);
        double label = labels[TreeRow.Number(row)];
        double weight = weights is null ? copies : weights[TreeRow.Number(row)] * copies;
        double moment = weight * label;
        (Vector256.Create<double>(sums) + Vector256.Create(weight, moment, moment * label, copies)).CopyTo(sums);
    }

    public override bool IsDoubtful(ReadOnlySpan<double> sums) => Math.Abs(Of(sums)) * sums[0] <= Doubtful * sums[2];

    public override Cut BestCut(ReadOnlySpan<double> bins, SplitBounds bounds)
    {
        ReadOnlySpan<Vector256<double>> own = MemoryMarshal.Cast<double, Vector256<double>>(bins);
        Vector256<double> total = own[0];
        for (int bin = 1; bin < own.Length; bin++)
            total = own[bin] + total;
        Cut best = default;
        Vector256<double> left = default;
        for (int cut = 0; cut < own.Length - 1; cut++)
        {
            // What an empty bin is added to stays as it is, and so does the gain.
            if (own[cut][3] == 0)
                continue;
            left = cut == 0 ? own[0] : own[cut] + left;
            Vector256<double> right = total - left;
            if (right[3] < bounds.Rows)
                break;
            if (left[3] < bounds.Rows)
                continue;
            double gain = GainOf(left[0], Of(left), right[0], Of(right), bounds);
            if (gain > best.Gain)
                best = new Cut(gain, cut);
        }

        return best;
    }

    public override void Subtract(Span<double> bins, ReadOnlySpan<double> child)
    {
        Span<Vector256<double>> all = MemoryMarshal.Cast<double, Vector256<double>>(bins);
        ReadOnlySpan<Vector256<double>> own = MemoryMarshal.Cast<double, Vector256<double>>(child);
        for (int bin = 0; bin < all.Length; bin++)
        {
            Vector256<double> rest = all[bin] - own[bin];

            // Numbers of rows are exact; a bin without any must not keep what rounding left.
            all[bin] = rest[3] == 0 ? default : rest;
        }
    }

    public override double WeightOf(ReadOnlySpan<double> sums) => sums[0];

    public override double RowsOf(ReadOnlySpan<double> sums) => sums[3];

    public override double Of(ReadOnlySpan<double> sums) => Of(Vector256.Create(sums));

    public override double Predict(ReadOnlySpan<double> sums) => sums[0] == 0 ? 0 : sums[1] / sums[0];

    public override double OrderOf(ReadOnlySpan<double> sums) => Predict(sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Of(Vector256<double> sums) => sums[0] == 0 ? 0 : (sums[2] - (sums[1] * sums[1] / sums[0])) / sums[0];
}
