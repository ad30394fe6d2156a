using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>
/// Sparse rows over the columns that occur at all: by rows for the margins and by columns for the gradient, so that both are shared out among threads without sums of their own and in one
/// order.
/// </summary>
internal sealed class SparseLinearRows : LinearRows
{
    private const int PartElements = 32 * 1024;
    private const int MostParts = 64;

    // Of columns no sums depend on the parts: small ones, so that threads end together.
    private const int ColumnParts = 64;

    private readonly SparseColumns held;
    private readonly int parts;
    private double[] margins = [];
    private double[] slopes = [];
    private double[] losses = [];

    /// <summary>Rows of any kind of block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="ofAllColumns">There are coefficients for columns that are zero in every row too.</param>
    public SparseLinearRows(FeatureRows rows, bool ofAllColumns)
    {
        held = new SparseColumns(rows, ofAllColumns);
        parts = Math.Clamp(held.ByRow.Length / PartElements, 1, MostParts);
    }

    public override int[] Occurring => held.Occurring;

    public override int Count => held.Rows;

    public override int Columns => Occurring.Length;

    public override ColumnMoments Moments(double[]? weights) => ColumnMoments.Of(held, weights);

    public override double Evaluate(ILinearLoss loss, double[] coefficients, double[] offsets, double[] gradient, double[] offsetGradient, double[] sums)
    {
        if (margins.Length < (long)Count * loss.Sets)
        {
            margins = new double[checked(Count * loss.Sets)];
            slopes = new double[margins.Length];
        }

        // A part's loss, and then the loss's own sums of it.
        int stride = 1 + loss.Sums;
        if (losses.Length < parts * stride)
            losses = new double[parts * stride];
        losses.AsSpan().Clear();
        ParallelParts.Run(parts, part =>
            losses[part * stride] = FindSlopes(loss, coefficients, offsets, First(part, Count), First(part + 1, Count), losses.AsSpan((part * stride) + 1, loss.Sums)));
        ParallelParts.Run(ColumnParts + 1, part =>
        {
            if (part < ColumnParts)
                AddColumns(loss.Sets, gradient, held.FirstColumn(part, ColumnParts), held.FirstColumn(part + 1, ColumnParts));
            else
                AddOffsets(offsetGradient);
        });
        double total = 0;
        sums.AsSpan().Clear();
        for (int part = 0; part < parts; part++)
        {
            total += losses[part * stride];
            Doubles.AddScaled(sums, 1, losses.AsSpan((part * stride) + 1, loss.Sums));
        }

        return total;
    }

    private int First(int part, int count) => (int)((long)count * part / parts);

    /// <summary>The loss of a part's rows; its derivatives by their margins go where all rows' lie, set by set.</summary>
    private double FindSlopes(ILinearLoss loss, double[] coefficients, double[] offsets, int first, int end, Span<double> sums)
    {
        Span<double> own = margins.AsSpan(first * loss.Sets, (end - first) * loss.Sets);
        int[] starts = held.RowStarts;
        for (int set = 0; set < loss.Sets; set++)
        {
            ReadOnlySpan<double> weights = coefficients.AsSpan(set * Columns, Columns);
            for (int row = first; row < end; row++)
            {
                double sum = offsets[set];
                for (int i = starts[row]; i < starts[row + 1]; i++)
                    sum += held.ByRow[i] * weights[held.ColumnOf[i]];
                own[(set * (end - first)) + row - first] = sum;
            }
        }

        double sumOfLosses = loss.Evaluate(first, end - first, own, sums);
        for (int set = 0; set < loss.Sets; set++)
            own.Slice(set * (end - first), end - first).CopyTo(slopes.AsSpan((set * Count) + first));
        return sumOfLosses;
    }

    private void AddColumns(int sets, double[] gradient, int first, int end)
    {
        int[] starts = held.Starts;
        for (int column = first; column < end; column++)
        {
            for (int set = 0; set < sets; set++)
            {
                ReadOnlySpan<double> ofSet = slopes.AsSpan(set * Count, Count);
                double sum = 0;
                for (int i = starts[column]; i < starts[column + 1]; i++)
                    sum += held.ByColumn[i] * ofSet[held.RowOf[i]];
                gradient[(set * Columns) + column] = sum;
            }
        }
    }

    private void AddOffsets(double[] offsetGradient)
    {
        for (int set = 0; set < offsetGradient.Length; set++)
        {
            double sum = 0;
            foreach (double slope in slopes.AsSpan(set * Count, Count))
                sum += slope;
            offsetGradient[set] = sum;
        }
    }
}
