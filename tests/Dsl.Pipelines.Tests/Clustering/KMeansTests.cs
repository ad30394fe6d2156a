using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Clustering;
using Dsl.Pipelines.Randomness;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Tests.Linear;
using Dsl.Pipelines.Tests.Text;
using Xunit;

namespace Dsl.Pipelines.Tests.Clustering;

/// <summary>Clusters beside those of Spark MLlib, and against plain loops.</summary>
public sealed class KMeansTests
{
    private static readonly KMeansFigure[] Figures = TextFigures.Of<KMeansFigure[]>("kmeans");

    /// <summary>Fits of the penguins, which lie beside the figures.</summary>
    public static TheoryData<int> OfPenguins => Of("penguins");

    /// <summary>Fits of California's districts.</summary>
    public static TheoryData<int> OfHousing => Of("housing");

    [Theory]
    [MemberData(nameof(OfPenguins))]
    public void Clusters_are_those_of_MLlib(int index) => Compare(Figures[index]);

    [TheoryWithHousing]
    [MemberData(nameof(OfHousing))]
    public void Clusters_of_districts_are_those_of_MLlib(int index) => Compare(Figures[index]);

    [Theory]
    [InlineData(3, 2, false)]
    [InlineData(7, 5, true)]
    [InlineData(33, 19, false)]
    public void Every_row_is_in_its_nearest_cluster(int size, int count, bool cosine)
    {
        Random random = new(size);
        double[][] centers = [.. Enumerable.Range(0, count).Select(_ => Row(random, size))];
        // Rows at centres, half way between two, and anywhere; the same centre twice.
        centers[^1] = centers[0];
        double[][] rows =
        [
            .. centers, .. centers.Skip(1).Zip(centers, (a, b) => (double[])[.. a.Zip(b, (x, y) => (x + y) / 2)]), .. Enumerable.Range(0, 50).Select(_ => Row(random, size)),
        ];
        Centers sought = new([.. centers.SelectMany(center => center)], size, cosine);
        int[] wanted = [.. rows.Select(row => Nearest(row, centers, cosine))];
        foreach (bool sparse in (bool[])[false, true])
        {
            FeatureRows vectors = Batches.Rows(rows, sparse);
            int[] nearest = new int[rows.Length];
            foreach (FeatureBlock block in vectors.Blocks)
                sought.Nearest(block, null, nearest);
            Assert.Equal(wanted, nearest);
            Assert.Equal(wanted, Enumerable.Range(0, rows.Length).Select(row => sought.Nearest(RowElements.Of(vectors.At(row)))));
        }
    }

    [Fact]
    public void Rows_far_from_the_origin_are_told_apart()
    {
        double[][] centers = [[1e8, 1e8 + 2], [1e8, 1e8], [1e8 + 1e-7, 1e8]];
        Centers sought = new([.. centers.SelectMany(center => center)], 2, false);
        double[][] rows = [[1e8, 1e8 + 0.99], [1e8, 1e8 + 1.01], [1e8, 1e8], [1e8 + 1e-7, 1e8], [double.NaN, 0]];
        Assert.Equal([1, 0, 1, 2, 0], rows.Select(row => sought.Nearest(new RowElements(row))));
        Assert.Equal(0.99 * 0.99, sought.Distance(RowElements.Of(Batches.Sparse(rows[0])), Centers.Square(rows[0]), 1), 1e-6);
    }

    [Fact]
    public void Batch_and_row_files_and_threads_agree_bit_for_bit()
    {
        Random random = new(11);
        double[][] rows = [.. Enumerable.Range(0, 9000).Select(i => Row(random, 5, 4 * (i % 4)))];
        foreach ((bool sparse, KMeansDistance distance) in ((bool, KMeansDistance)[])[(false, KMeansDistance.Euclidean), (true, KMeansDistance.Euclidean), (false, KMeansDistance.Cosine)])
        {
            KMeansModel? model = null;
            double[] fitted = Batches.WithOneAndTwoThreads(() =>
            {
                model = Fit(Batch(rows, sparse), k: 4, distance: distance);
                return (double[])[model.TrainingCost, .. model.ClusterCenters.SelectMany(center => center.ToArray())];
            });
            Assert.Equal(1 + (4 * 5), fitted.Length);
            StageWriter writer = new("Copy");
            model!.Write(writer);
            KMeansModel read = KMeansModel.Read(new StageReader(writer));
            double[] predictions = Batches.WithOneAndTwoThreads(() =>
            {
                ColumnBatch batch = Batch(rows, sparse);
                read.Transform(batch, 0, 2);
                Assert.Equal(4, batch.ClassesOf(2));
                return batch.Numbers(2).ToArray();
            });
            Assert.Equal(model.TrainingCost, read.TrainingCost);
            Assert.Equal(rows.Select(row => model.Predict(row)), predictions);
            Assert.Equal(rows.Select(row => model.Predict(Batches.Sparse(row))), predictions);
        }
    }

