using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Linear.Stochastic;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Stochastic gradient descent beside what scikit-learn's SGDClassifier fits, as tests/fixtures/sklearn/make_sgd.py wrote it.</summary>
public sealed class SgdTests
{
    private static readonly Lazy<SklearnFigure[]> Figures = new(() =>
        JsonSerializer.Deserialize<SklearnFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sklearn", "sgd.json")), JsonSerializerOptions.Web)!);

    // Four of four elements are held as dense rows; further zeros change nothing.
    private const int PaddedSize = 16;

    private static readonly double[] Middles = [44, 17, 200, 4200];
    private static readonly double[] Widths = [5, 2, 14, 800];

    /// <summary>Fits with the rows in their order.</summary>
    public static TheoryData<int> InOrder => Of(figure => figure.Coefficients is not null);

    /// <summary>Accuracies over seeds.</summary>
    public static TheoryData<int> Shuffled => Of(figure => figure.Coefficients is null);

    [Theory]
    [MemberData(nameof(InOrder))]
    public void Coefficients_are_those_of_scikit_learn(int index)
    {
        SklearnFigure figure = Figures.Value[index];
        List<Iterate> passes = [];
        FeatureRows features = FeaturesOf(figure.Sparse);
        double[] labels = LabelsOf(figure);
        int classes = figure.Label == "species" ? 3 : 2;
        LinearFitted fitted = SgdFit.Fit(features, labels, figure.Weight ? Tables.Named("penguins")!.Numbers["weight"] : null, classes, OptionsOf(figure), new Told(passes), CancellationToken.None);
        double[] wanted = [.. figure.Coefficients!.SelectMany(row => row), .. figure.Intercepts];
        double[] got = [.. fitted.Coefficients.Where((_, i) => i % features.Size < Middles.Length), .. fitted.Intercepts];
        // scikit-learn takes the logistic loss's slope for 1 beyond margins of 18.
        double tolerance = (figure.Options.Text("loss") == "log_loss" ? 1e-6 : 1e-9) * wanted.Max(Math.Abs);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - got[i]) <= tolerance, $"{string.Join(", ", figure.Options.Select(o => $"{o.Key} {o.Value}"))}: {i} should be {wanted[i]:R}, is {got[i]:R}");
        Assert.Equal(classes == 2 ? figure.Passes : 3, passes.Count);
        Assert.Equal(figure.Accuracy, Accuracy(fitted, features, labels), 1e-12);
        SgdRule rule = new(classes, OptionsOf(figure).Loss);
        double[] probability = new double[classes];
        LinearFunction function = new(fitted, Columns.ElementNames.Of("x", features.Size));
        for (int row = 0; row < (figure.Probabilities?.Length ?? 0); row++)
        {
            rule.Decide([.. Enumerable.Range(0, function.Sets).Select(set => function.Margin(new RowElements(features.At(row).ToArray()), set))], probability);
            for (int i = 0; i < classes; i++)
                Assert.Equal(figure.Probabilities![row][i], probability[i], 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Shuffled))]
    public void With_shuffled_rows_it_is_as_good(int index)
    {
        SklearnFigure figure = Figures.Value[index];
        FeatureRows features = FeaturesOf(figure.Sparse);
        double[] labels = LabelsOf(figure);
        double[] accuracies = [.. Enumerable.Range(0, 10).Select(seed =>
            Accuracy(SgdFit.Fit(features, labels, null, figure.Label == "species" ? 3 : 2, OptionsOf(figure) with { Seed = (ulong)seed }, null, CancellationToken.None), features, labels))];
        Assert.Equal(figure.Accuracy, accuracies.Average(), 2 * figure.Deviation);
        Assert.True(accuracies.Distinct().Count() > 1);
    }

    [Theory]
    [InlineData(SgdPenalty.L2)]
    [InlineData(SgdPenalty.L1)]
    public void Bits_are_those_of_the_seed_on_any_number_of_threads(SgdPenalty penalty)
    {
        FeatureRows features = FeaturesOf(sparse: false);
        double[] labels = Tables.Named("penguins")!.Numbers["species"];
        SgdOptions options = new() { Penalty = penalty, Seed = 5 };
        int threads = Compute.Threads;
        try
        {
            Compute.Threads = 1;
            LinearFitted one = SgdFit.Fit(features, labels, null, 3, options, null, CancellationToken.None);
            Compute.Threads = 3;
            LinearFitted three = SgdFit.Fit(features, labels, null, 3, options, null, CancellationToken.None);
            Assert.Equal(one.Coefficients, three.Coefficients);
            Assert.Equal(one.Intercepts, three.Intercepts);
            Assert.NotEqual(one.Coefficients, SgdFit.Fit(features, labels, null, 3, options with { Seed = 6 }, null, CancellationToken.None).Coefficients);
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    [Fact]
    public void A_sparse_row_costs_what_it_holds()
    {
        // A million columns of which each row holds three: what is allocated and touched a pass must not grow with the columns.
        const int Size = 1_000_000;
        FeatureRows features = new(Size);
        double[] labels = new double[500];
        Random random = new(1);
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = row % 2;
            int[] places = [(row % 2) + (2 * random.Next(100)), 1000 + random.Next(900_000), 950_000 + random.Next(1000)];
            features.Add(Vector.Sparse(Size, places, [1, 0.5, 0.25]));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        LinearFitted fitted = SgdFit.Fit(features, labels, null, 2, new SgdOptions { Penalty = SgdPenalty.ElasticNet, MaxIter = 1000, NIterNoChange = 1000 }, null, CancellationToken.None);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5 * 8L * Size);
        Assert.Equal(1, Accuracy(fitted, features, labels));
    }

    [Fact]
    public void Coefficients_without_bounds_are_refused_and_a_fit_can_be_stopped()
    {
        FeatureRows features = new(1);
        features.Add(Vector.Dense(1e200));
        features.Add(Vector.Dense(-1e200));
        SgdOptions options = new() { LearningRate = SgdLearningRate.Constant, Eta0 = 1e200, Alpha = 0 };
        Assert.Contains("pass 1", Assert.Throws<ArithmeticException>(() => SgdFit.Fit(features, [0, 1], null, 2, options, null, CancellationToken.None)).Message, StringComparison.Ordinal);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => SgdFit.Fit(FeaturesOf(false), Tables.Named("penguins")!.Numbers["species"], null, 3, new SgdOptions(), null, stop.Token));
    }

    private static TheoryData<int> Of(Func<SklearnFigure, bool> isWanted)
    {
        TheoryData<int> data = [];
        for (int i = 0; i < Figures.Value.Length; i++)
        {
            if (isWanted(Figures.Value[i]))
                data.Add(i);
        }

        return data;
    }

    private static double Accuracy(LinearFitted fitted, FeatureRows features, double[] labels)
    {
        LinearFunction function = new(fitted, Columns.ElementNames.Of("x", features.Size));
        SgdRule rule = new(Math.Max(2, fitted.Sets), SgdLoss.Hinge);
        double[] margins = new double[fitted.Sets];
        int right = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            for (int set = 0; set < margins.Length; set++)
                margins[set] = function.Margin(RowElements.Of(features.At(row)), set);
            right += rule.Decide(margins, default) == labels[row] ? 1 : 0;
        }

        return right / (double)labels.Length;
    }

    private static double[] LabelsOf(SklearnFigure figure) => Tables.Named("penguins")!.Numbers[figure.Label];

    private static FeatureRows FeaturesOf(bool sparse)
    {
        double[][] rows = [.. Tables.Named("penguins")!.Vectors["features"].Select(row => row.Select((x, i) => (x - Middles[i]) / Widths[i]).ToArray())];
        if (sparse)
            rows = [.. rows.Select(row => Enumerable.Range(0, PaddedSize).Select(i => i < row.Length && Math.Abs(row[i]) > 0.4 ? row[i] : 0).ToArray())];
        FeatureRows features = new Table(new() { ["x"] = rows }, []).Features("x", sparse);
        Assert.Equal(sparse, features.Blocks[0].IsSparse);
        return features;
    }

    private static SgdOptions OptionsOf(SklearnFigure figure) => new()
    {
        Loss = Named<SgdLoss>(figure, "loss"),
        Penalty = Named<SgdPenalty>(figure, "penalty"),
        Alpha = figure.Options.Number("alpha", 1e-4),
        L1Ratio = figure.Options.Number("l1_ratio", 0.15),
        FitIntercept = figure.Options.Flag("fit_intercept", true),
        MaxIter = (int)figure.Options.Number("max_iter", 1000),
        Tol = figure.Options.Number("tol", 1e-3),
        NIterNoChange = (int)figure.Options.Number("n_iter_no_change", 5),
        Shuffle = figure.Options.Flag("shuffle", true),
        LearningRate = Named<SgdLearningRate>(figure, "learning_rate"),
        Eta0 = figure.Options.Number("eta0", 0.01),
        PowerT = figure.Options.Number("power_t", 0.5),
    };

    private static T Named<T>(SklearnFigure figure, string option)
        where T : struct, Enum => figure.Options.Text(option) is { } name ? Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true) : default;

    private sealed class Told(List<Iterate> passes) : IProgress<Iterate>
    {
        public void Report(Iterate value) => passes.Add(value);
    }

    internal sealed record SklearnFigure(
        string Label, bool Sparse, bool Weight, FigureOptions Options, double[][]? Coefficients, double[] Intercepts, int Passes, double Accuracy, double Deviation, double[][]? Probabilities);
}
