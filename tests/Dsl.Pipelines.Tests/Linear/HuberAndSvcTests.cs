using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Huber's loss and support vector machines beside what Spark MLlib fits.</summary>
public sealed class HuberAndSvcTests
{
    public static TheoryData<int> HuberOfPenguins => Of("huber", "penguins");

    public static TheoryData<int> HuberOfHousing => Of("huber", "housing");

    public static TheoryData<int> SvcOfPenguins => Of("svc", "penguins");

    public static TheoryData<int> SvcOfHousing => Of("svc", "housing");

    [Theory]
    [MemberData(nameof(HuberOfPenguins))]
    public void Coefficients_and_scale_by_Hubers_loss_are_those_of_MLlib(int index) => CompareHuber(index, sparse: false);

    [Theory]
    [MemberData(nameof(HuberOfPenguins))]
    public void Of_sparse_rows_too(int index) => CompareHuber(index, sparse: true);

    [TheoryWithHousing]
    [MemberData(nameof(HuberOfHousing))]
    public void Of_many_rows_too(int index) => CompareHuber(index, sparse: false);

    [Theory]
    [MemberData(nameof(SvcOfPenguins))]
    public void A_support_vector_machine_is_as_good_as_that_of_MLlib(int index) => CompareSvc(index);

    [TheoryWithHousing]
    [MemberData(nameof(SvcOfHousing))]
    public void That_of_many_rows_too(int index) => CompareSvc(index);

    [Fact]
    public void A_fit_that_nobody_watches_is_the_same()
    {
        Table table = Tables.Named("penguins")!;
        LinearFitOptions options = new() { MaxIter = 3 };
        (LinearFitted watched, double scale) = HuberFit.Fit(table.Features("bill"), table.Numbers["mass"], null, options, 1.35, new Steps([]), CancellationToken.None);
        (LinearFitted alone, double scaleAlone) = HuberFit.Fit(table.Features("bill"), table.Numbers["mass"], null, options, 1.35, null, CancellationToken.None);
        Assert.Equal(watched.Coefficients, alone.Coefficients);
        Assert.Equal(watched.Intercepts, alone.Intercepts);
        Assert.Equal(scale, scaleAlone);
    }

    [Fact]
    public void Outliers_do_not_move_a_line_and_a_perfect_fit_has_no_scale()
    {
        FeatureRows features = new(1);
        double[] labels = new double[40];
        for (int i = 0; i < labels.Length; i++)
        {
            features.Add(Vector.Dense(i));
            labels[i] = i % 10 == 3 ? 500 : 1 + (2 * i);
        }

        (LinearFitted fitted, double scale) = HuberFit.Fit(features, labels, null, new LinearFitOptions { MaxIter = 1000, Tol = 1e-14 }, 1.35, null, CancellationToken.None);
        Assert.Equal(2, fitted.Coefficients[0], 1e-2);
        Assert.Equal(1, fitted.Intercepts[0], 1e-1);
        Assert.True(scale is > 0 and < 0.1, $"{scale}");
    }

    [Fact]
    public void A_label_that_does_not_vary_is_the_intercept()
    {
        FeatureRows features = new(1);
        features.Add(Vector.Dense(1));
        features.Add(Vector.Dense(2));
        (LinearFitted fitted, double scale) = HuberFit.Fit(features, [3, 3], null, new LinearFitOptions(), 1.35, null, CancellationToken.None);
        Assert.Equal([0.0], fitted.Coefficients);
        Assert.Equal([3.0], fitted.Intercepts);
        Assert.Equal(1, scale);
    }

    [Fact]
    public void The_derivatives_are_those_of_the_loss()
    {
        Random random = new(3);
        double[] labels = [.. Enumerable.Range(0, 9).Select(_ => random.NextDouble() * 4)];
        double[] weights = [.. labels.Select((_, i) => 1 + (i % 3))];
        double[] margins = [.. labels.Select(_ => random.NextDouble() * 4)];
        HuberLoss loss = new(labels, weights, weights.Sum(), 1.35) { Scale = 0.8 };
        double[] slopes = [.. margins];
        double[] sums = new double[1];
        loss.Evaluate(0, 9, slopes, sums);
        const double Step = 1e-6;
        for (int i = 0; i < 9; i++)
            Assert.Equal((At(i, Step, 0.8) - At(i, -Step, 0.8)) / (2 * Step), slopes[i], 1e-8);
        Assert.Equal((At(0, 0, 0.8 + Step) - At(0, 0, 0.8 - Step)) / (2 * Step), sums[0], 1e-8);

        double At(int row, double step, double scale)
        {
            double[] moved = [.. margins];
            moved[row] += step;
            loss.Scale = scale;
            return loss.Evaluate(0, 9, moved, new double[1]);
        }
    }