    [Fact]
    public void Few_different_rows_give_few_centres_and_the_cost_is_that_before_the_last_move()
    {
        KMeansModel two = Fit(Batch([[1], [1], [5], [5]]), k: 3);
        Assert.Equal([1.0, 5], two.ClusterCenters.Select(center => center[0]).Order());
        Assert.Equal(0, two.TrainingCost);
        Assert.Equal(two.Predict([1.0]), two.Predict([1.2]));
        Assert.StartsWith("2 centres, cost 0: ", two.Describe(), StringComparison.Ordinal);
        FeatureRows rows = Batches.Rows([[0], [1], [10], [11], [20]]);
        KMeansOptions options = new() { InitMode = KMeansInit.Random, MaxIter = 0, Seed = 2 };
        Centers before = KMeansFit.Of(rows, null, options).Centers;
        double cost = Enumerable.Range(0, rows.Count).Sum(row => Enumerable.Range(0, 2).Min(center => Centers.OrderedDistance(rows.At(row).AsSpan(), before.At(center))));
        Assert.Equal(cost, KMeansFit.Of(rows, null, options with { MaxIter = 1 }).Cost, 1e-9);
        Assert.NotEqual(cost, KMeansFit.Of(rows, null, options with { MaxIter = 2 }).Cost, 1e-9);
        Assert.Equal(0, Fit(Batch([[0], [1], [10]]), k: 2, maxIter: 0).TrainingCost);
        // A cluster without weight keeps its centre.
        ColumnBatch weighted = Batch([[0], [1], [10]]);
        weighted.Set(1, [1, 1, 0.0]);
        Assert.Equal(2, KMeansModel.Fit(Batches.Step("KMeans1", 3), weighted, 0, 1, 2, 20, 1e-4, KMeansInit.Random, 2, KMeansDistance.Euclidean).ClusterCenters.Count);
    }

    [Fact]
    public void Samples_are_those_of_Spark()
    {
        // sc.parallelize(range(n), 1).takeSample(False, k, s)
        Assert.Equal(5, RowSample.Take(100, 5, 3).Distinct().Count());
        Assert.Equal(3, RowSample.Take(3, 5, 3).Length);
        Assert.True(RowSample.Bernoulli(10000, 0.5, 7).Length is > 4800 and < 5200);
        Assert.True(RowSample.Bernoulli(10000, 0.05, 7).Length is > 400 and < 600);
        Assert.Equal(100, RowSample.Bernoulli(100, 1, 7).Length);
    }

    [Fact]
    public void What_has_no_clusters_is_one_error()
    {
        Assert.Equal("KMeans1 has no rows to learn from", Batches.Message(() => Fit(Batch([]), k: 2)));
        Assert.Equal(
            "Row 1: KMeans1 needs finite features, but element 0 (Features_0) of Features is NaN", Batches.Message(() => Fit(Batch([[1], [double.NaN]]), k: 2)));
        Assert.Equal(
            "Row 1: KMeans1 measures by the cosine, which a vector of zeros has none of", Batches.Message(() => Fit(Batch([[1, 2], [0, 0]]), k: 2, distance: KMeansDistance.Cosine)));
        KMeansModel model = Fit(Batch([[1, 2], [2, 1], [0, 4]]), k: 2, distance: KMeansDistance.Cosine);
        Assert.Equal("KMeans1 needs vectors of 2 elements, but got one of 1", Batches.Message(() => model.Predict([1.0])));
        Assert.Equal("KMeans1 measures by the cosine, which a vector of zeros has none of", Batches.Message(() => model.Predict([0.0, 0])));
        Assert.Equal("Row 0: KMeans1 needs vectors of 2 elements, but got one of 1", Batches.Message(() => model.Transform(Batch([[1]]), 0, 2)));
        Assert.Equal("Row 0: KMeans1 measures by the cosine, which a vector of zeros has none of", Batches.Message(() => model.Transform(Batch([[0, 0]]), 0, 2)));
        StageWriter writer = new("Stage1");
        writer.Numbers("ClusterCenters", [1, 2], 2, 1);
        writer.Number("TrainingCost", 3);
        writer.Number("Cosine", 0);
        writer.Number("K", 1);
        Assert.Equal("memory: Stage1.K is 1, and wanted is a whole number from 2 to 2147483647.", Assert.Throws<InvalidDataException>(() => KMeansModel.Read(new StageReader(writer))).Message);
    }

