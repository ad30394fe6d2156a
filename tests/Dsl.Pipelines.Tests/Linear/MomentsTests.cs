using System;
using System.Linq;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Rows;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Means, deviations and products of columns beside plain sums, whatever the number of columns leaves over in vectors and tiles.</summary>
public sealed class MomentsTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(15, false)]
    [InlineData(30, false)]
    [InlineData(33, true)]
    [InlineData(70, false)]
    public void Moments_are_those_of_plain_sums(int size, bool sparse)
    {
        // More than one block, a last one that is no multiple of anything, and values far from 0 beside their deviations.
        int count = sparse ? 301 : 5003;
        Random random = new(size);
        double[][] x = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, size).Select(i => sparse ? (random.Next(8) == 0 ? i + random.NextDouble() : 0) : 1e6 + random.NextDouble()).ToArray())];
        double[] y = [.. x.Select(row => row.Sum() + random.NextDouble())];
        double[] weights = [.. x.Select((_, row) => row % 7 == 3 ? 0 : 1 + (row % 3 / 2.0))];
        FeatureRows rows = Batches.Rows(x, sparse);
        foreach (double[]? w in new[] { null, weights })
        {
            NormalMoments normal = Batches.WithOneAndTwoThreads(() => new Held(NormalMoments.Of(rows, y, w))).Moments;
            ColumnMoments columns = ColumnMoments.Of(rows, w);
            double[] ofRow = w ?? [.. y.Select(_ => 1.0)];
            double total = ofRow.Sum();
            double sample = (total - (ofRow.Sum(v => v * v) / total)) / total;
            double[] mean = [.. Enumerable.Range(0, size).Select(i => x.Select((row, r) => ofRow[r] * row[i]).Sum() / total)];
            double labelMean = y.Select((v, r) => ofRow[r] * v).Sum() / total;
            Assert.Equal(total, normal.Total, 1e-9);
            Assert.Equal(total, columns.Total, 1e-9);
            Assert.Equal(labelMean, normal.LabelMean, 1e-9 * Math.Abs(labelMean));
            for (int i = 0; i < size; i++)
            {
                Assert.Equal(mean[i], normal.Mean[i], 1e-12 * Math.Max(1, Math.Abs(mean[i])));
                Assert.Equal(mean[i], columns.Mean[i], 1e-12 * Math.Max(1, Math.Abs(mean[i])));
                for (int j = 0; j <= i; j++)
                {
                    double product = x.Select((row, r) => ofRow[r] * (row[i] - mean[i]) * (row[j] - mean[j])).Sum() / total;
                    Assert.Equal(product, normal.Covariance[(i * size) + j], 1e-9);
                    Assert.Equal(normal.Covariance[(i * size) + j], normal.Covariance[(j * size) + i]);
                    if (i == j)
                        Assert.Equal(Math.Sqrt(product / sample), columns.Deviation[i], 1e-9);
                }

                Assert.Equal(x.Select((row, r) => ofRow[r] * (row[i] - mean[i]) * (y[r] - labelMean)).Sum() / total, normal.WithLabel[i], 1e-7);
            }
        }
    }

    [Fact]
    public void A_constant_column_has_no_deviation_at_all()
    {
        FeatureRows rows = Batches.Rows(Enumerable.Range(0, 5000).Select(i => new[] { 0.1, i, 1e17 / 3 }));
        double[] weights = [.. Enumerable.Range(0, 5000).Select(i => 0.1 * (1 + (i % 3)))];
        ColumnMoments columns = ColumnMoments.Of(rows, weights);
        Assert.Equal(0, columns.Deviation[0]);
        Assert.Equal(0, columns.Deviation[2]);
        Assert.Equal(0.1, columns.Mean[0]);
        NormalMoments normal = NormalMoments.Of(rows, weights, weights);
        Assert.Equal(0, normal.Covariance[0]);
        Assert.Equal(0, normal.Covariance[8]);
    }

    /// <summary>Equal by every number.</summary>
    private sealed record Held(NormalMoments Moments)
    {
        public bool Equals(Held? other) => other is not null && Moments.Covariance.SequenceEqual(other.Moments.Covariance) && Moments.WithLabel.SequenceEqual(other.Moments.WithLabel);

        public override int GetHashCode() => 0;
    }
}
