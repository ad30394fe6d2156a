using System;
using System.Buffers;
using System.Collections.Generic;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>
/// What the normal equations want of weighted rows with labels: means, and mean products of what is left when the means are taken off. Values are taken from the first row's before
/// they are summed, so that a large mean does not eat a small deviation and a constant column leaves exactly 0.
/// </summary>
internal sealed unsafe class NormalMoments
{
    private const int MostParts = 32;

    // A part should outweigh handing it out.
    private const int FewestRows = 1024;

    // 256 MiB of sums in all parts together, and 20 KiB of rows of 32 columns.
    private const int MostElements = 1 << 25;
    private const int RowsAtOnce = 64;

    // 128 KiB, which stay in L2.
    private const int MostNear = 1 << 14;

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

    /// <summary>Those of rows with weights (null: 1 each). While they are summed the label counts as one column more, and a column of ones behind it: its products are the sums and W.</summary>
    public static NormalMoments Of(FeatureRows rows, double[] labels, double[]? weights)
    {
        int size = rows.Size;
        int width = (size + 2 + SymmetricProducts.Multiple - 1) / SymmetricProducts.Multiple * SymmetricProducts.Multiple;
        int stride = checked(width * width);

        // Parts depend on the number of rows and columns alone; of very many columns there are few, since each has all products.
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        int parts = Math.Clamp(Math.Min(rows.Count / FewestRows, MostElements / stride), 1, MostParts);
        double[][] sums = new double[parts][];
        double[] origin = new double[size + 1];
        blocks[0].CopyRow(0, origin);
        origin[size] = labels[0];
        ParallelParts.Run(parts, part =>
        {
            int first = (int)((long)rows.Count * part / parts);
            int end = (int)((long)rows.Count * (part + 1) / parts);

            // A part may be soon done, and what is new or another thread's comes from far.
            bool isNear = stride <= MostNear;
            double[] own = isNear ? Rent(stride) : new double[stride];
            double[] plain = Rent(RowsAtOnce * width);
            double[] weighted = weights is null ? plain : Rent(RowsAtOnce * width);
            for (int row = first; row < end;)
            {
                FeatureBlock block = blocks[row / rows.RowsPerBlock];
                int endOfBlock = Math.Min(end, block.First + block.Rows);
                Add(block, row - block.First, endOfBlock - block.First, labels, weights, origin, width, plain, weighted, own);
                row = endOfBlock;
            }

            sums[part] = isNear ? own.AsSpan(0, (size + 2) * width).ToArray() : own;
            if (isNear)
                ArrayPool<double>.Shared.Return(own);
            ArrayPool<double>.Shared.Return(plain);
            if (weights is not null)
                ArrayPool<double>.Shared.Return(weighted);
        });
        for (int part = 1; part < parts; part++)
            Doubles.AddScaled(sums[0], 1, sums[part]);
        return Of(size, width, sums[0], origin);
    }

    /// <summary>Zeros: also of columns that nobody fills.</summary>
    private static double[] Rent(int length)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(length);
        rented.AsSpan(0, length).Clear();
        return rented;
    }

    private static NormalMoments Of(int size, int width, double[] sums, double[] origin)
    {
        ReadOnlySpan<double> means = sums.AsSpan((size + 1) * width, size + 2);
        double total = means[^1];
        NormalMoments moments = new(size) { Total = total };
        for (int i = 0; i <= size; i++)
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

    /// <summary>Some rows at a time, put together so that they stay in L1 while each tile of products runs through them.</summary>
    private static void Add(FeatureBlock block, int first, int end, double[] labels, double[]? weights, double[] origin, int width, double[] plain, double[] weighted, Span<double> sums)
    {
        int size = origin.Length - 1;
        for (int row = first; row < end; row += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, end - row);
            if (!block.IsSparse)
            {
                fixed (double* x = &block.Values[row * size])
                fixed (double* from = origin)
                fixed (double* to = plain)
                    RowProducts.SubtractFromRows(x, count, size, from, to, width);
            }

            for (int i = 0; i < count; i++)
            {
                Span<double> values = plain.AsSpan(i * width, size + 2);
                if (block.IsSparse)
                {
                    block.CopyRow(row + i, values);
                    Doubles.AddScaled(values, -1, origin.AsSpan(0, size));
                }

                values[size] = labels[block.First + row + i] - origin[size];
                values[size + 1] = 1;
                if (weights is not null)
                    Doubles.Product(weights[block.First + row + i], values, weighted.AsSpan(i * width, size + 2));
            }

            // The next block lies elsewhere; its first rows are waited for.
            int next = block.IsSparse ? 0 : Math.Min(RowsAtOnce, block.Rows - row - count);
            fixed (double* values = block.Values)
            fixed (double* a = weighted)
            fixed (double* b = plain)
            fixed (double* to = sums)
                SymmetricProducts.Add(a, b, count, width, size + 2, to, values + ((row + count) * size), next * size);
        }
    }
}