    private static TheoryData<int> Of(string table) => [.. Enumerable.Range(0, Figures.Length).Where(i => Figures[i].Table == table)];

    private static void Compare(KMeansFigure figure)
    {
        Table table = Tables.Named(figure.Table)!;
        FeatureRows rows = table.Features("features");
        FigureOptions options = figure.Options;
        double[]? weights = options.Text("weightCol") is null ? null : table.Numbers["weight"];
        KMeansFitted fitted = KMeansFit.Of(rows, weights, new KMeansOptions
        {
            K = (int)options.Number("k", 2),
            MaxIter = (int)options.Number("maxIter", 20),
            Tol = options.Number("tol", 1e-4),
            InitSteps = (int)options.Number("initSteps", 2),
            InitMode = options.Text("initMode") == "random" ? KMeansInit.Random : KMeansInit.KMeansParallel,
            Cosine = options.Text("distanceMeasure") == "cosine",
            Seed = (long)options.Number("seed", 0),
        });
        Assert.Equal(figure.Iterations, fitted.Steps);
        Assert.Equal(figure.Cost, fitted.Cost, 1e-9 * Math.Max(1, figure.Cost));
        for (int center = 0; center < figure.Centers.Length; center++)
        {
            for (int i = 0; i < rows.Size; i++)
                Assert.Equal(figure.Centers[center][i], fitted.Centers.At(center)[i], 1e-9 * Math.Max(1, Math.Abs(figure.Centers[center][i])));
        }

        ColumnBatch batch = new(["Features", "Prediction"], rows.Count, 0);
        batch.Set(0, rows);
        int[] nearest = new int[rows.Count];
        foreach (FeatureBlock block in rows.Blocks)
            fitted.Centers.Nearest(block, null, nearest);
        Assert.Equal(figure.Sizes, nearest.CountBy(cluster => cluster).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        batch.Set(1, Array.ConvertAll(nearest, cluster => (double)cluster));
        Assert.Equal(figure.Silhouette, PipelineMetrics.Silhouette("Silhouette", batch, 0, 1, options.Text("distanceMeasure") == "cosine"), 1e-9);
    }

    private static int Nearest(double[] row, double[][] centers, bool cosine)
    {
        int nearest = 0;
        double shortest = double.PositiveInfinity;
        for (int center = 0; center < centers.Length; center++)
        {
            double distance = cosine
                ? 1 - (Ordered(centers[center], row) / Math.Sqrt(Centers.Square(centers[center])) / Math.Sqrt(Centers.Square(row)))
                : Centers.OrderedDistance(row, centers[center]);
            if (distance < shortest)
                (nearest, shortest) = (center, distance);
        }

        return nearest;
    }

    private static double Ordered(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double[] Row(Random random, int size, double shift = 0) => [.. Enumerable.Range(0, size).Select(i => i % 2 == 1 ? 0 : random.NextDouble() + (i == 0 ? shift : 0))];

    private static ColumnBatch Batch(double[][] rows, bool sparse = false)
    {
        ColumnBatch batch = new(["Features", "Weight", "Prediction"], rows.Length, 0);
        batch.Set(0, Batches.Rows(rows, sparse));
        return batch;
    }

    private static KMeansModel Fit(ColumnBatch batch, int k, int maxIter = 20, KMeansDistance distance = KMeansDistance.Euclidean) =>
        KMeansModel.Fit(Batches.Step("KMeans1", 1), batch, 0, -1, k, maxIter, 1e-4, KMeansInit.KMeansParallel, 2, distance);

    private sealed record KMeansFigure(string Table, FigureOptions Options, double[][] Centers, double Cost, int Iterations, int[] Sizes, double Silhouette);
}
