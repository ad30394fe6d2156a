using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Pipelines.Tests.Trees;

/// <summary>Where values are cut, and the bins that come of it.</summary>
public sealed class ThresholdTests
{
    [Theory]
    [InlineData(4, new[] { 25.5, 50.5, 75.5 })]
    [InlineData(200, null)]
    public void Thresholds_part_rows_evenly_or_all_values(int bins, double[]? expected) =>
        Assert.Equal(expected ?? [.. Enumerable.Range(1, 99).Select(i => i + 0.5)], ThresholdsOf([.. Enumerable.Range(1, 100).Select(i => (double)i)], bins));

    [Theory]
    [InlineData("normal", 20_000)]
    [InlineData("exponents", 20_000)]
    [InlineData("ties", 20_000)]
    [InlineData("zeros", 9_000)]
    [InlineData("huge", 5_000)]
    [InlineData("few", 700)]
    [InlineData("one", 50)]
    [InlineData("halves", 4_000)]
    public void Only_the_ranks_that_matter_are_looked_at(string kind, int count)
    {
        double[] values = Drawn(kind, count);
        foreach (int bins in new[] { 2, 5, 32, 300 })
            Assert.Equal(Plain(values, bins), ThresholdsOf(values, bins));

        // A weight of 1 each is no other rule, and one of 0 adds nothing to a value that others have, nor a zero.
        double[] weights = [.. values.Select(_ => 1.0)];
        Assert.Equal(Plain(values, 32), Thresholds.Of([.. values, values[^1]], [.. weights, 0], 32));
        if (!values.Contains(0))
            Assert.Equal(Plain(values, 32), Thresholds.Of([.. values, 0], [.. weights, 0], 32));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public void Many_columns_are_cut_as_each_alone(bool isSparse, int threads)
    {
        string[] kinds = ["normal", "exponents", "ties", "zeros", "huge", "few", "one", "halves"];
        double[][] columns = [.. Enumerable.Range(0, 70).Select(i => Drawn(kinds[i % kinds.Length], 2500))];
        FeatureRows rows = new(columns.Length);
        for (int row = 0; row < 2500; row++)
        {
            // Of a sparse row all but a few are zeros.
            int[] places = [.. Enumerable.Range(0, columns.Length).Where(i => !isSparse || (row + i) % 9 == 0)];
            for (int i = 0; isSparse && i < columns.Length; i++)
                columns[i][row] = (row + i) % 9 == 0 ? columns[i][row] : 0;
            rows.Add(isSparse ? Vector.Sparse(columns.Length, places, [.. places.Select(i => columns[i][row])]) : Vector.Dense([.. columns.Select(column => column[row])]));
        }

        int before = Compute.Threads;
        try
        {
            Compute.Threads = threads;
            int[] categories = new int[columns.Length];
            categories[5] = 5;
            BinnedRows binned = Binning.Of(rows, null, categories, 32);
            for (int i = 0; i < columns.Length; i++)
                Assert.Equal(i == 5 ? [] : Plain(columns[i], 32), binned.Features[i].Thresholds);
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    [Theory]
    [InlineData("normal", 30_000)]
    [InlineData("exponents", 30_000)]
    [InlineData("huge", 3_000)]
    [InlineData("few", 100)]
    public void Doubles_are_sorted_by_their_bits(string kind, int count)
    {
        double[] values = Drawn(kind, count);
        double[] sorted = [.. values];
        RadixSort.Sort(sorted);
        Assert.Equal([.. values.Order()], sorted);
        RankedColumns columns = new(Rows(values), 0, 1);
        columns.Hold(32);
        RankedValues ranked = columns.Of(0);
        Assert.Equal(count, ranked.Count);
        Assert.Equal(sorted[count / 2], ranked[count / 2]);
        Assert.Equal(sorted[0], ranked[0]);
        for (int rank = 0; rank < count; rank++)
            Assert.Equal(sorted[rank], ranked[rank]);
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(32, true)]
    [InlineData(500, false)]
    public void A_bin_is_how_many_thresholds_are_below(int maxBins, bool isSparse)
    {
        Random random = new(3);
        FeatureRows rows = new(12);
        List<double[]> all = [];
        for (int i = 0; i < 3000; i++)
        {
            double[] row = new double[12];
            for (int j = 0; j < 3; j++)
                row[(i + j) % 11] = j == 0 ? Math.Round(random.NextDouble() * 5) : random.NextDouble() - 0.5;
            row[11] = i % 3 == 0 ? 0 : i % 7;
            all.Add(row);
            int[] places = [.. Enumerable.Range(0, 12).Where(j => row[j] != 0)];
            rows.Add(isSparse ? Vector.Sparse(12, places, [.. places.Select(j => row[j])]) : Vector.Dense(row));
        }

        Assert.Equal(isSparse, rows.Blocks[0].IsSparse);
        int[] categories = new int[12];
        categories[11] = 7;
        BinnedRows binned = Binning.Of(rows, null, categories, maxBins);
        Assert.Equal(maxBins > 256, binned.IsWide);
        for (int i = 0; i < all.Count; i++)
        {
            for (int j = 0; j < 12; j++)
                Assert.Equal(j == 11 ? (int)all[i][j] : binned.Features[j].Thresholds.Count(threshold => threshold < all[i][j]), binned[i, j]);
        }
    }

    private static FeatureRows Rows(double[] values)
    {
        FeatureRows rows = new(1);
        foreach (double value in values)
            rows.Add(Vector.Dense([value]));
        return rows;
    }

    private static double[] ThresholdsOf(double[] values, int bins) => Binning.Of(Rows(values), null, [0], bins).Features[0].Thresholds;

    private static double[] Drawn(string kind, int count)
    {
        Random random = new(11);
        return [.. Enumerable.Range(0, count).Select(i => kind switch
        {
            "normal" => Enumerable.Range(0, 6).Sum(_ => random.NextDouble()) - 3,
            "exponents" => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)),
            "ties" => Math.Round(random.NextDouble() * 60),
            "zeros" => i % 10 < 7 ? 0 : random.NextDouble() - 0.5,
            "huge" => (random.Next(2) - 0.5) * double.MaxValue * 2 * random.NextDouble(),
            "few" => random.Next(5),
            "one" => 4.5,
            _ => i < count / 2 ? i : -i,
        })];
    }

    /// <summary>MLlib's walk over all different values.</summary>
    private static double[] Plain(double[] values, int bins)
    {
        (double Value, double Count)[] runs = [.. values.Order().GroupBy(value => value).Select(run => (run.Key, (double)run.Count()))];
        List<double> thresholds = [];
        double stride = (double)values.Length / bins;
        double target = stride;
        double seen = runs[0].Count;
        for (int i = 1; i < runs.Length; i++)
        {
            double before = seen;
            seen += runs[i].Count;
            if (runs.Length > bins && Math.Abs(before - target) >= Math.Abs(seen - target))
                continue;
            thresholds.Add((runs[i - 1].Value + runs[i].Value) / 2);
            target += stride;
        }

        return [.. thresholds];
    }
}
