using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>Rows as linear models see them: products with coefficients, and the sums of rows that are their gradients.</summary>
internal abstract class LinearRows
{
    /// <summary>How many rows.</summary>
    public abstract int Count { get; }

    /// <summary>How many columns there are coefficients for.</summary>
    public abstract int Columns { get; }

    /// <summary>The columns that there are coefficients for, ascending, where the others are zero in every row; null: all.</summary>
    public virtual int[]? Occurring => null;

    /// <summary>Rows as they lie best: dense where all of them do.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="ofAllColumns">There are coefficients for columns that are zero in every row too, of sparse rows as of dense ones: for a search that starts them off 0.</param>
    public static LinearRows Of(FeatureRows rows, bool ofAllColumns = false)
    {
        foreach (FeatureBlock block in rows.Blocks)
        {
            if (block.IsSparse)
                return new SparseLinearRows(rows, ofAllColumns);
        }

        return new DenseLinearRows(rows);
    }

    /// <summary>Means and deviations of the columns that there are coefficients for.</summary>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    public abstract ColumnMoments Moments(double[]? weights);

    /// <summary>The loss of all rows, and its gradient.</summary>
    /// <param name="loss">What margins cost.</param>
    /// <param name="coefficients">Sets × columns.</param>
    /// <param name="offsets">What is added to the margins, one a set.</param>
    /// <param name="gradient">Gets the gradient by the coefficients.</param>
    /// <param name="offsetGradient">Gets that by the offsets.</param>
    /// <param name="sums">Gets the loss's further sums.</param>
    public abstract double Evaluate(ILinearLoss loss, double[] coefficients, double[] offsets, double[] gradient, double[] offsetGradient, double[] sums);
}

/// <summary>
/// Dense rows. Margins, loss and gradient of a few rows at a time, while they lie in L1: memory is read once an evaluation, and that is the limit of it.
/// </summary>
internal sealed unsafe class DenseLinearRows(FeatureRows rows) : LinearRows
{
    // 16 KiB of rows at a time, beside coefficients and gradient.
    private const int ChunkElements = 2048;
    private const int FewestRows = 4;
    private const int MostParts = 32;

    private double[] partials = [];

    public override int Count => rows.Count;

    public override int Columns => rows.Size;

    public override ColumnMoments Moments(double[]? weights) => ColumnMoments.Of(rows, weights);

    public override double Evaluate(ILinearLoss loss, double[] coefficients, double[] offsets, double[] gradient, double[] offsetGradient, double[] sums)
    {
        // A part's sums are its gradient, the offsets', the loss's own and the loss; parts depend on the number of blocks alone.
        int parts = Math.Min(rows.Blocks.Count, MostParts);
        int stride = checked((loss.Sets * (rows.Size + 1)) + loss.Sums + 1);
        if (partials.Length < (long)parts * stride)
            partials = new double[checked(parts * stride)];
        Evaluation evaluation = new(rows, loss, coefficients, offsets, partials, parts, stride);
        ParallelParts.Run(parts, evaluation.Run);
        double total = 0;
        gradient.AsSpan().Clear();
        offsetGradient.AsSpan().Clear();
        sums.AsSpan().Clear();
        for (int part = 0; part < parts; part++)
        {
            ReadOnlySpan<double> ofPart = partials.AsSpan(part * stride, stride);
            Doubles.AddScaled(gradient, 1, ofPart[..gradient.Length]);
            Doubles.AddScaled(offsetGradient, 1, ofPart.Slice(gradient.Length, loss.Sets));
            Doubles.AddScaled(sums, 1, ofPart.Slice(gradient.Length + loss.Sets, loss.Sums));
            total += ofPart[^1];
        }

        return total;
    }

    private sealed class Evaluation(FeatureRows rows, ILinearLoss loss, double[] coefficients, double[] offsets, double[] partials, int parts, int stride)
    {
        public void Run(int part)
        {
            Span<double> sums = partials.AsSpan(part * stride, stride);
            sums.Clear();
            int first = (int)((long)rows.Blocks.Count * part / parts);
            int end = (int)((long)rows.Blocks.Count * (part + 1) / parts);
            int most = Math.Max(FewestRows, ChunkElements / rows.Size);
            double[] margins = new double[most * loss.Sets];
            for (int block = first; block < end; block++)
            {
                FeatureBlock values = rows.Blocks[block];
                for (int row = 0; row < values.Rows; row += most)
                    Add(values, row, Math.Min(most, values.Rows - row), margins, sums);
            }
        }

        private void Add(FeatureBlock block, int row, int count, double[] margins, Span<double> sums)
        {
            int size = rows.Size;
            fixed (double* x = &block.Values[row * size])
            fixed (double* weights = coefficients)
            fixed (double* margin = margins)
            fixed (double* gradient = sums)
            {
                for (int set = 0; set < loss.Sets; set++)
                    RowProducts.Dots(x, count, size, weights + ((nint)set * size), offsets[set], margin + ((nint)set * count));
                sums[^1] += loss.Evaluate(block.First + row, count, margins.AsSpan(0, count * loss.Sets), sums[^(loss.Sums + 1)..^1]);
                for (int set = 0; set < loss.Sets; set++)
                {
                    double* multipliers = margin + ((nint)set * count);
                    RowProducts.AddRows(x, count, size, multipliers, gradient + ((nint)set * size));
                    double sum = 0;
                    for (int i = 0; i < count; i++)
                        sum += multipliers[i];
                    gradient[((nint)loss.Sets * size) + set] += sum;
                }
            }
        }
    }
}
