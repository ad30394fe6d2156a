using System;
using System.Numerics;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Linear;

/// <summary>
/// What the normal equations want of weighted rows with labels: means, and mean products of what is left when the means are taken off. Values are taken from the first row's before
/// they are summed, so that a large mean does not eat a small deviation and a constant column leaves exactly 0.
/// </summary>
internal sealed unsafe class NormalMoments
{
    private const int MostParts = 32;

    private NormalMoments(int size)
    {
        Size = size;
        Mean = new double[size];
        Covariance = new double[size * size];
        WithLabel = new double[size];
    }

    /// <summary>Columns.</summary>
    public int Size { get; }

    /// <summary>W, the sum of the weights.</summary>
    public double Total { get; private set; }

    /// <summary>Mean of each column.</summary>
    public double[] Mean { get; }

    /// <summary>Mean products of two columns' deviations, size × size, both halves.</summary>
    public double[] Covariance { get; }

    /// <summary>Mean products of each column's deviations with the label's.</summary>
    public double[] WithLabel { get; }

    /// <summary>Mean of the labels.</summary>
    public double LabelMean { get; private set; }

    /// <summary>Mean square of the labels' deviations.</summary>
    public double LabelVariance { get; private set; }

    /// <summary>Those of rows with weights (null: 1 each); the label counts as one column more while they are summed.</summary>
    public static NormalMoments Of(FeatureRows rows, double[] labels, double[]? weights)
    {
        int size = rows.Size;
        int width = size + 1;
        int parts = Math.Min(rows.Blocks.Count, MostParts);
        int stride = checked((width * width) + width + 1);
        double[] sums = new double[checked(parts * stride)];
        double[] origin = new double[width];
        rows.Blocks[0].CopyRow(0, origin);
        origin[size] = labels[0];
        ParallelParts.Run(parts, part =>
        {
            int first = (int)((long)rows.Blocks.Count * part / parts);
            int end = (int)((long)rows.Blocks.Count * (part + 1) / parts);
            double[] four = new double[4 * width];
            for (int block = first; block < end; block++)
                Add(rows.Blocks[block], labels, weights, origin, four, sums.AsSpan(part * stride, stride));
        });
        double[] all = sums[..stride];
        for (int part = 1; part < parts; part++)
            Doubles.AddScaled(all, 1, sums.AsSpan(part * stride, stride));
        return Of(size, all, origin);
    }

    private static NormalMoments Of(int size, double[] sums, double[] origin)
    {
        int width = size + 1;
        NormalMoments moments = new(size) { Total = sums[^1] };
        double total = moments.Total;
        ReadOnlySpan<double> means = sums.AsSpan(width * width, width);
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = (sums[(i * width) + j] / total) - (means[i] / total * (means[j] / total));
                if (i < size)
                    moments.Covariance[(i * size) + j] = moments.Covariance[(j * size) + i] = product;
                else if (j < size)
                    moments.WithLabel[j] = product;
                else
                    moments.LabelVariance = Math.Max(0, product);
            }

            if (i < size)
                moments.Mean[i] = origin[i] + (means[i] / total);
            else
                moments.LabelMean = origin[i] + (means[i] / total);
        }

        return moments;
    }

    /// <summary>Four rows at a time: each product of columns is loaded and stored once for the four.</summary>
    private static void Add(FeatureBlock block, double[] labels, double[]? weights, double[] origin, double[] four, Span<double> sums)
    {
        int width = origin.Length;
        double* weight = stackalloc double[4];
        for (int row = 0; row < block.Rows; row += 4)
        {
            int count = Math.Min(4, block.Rows - row);
            for (int i = 0; i < 4; i++)
            {
                Span<double> values = four.AsSpan(i * width, width);
                if (i >= count)
                {
                    values.Clear();
                    weight[i] = 0;
                    continue;
                }

                block.CopyRow(row + i, values);
                values[^1] = labels[block.First + row + i];
                for (int column = 0; column < width; column++)
                    values[column] -= origin[column];
                weight[i] = weights is null ? 1 : weights[block.First + row + i];
                sums[^1] += weight[i];
            }

            fixed (double* x = four)
            fixed (double* to = sums)
            {
                RowProducts.AddRows(x, 4, width, weight, to + (width * width));
                AddProducts(x, width, weight, to);
            }
        }
    }

    // The lower half, whole vectors of it: what lies beyond the diagonal is summed along and not looked at.
    private static void AddProducts(double* x, int width, double* weight, double* sums)
    {
        int lanes = Vector<double>.Count;
        double* x1 = x + width;
        double* x2 = x1 + width;
        double* x3 = x2 + width;
        for (int i = 0; i < width; i++, sums += width)
        {
            double a0 = x[i] * weight[0];
            double a1 = x1[i] * weight[1];
            double a2 = x2[i] * weight[2];
            double a3 = x3[i] * weight[3];
            int j = 0;
            for (; j + lanes <= width && j <= i; j += lanes)
            {
                Vector<double> sum = Simd.FusedMultiplyAdd(Simd.Load(x + j), new Vector<double>(a0), Simd.Load(sums + j));
                sum = Simd.FusedMultiplyAdd(Simd.Load(x1 + j), new Vector<double>(a1), sum);
                sum = Simd.FusedMultiplyAdd(Simd.Load(x2 + j), new Vector<double>(a2), sum);
                Simd.FusedMultiplyAdd(Simd.Load(x3 + j), new Vector<double>(a3), sum).Store(sums + j);
            }

            for (; j <= i; j++)
                sums[j] += (a0 * x[j]) + (a1 * x1[j]) + (a2 * x2[j]) + (a3 * x3[j]);
        }
    }
}
