using System;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Fits over so many columns that vectors of coefficients are shared out among threads too, and what a fit of dense rows takes beside them.</summary>
public sealed class ManyColumnsTests
{
    private const int Columns = 9001;

    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        FeatureRows rows = Sparse(700, out double[] labels);
        LinearFitOptions options = new() { RegParam = 0.01, MaxIter = 12 };
        double[] found = Batches.WithOneAndTwoThreads(() => LogisticFit.Binomial(rows, labels, null, options, null, CancellationToken.None).Coefficients);
        Assert.True(found.Count(coefficient => coefficient != 0) > 4096, "So few are one chunk.");
    }

    [Fact]
    public void Sums_in_chunks_are_those_of_one_run_but_for_rounding()
    {
        Random random = new(1);
        double[] a = [.. Enumerable.Range(0, Columns).Select(_ => random.NextDouble())];
        double[] b = [.. Enumerable.Range(0, Columns).Select(_ => random.NextDouble() - 0.5)];
        double[] target = [.. a];
        double plain = a.Zip(b, (x, y) => (x + (3 * y)) * y).Sum();
        Assert.Equal(plain, LongDoubles.AddScaledAndDot(target, 3, b, b), 1e-9);
        Assert.Equal(a[^1] + (3 * b[^1]), target[^1], 1e-12);
        Assert.Equal(Doubles.Dot(a.AsSpan(0, 4096), b.AsSpan(0, 4096)), LongDoubles.Dot(a[..4096], b[..4096]));
    }

    [Fact]
    public void Elements_by_columns_are_those_by_rows()
    {
        FeatureRows rows = Sparse(2000, out _);
        SparseColumns columns = new(rows);
        Assert.True(columns.ByRow.Length > 64 * 1024, "So few are one part.");
        Assert.Equal(columns.ByRow.Length, columns.Starts[^1]);
        double[][] dense = [.. Enumerable.Range(0, rows.Count).Select(row => rows.At(row).ToArray())];
        for (int column = 0; column < columns.Occurring.Length; column++)
        {
            int[] of = columns.RowOf[columns.Starts[column]..columns.Starts[column + 1]];
            Assert.Equal(Enumerable.Range(0, rows.Count).Where(row => dense[row][columns.Occurring[column]] != 0), of);
            Assert.Equal(of.Select(row => dense[row][columns.Occurring[column]]), columns.ByColumn[columns.Starts[column]..columns.Starts[column + 1]]);
        }
    }

    [Fact]
    public void A_fit_takes_less_than_a_copy_of_its_labels()
    {
        const int Count = 60_000;
        Random random = new(3);
        FeatureRows rows = FeatureRows.Zeros(4, Count);
        double[] labels = new double[Count];
        for (int row = 0; row < Count; row++)
        {
            foreach (ref double x in rows.DenseRow(row))
                x = random.NextDouble();
            labels[row] = rows.DenseRow(row)[0] + random.NextDouble();
        }

        ColumnBatch batch = new(["X", "Y"], Count, 0);
        batch.Set(0, rows);
        batch.Set(1, labels);
        int threads = Compute.Threads;
        try
        {
            // Others' memory is not counted, so that all of it must be this thread's.
            Compute.Threads = 1;
            long before = GC.GetAllocatedBytesForCurrentThread();
            LinearRegressionModel model = LinearRegressionModel.Fit(Batches.Step("L"), batch, 0, 1, -1, 100, 0, 0, 1e-6, true, true, RegressionLoss.SquaredError, 1.35);
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(1, model.Coefficients[0], 0.05);
            Assert.InRange(taken, 0, Count * sizeof(double) - 1);
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    private static FeatureRows Sparse(int count, out double[] labels)
    {
        const int Held = 40;
        Random random = new(2);
        FeatureRows rows = new(Columns);
        labels = new double[count];
        for (int row = 0; row < count; row++)
        {
            int[] places = [.. Enumerable.Range(0, Held).Select(_ => random.Next(Columns)).Distinct().Order()];
            rows.Add(Vector.Sparse(Columns, places, [.. places.Select(_ => 1.0 + random.Next(3))]));
            labels[row] = places[0] % 2;
        }

        return rows;
    }
}