    [Fact]
    public void A_bound_holds_what_would_fall_beyond_it()
    {
        // (x - 1)² + (y + 2)² + xy / 2 over y ≥ 0.5: there x is 1 - 0.125.
        Bowl bowl = new();
        double[] least = BoundedQuasiNewton.Minimize(bowl, [4, 3], [double.NegativeInfinity, 0.5], 100, 1e-14, null, CancellationToken.None);
        Assert.Equal(0.5, least[1]);
        Assert.Equal(0.875, least[0], 1e-5);
        double[] free = BoundedQuasiNewton.Minimize(bowl, [4, 3], [double.NegativeInfinity, -100], 100, 1e-14, null, CancellationToken.None);
        Assert.Equal(1.6, free[0], 1e-5);
        Assert.Equal(-2.4, free[1], 1e-5);
    }

    private static TheoryData<int> Of(string model, string table)
    {
        TheoryData<int> data = [];
        for (int i = 0; i < MLlibFigure.HuberAndSvc.Length; i++)
        {
            if (MLlibFigure.HuberAndSvc[i].Model == model && MLlibFigure.HuberAndSvc[i].Table == table)
                data.Add(i);
        }

        return data;
    }

    private static void CompareHuber(int index, bool sparse)
    {
        MLlibFigure figure = MLlibFigure.HuberAndSvc[index];
        Table table = Tables.Named(figure.Table)!;
        List<double> objectives = [];
        (LinearFitted fitted, double scale) = HuberFit.Fit(
            table.Features(figure.Features, sparse), table.Numbers[figure.Label], figure.WeightsOf(table), figure.FitOptions, figure.Options.Number("epsilon", 1.35), new Steps(objectives), CancellationToken.None);
        // With the housing rows and no intercept the last bits of sums decide from step 31 on. There MLlib does not equal itself: given the same rows in reverse it ends 23 % from its own
        // coefficients, shuffled 1.3 to 1.9 %, and with a tolerance of 1e-14 2.4 % (185 steps, objective 0.70719296462; 0.70719296453 here). What is one way can be compared: the steps before.
        bool wanders = figure.History.Length > 60;
        double[] told = figure.History[1..(wanders ? 31 : figure.History.Length)];
        Assert.True(objectives.Count >= told.Length);
        for (int step = 0; step < told.Length; step++)
            Assert.Equal(told[step], objectives[step], 1e-9 * told[step]);
        if (wanders)
        {
            Assert.InRange(objectives[^1], 0, figure.History[^1]);
            return;
        }

        Assert.Equal(told.Length, objectives.Count);
        figure.Equals(fitted.Coefficients, fitted.Intercepts, 1e-7);
        Assert.Equal(figure.Scale, scale, 1e-7 * figure.Scale);
    }

    private static void CompareSvc(int index)
    {
        MLlibFigure figure = MLlibFigure.HuberAndSvc[index];
        Table table = Tables.Named(figure.Table)!;
        FeatureRows features = table.Features(figure.Features);
        double[] labels = table.Numbers[figure.Label];
        List<double> objectives = [];
        LinearFitted fitted = HingeFit.Fit(features, labels, figure.WeightsOf(table), figure.FitOptions, new Steps(objectives), CancellationToken.None);
        Assert.Equal(figure.History[^1], objectives[^1], 1e-2 * figure.History[^1]);
        double[] margins = [.. Enumerable.Range(0, labels.Length).Select(row => fitted.Intercepts[0] + features.At(row).ToArray().Select((x, i) => x * fitted.Coefficients[i]).Sum())];
        double threshold = figure.Options.Number("threshold", 0);
        Assert.Equal(figure.Accuracy, margins.Where((m, row) => (m > threshold ? 1 : 0) == labels[row]).Count() / (double)labels.Length, 0.01);
        if (figure.Options.Number("tol", 1e-6) < 1e-6)
            figure.Equals(fitted.Coefficients, fitted.Intercepts, 1e-3);
    }

    private sealed class Bowl : IObjective
    {
        public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
        {
            (double x, double y) = (point[0], point[1]);
            gradient[0] = (2 * (x - 1)) + (y / 2);
            gradient[1] = (2 * (y + 2)) + (x / 2);
            return ((x - 1) * (x - 1)) + ((y + 2) * (y + 2)) + (x * y / 2);
        }
    }

    private sealed class Steps(List<double> objectives) : IProgress<Iterate>
    {
        public void Report(Iterate value) => objectives.Add(value.Objective);
    }
}
