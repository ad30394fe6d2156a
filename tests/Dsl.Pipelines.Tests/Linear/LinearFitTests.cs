using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Logistic and linear regression beside what Spark MLlib fits.</summary>
public sealed class LinearFitTests
{
    /// <summary>Fits of the penguins, which lie beside the figures.</summary>
    public static TheoryData<int> OfPenguins => Of("penguins");

    /// <summary>Fits of California's districts.</summary>
    public static TheoryData<int> OfHousing => Of("housing");

    [Theory]
    [MemberData(nameof(OfPenguins))]
    public void Coefficients_are_those_of_MLlib(int index) => Compare(MLlibFigure.All[index], sparse: false);

    [TheoryWithHousing]
    [MemberData(nameof(OfHousing))]
    public void Of_many_rows_too(int index) => Compare(MLlibFigure.All[index], sparse: false);

    [Theory]
    [MemberData(nameof(OfPenguins))]
    public void Sparse_rows_give_the_same(int index) => Compare(MLlibFigure.All[index], sparse: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bits_do_not_depend_on_the_number_of_threads(bool sparse)
    {
        // More blocks than threads, and rows that end within one.
        Table table = Random(rows: 9000, size: 40);
        int threads = Compute.Threads;
        try
        {
            foreach (MLlibFigure figure in new[] { MLlibFigure.All[0], MLlibFigure.All[1] with { Label = "species" }, MLlibFigure.All[^1] with { Label = "mass", Features = "features" } })
            {
                Compute.Threads = 1;
                LinearFitted one = Fit(figure, table, new Iterates(), sparse);
                Compute.Threads = 3;
                LinearFitted three = Fit(figure, table, new Iterates(), sparse);
                Assert.Equal(one.Coefficients, three.Coefficients);
                Assert.Equal(one.Intercepts, three.Intercepts);
            }
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    [Fact]
    public void One_label_is_certain()
    {
        FeatureRows features = new(2);
        features.Add(Vector.Dense(1, 2));
        features.Add(Vector.Dense(3, 5));
        LinearFitted ones = LogisticFit.Binomial(features, [1, 1], null, new LinearFitOptions(), null, CancellationToken.None);
        Assert.Equal([0.0, 0], ones.Coefficients);
        Assert.Equal([double.PositiveInfinity], ones.Intercepts);
        LinearFitted zeros = LogisticFit.Binomial(features, [0, 0], null, new LinearFitOptions(), null, CancellationToken.None);
        Assert.Equal([double.NegativeInfinity], zeros.Intercepts);
    }

    [Fact]
    public void A_label_that_does_not_vary_is_the_intercept_and_a_constant_column_counts_nothing()
    {
        FeatureRows features = new(2);
        for (int i = 0; i < 6; i++)
            features.Add(Vector.Dense(i, 0.1));
        LinearFitted flat = LeastSquaresFit.Fit(features, [3, 3, 3, 3, 3, 3], null, new LinearFitOptions(), null, CancellationToken.None);
        Assert.Equal([0.0, 0], flat.Coefficients);
        Assert.Equal([3.0], flat.Intercepts);
        LinearFitted line = LeastSquaresFit.Fit(features, [1, 3, 5, 7, 9, 11], null, new LinearFitOptions(), null, CancellationToken.None);
        Assert.Equal(2, line.Coefficients[0], 1e-12);
        Assert.Equal(0, line.Coefficients[1]);
        Assert.Equal(1, line.Intercepts[0], 1e-12);
    }

    [Fact]
    public void Equal_columns_share_a_coefficient()
    {
        FeatureRows features = new(2);
        double[] labels = new double[8];
        for (int i = 0; i < labels.Length; i++)
        {
            features.Add(Vector.Dense(i, i));
            labels[i] = 4 * i;
        }

        LinearFitted fitted = LeastSquaresFit.Fit(features, labels, null, new LinearFitOptions(), null, CancellationToken.None);
        Assert.Equal(2, fitted.Coefficients[0], 1e-6);
        Assert.Equal(2, fitted.Coefficients[1], 1e-6);
    }

    [Fact]
    public void A_fit_can_be_stopped()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Table table = Tables.Named("penguins")!;
        Assert.Throws<OperationCanceledException>(() =>
            LogisticFit.Binomial(table.Features("features"), table.Numbers["chinstrap"], null, new LinearFitOptions(), null, stop.Token));
    }

    private static TheoryData<int> Of(string table)
    {
        TheoryData<int> data = [];
        for (int i = 0; i < MLlibFigure.All.Length; i++)
        {
            if (MLlibFigure.All[i].Table == table)
                data.Add(i);
        }

        return data;
    }

    private static void Compare(MLlibFigure figure, bool sparse)
    {
        Iterates iterates = new();
        LinearFitted fitted = Fit(figure, Tables.Named(figure.Table)!, iterates, sparse);
        figure.Equals(fitted.Coefficients, fitted.Intercepts);

        // Where a search fails MLlib writes the same objective twice, and goes on without its history.
        List<double> steps = [.. figure.History.Where((value, i) => i == 0 || value != figure.History[i - 1])];
        if (steps.Count > 1 && iterates.Objectives.Count > 0)
            Assert.Equal(steps.Count - 1, iterates.Objectives.Count);
    }

    private static Table Random(int rows, int size)
    {
        Random random = new(rows);
        double[][] features = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, size).Select(i => random.Next(3) == 0 ? random.NextDouble() * (i + 1) : 0).ToArray())];
        double[] scores = [.. features.Select(row => row.Select((x, i) => x * Math.Sin(i)).Sum() + random.NextDouble())];
        return new Table(
            new() { ["features"] = features },
            new()
            {
                ["chinstrap"] = [.. scores.Select(score => score > 0.5 ? 1.0 : 0)],
                ["species"] = [.. scores.Select(score => score > 2 ? 2.0 : score > 0 ? 1 : 0)],
                ["mass"] = scores,
                ["weight"] = [.. scores.Select((_, i) => 1 + (i % 5 / 4.0))],
            });
    }

    private static LinearFitted Fit(MLlibFigure figure, Table table, IProgress<Iterate> progress, bool sparse)
    {
        FeatureRows features = table.Features(figure.Features, sparse);
        double[] labels = table.Numbers[figure.Label];
        double[]? weights = figure.WeightsOf(table);
        LinearFitOptions options = figure.FitOptions;
        if (figure.Model == "linear")
        {
            return figure.Options.Text("solver") == "l-bfgs"
                ? LeastSquaresFit.OverRows(features, labels, weights, options, progress, CancellationToken.None)
                : LeastSquaresFit.Fit(features, labels, weights, options, progress, CancellationToken.None);
        }

        int classes = figure.Label == "species" ? 3 : 2;
        return classes == 2 && figure.Options.Text("family") != "multinomial"
            ? LogisticFit.Binomial(features, labels, weights, options, progress, CancellationToken.None)
            : LogisticFit.Multinomial(features, labels, weights, classes, options, progress, CancellationToken.None);
    }

    private sealed class Iterates : IProgress<Iterate>
    {
        public List<double> Objectives { get; } = [];

        public void Report(Iterate value) => Objectives.Add(value.Objective);
    }
}
