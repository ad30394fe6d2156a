using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Tests.Linear;
using Xunit;

namespace Dsl.Pipelines.Tests.Tuning;

/// <summary>
/// <c>Tune</c> beside the CrossValidator of Spark MLlib 4.3.0, as tests/fixtures/mllib/make_tuning.py wrote it: folds are drawn otherwise, so over ten seeds every point's mean and deviation lie within
/// two standard deviations of MLlib's, and the best point is the same one.
/// </summary>
[Collection("threads")]
public sealed class CrossValidatorTests
{
    private const int Seeds = 10;

    private static readonly Lazy<TuningFigure[]> Figures = new(() =>
        JsonSerializer.Deserialize<TuningFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "tuning.json")), JsonSerializerOptions.Web)!);

    [Fact]
    public void Accuracies_are_those_of_MLlib() => Compare("accuracy", seed => RightPenguins.Tune(Penguins(), seed));

    [Fact]
    public void Losses_are_those_of_MLlib() => Compare("logLoss", seed => LikelyPenguins.Tune(Penguins(), seed));

    [Fact]
    public void A_forest_is_as_good_as_that_of_MLlib() => Compare("f1", seed => PenguinForest.Tune(Penguins(), seed));

    [Fact]
    public void Clusters_are_as_far_apart_as_those_of_MLlib() => Compare("silhouette", seed => PenguinClusters.Tune(Penguins(), seed));

    [TheoryWithHousing]
    [InlineData("rmse")]
    [InlineData("r2")]
    public void Districts_are_told_as_well_as_by_MLlib(string metric)
    {
        MeasuredDistrict[] rows = [.. Tables.Named("housing")!.Vectors["features"].Zip(Tables.Named("housing")!.Numbers["value"], (features, value) => new MeasuredDistrict(features, value))];
        if (metric == "rmse")
            Compare(metric, seed => DistrictErrors.Tune(rows, seed));
        else
            Compare(metric, seed => DistrictShares.Tune(rows, seed));
    }

    private static MeasuredPenguin[] Penguins() =>
        [.. Tables.Named("penguins")!.Vectors["features"].Zip(Tables.Named("penguins")!.Numbers["species"], (features, species) => new MeasuredPenguin(features, (int)species))];

    private static void Compare<T>(string metric, Func<PipelineOptions, PipelineTuning<T>> tune)
        where T : IDisposable
    {
        TuningFigure figure = Figures.Value.Single(other => other.Metric == metric);
        List<IReadOnlyList<TuningPoint>> tunings = [];
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            PipelineTuning<T> tuning = tune(new PipelineOptions { Seed = seed });
            tuning.Best.Dispose();
            Assert.Equal(figure.Values.Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)), tuning.Points.Select(point => Convert.ToDouble(point.Parameters.Single().Value, CultureInfo.InvariantCulture)));
            Assert.Same(tuning.Points[figure.Best], tuning.BestPoint);
            tunings.Add(tuning.Points);
        }

        for (int point = 0; point < figure.Values.Length; point++)
        {
            double mean = tunings.Average(points => points[point].Mean);
            Assert.True(Math.Abs(mean - figure.Mean[point]) <= 2 * figure.Deviation[point], $"{metric} at {figure.Values[point]} should be {figure.Mean[point]} ± {figure.Deviation[point]}, is {mean}");
            double deviation = tunings.Average(points => points[point].Deviation);
            Assert.True(
                Math.Abs(deviation - figure.MeanOfDeviations[point]) <= 2 * figure.DeviationOfDeviations[point],
                $"{metric}'s deviation at {figure.Values[point]} should be {figure.MeanOfDeviations[point]} ± {figure.DeviationOfDeviations[point]}, is {deviation}");
        }
    }

    private sealed record TuningFigure(string Metric, double[] Values, int Best, double[] Mean, double[] Deviation, double[] MeanOfDeviations, double[] DeviationOfDeviations);
}
