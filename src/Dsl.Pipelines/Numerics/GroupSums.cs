using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Weighted sums of rows, a sum a group. Rows are added in their order within runs of blocks, and the runs' sums in theirs; the runs depend on the sizes alone, so the bits do not depend on
/// the number of threads.
/// </summary>
internal sealed class GroupSums
{
    // What all runs may take: 32 MiB of doubles.
    private const int MostElements = 4 * 1024 * 1024;
    private const int MostRuns = 64;

    private readonly IReadOnlyList<FeatureBlock> blocks;
    private readonly double[][] sums;
    private readonly double[][] weights;
    private readonly int size;

    /// <summary>No sums yet.</summary>
    /// <param name="rows">The rows that will be added.</param>
    /// <param name="groups">How many groups, at least 1.</param>
    public GroupSums(FeatureRows rows, int groups)
    {
        blocks = rows.Blocks;
        size = rows.Size;
        int runs = (int)Math.Clamp(MostElements / ((long)groups * size), 1, Math.Max(1, Math.Min(MostRuns, blocks.Count)));
        sums = new double[runs][];
        weights = new double[runs][];
        for (int run = 0; run < runs; run++)
        {
            sums[run] = new double[groups * size];
            weights[run] = new double[groups];
        }
    }

    /// <summary>The sums, group behind group, once <see cref="Add"/> has returned.</summary>
    public double[] Sums => sums[0];

    /// <summary>The sum of the weights of each group.</summary>
    public double[] Weights => weights[0];

    /// <summary>Sums of rows whose groups are known.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="groupOf">The group of each.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="weights">A weight a row; null: 1 each.</param>
    /// <param name="squares">Sums squares of the elements in place of them.</param>
    public static GroupSums Of(FeatureRows rows, int[] groupOf, int groups, double[]? weights, bool squares = false)
    {
        GroupSums sums = new(rows, groups);
        sums.Add(_ => { }, groupOf, weights, squares);
        return sums;
    }

    /// <summary>Adds all rows, over all threads.</summary>
    /// <param name="before">Is called for each block before its rows are added, for several at a time: it may set their groups.</param>
    /// <param name="groupOf">The group of each row.</param>
    /// <param name="rowWeights">A weight a row; null: 1 each.</param>
    /// <param name="squares">Adds squares of the elements in place of them.</param>
    public void Add(Action<FeatureBlock> before, int[] groupOf, double[]? rowWeights, bool squares = false)
    {
        ParallelParts.Run(sums.Length, run =>
        {
            sums[run].AsSpan().Clear();
            weights[run].AsSpan().Clear();
            int end = (int)((run + 1L) * blocks.Count / sums.Length);
            for (int block = (int)((long)run * blocks.Count / sums.Length); block < end; block++)
            {
                before(blocks[block]);
                AddBlock(blocks[block], groupOf, rowWeights, squares, sums[run], weights[run]);
            }
        });
        for (int run = 1; run < sums.Length; run++)
        {
            AddTo(sums[0], sums[run]);
            AddTo(weights[0], weights[run]);
        }
    }

    private void AddBlock(FeatureBlock block, int[] groupOf, double[]? rowWeights, bool squares, double[] sums, double[] weights)
    {
        for (int i = 0; i < block.Rows; i++)
        {
            int group = groupOf[block.First + i];
            double weight = rowWeights is null ? 1 : rowWeights[block.First + i];
            RowElements row = RowElements.Of(block, i);
            Span<double> sum = sums.AsSpan(group * size, size);
            weights[group] += weight;
            if (row.IsSparse)
            {
                for (int at = 0; at < row.Indices.Length; at++)
                    sum[row.Indices[at]] += weight * row.Values[at] * (squares ? row.Values[at] : 1);
            }
            else
            {
                AddRow(sum, weight, row.Values, squares);
            }
        }
    }

    // Products are rounded before they are added, as a plain loop has it, so that one run gives MLlib's bits.
    private static void AddRow(Span<double> sum, double weight, ReadOnlySpan<double> row, bool squares)
    {
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(sum);
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(row);
        Vector<double> factor = new(weight);
        for (int i = 0; i < to.Length; i++)
        {
            Vector<double> product = from[i] * factor;
            to[i] += squares ? product * from[i] : product;
        }

        for (int rest = to.Length * Vector<double>.Count; rest < sum.Length; rest++)
            sum[rest] += weight * row[rest] * (squares ? row[rest] : 1);
    }

    private static void AddTo(Span<double> to, ReadOnlySpan<double> from)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += from[i];
    }
}
