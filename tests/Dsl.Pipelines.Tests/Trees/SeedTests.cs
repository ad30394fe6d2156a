using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Tests.Linear;
using Xunit;

namespace Dsl.Pipelines.Tests.Trees;

/// <summary>Trees of more than 10,000 rows, of which Spark MLlib bins a sample: as good as its over ten seeds, as tests/fixtures/mllib/make_seeds.py wrote it.</summary>
[Collection("threads")]
public sealed class SeedTests
{
    private const int Seeds = 10;

    [TheoryWithHousing]
    [InlineData("DecisionTreeRegressor")]
    [InlineData("DecisionTreeClassifier")]
    [InlineData("RandomForestRegressor")]
    [InlineData("RandomForestClassifier")]
    [InlineData("GBTRegressor")]
    [InlineData("GBTClassifier")]
    public void Over_seeds_it_is_as_good_as_that_of_MLlib(string model)
    {
        SeedFigure figure = JsonSerializer.Deserialize<SeedFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "seeds.json")), JsonSerializerOptions.Web)!
            .Single(other => other.Model == model);
        bool isClassifier = model.EndsWith("Classifier", StringComparison.Ordinal);
        string kind = model[0] switch { 'D' => "tree", 'R' => "forest", _ => "boosting" };
        Table table = Tables.Named("housing")!;
        ColumnBatch batch = TreeModels.Batch(table.Features("features"), table.Numbers[figure.Label], null, ElementNames.Of("features", table.Vectors["features"][0].Length));

        // One tree draws nothing here.
        int seeds = kind == "tree" ? 1 : Seeds;
        double mean = Enumerable.Range(0, seeds).Average(seed =>
        {
            TreeModels.Fit(kind, isClassifier, figure.Options, TreeModels.Step((ulong)seed), batch, false).Transform(batch, 0, 3, -1, -1);
            double[] predictions = batch.Numbers(3).ToArray();
            return isClassifier ? PipelineMetrics.Accuracy("A", batch.Numbers(1), predictions) : PipelineMetrics.Rmse("A", batch.Numbers(1), predictions);
        });
        Assert.True(Math.Abs(mean - figure.Mean) <= 2 * figure.Deviation, $"{model}: should be {figure.Mean} ± {figure.Deviation}, is {mean}");
    }

    private sealed record SeedFigure(string Model, string Label, FigureOptions Options, double Mean, double Deviation);
}
