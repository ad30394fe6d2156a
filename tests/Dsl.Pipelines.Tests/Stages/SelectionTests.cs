using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Numerics;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>The order in which Spark MLlib 4.3.0 takes elements that tell a label wholly, not at all or equally well, as tests/fixtures/mllib/make_selections.py wrote it.</summary>
public sealed class SelectionTests
{
    private static readonly Lazy<SelectionFigure[]> Figures = new(() =>
        JsonSerializer.Deserialize<SelectionFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "selections.json")), JsonSerializerOptions.Web)!);

    public static TheoryData<int> All => [.. Enumerable.Range(0, Figures.Value.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void Elements_are_taken_in_the_order_of_MLlib(int index)
    {
        SelectionFigure figure = Figures.Value[index];
        foreach (bool sparse in (bool[])[false, true])
        {
            ColumnBatch batch = Batches.Of(("in", Array.ConvertAll(figure.Rows, row => sparse ? Batches.Sparse(Vector.Dense(row)) : Vector.Dense(row))), ("label", figure.Labels), ("out", null));
            UnivariateFeatureSelectorModel model = UnivariateFeatureSelectorModel.Fit(
                Batches.Step("Selector1"), batch, 0, 1, figure.Rows[0].Length, Enum.Parse<VariableKind>(figure.FeatureType, ignoreCase: true), Enum.Parse<VariableKind>(figure.LabelType, ignoreCase: true));
            Assert.Equal(StageFigure.Flat(figure.Statistics), model.Statistics.ToArray());
            double[] pValues = StageFigure.Flat(figure.PValues);
            for (int i = 0; i < pValues.Length; i++)
                Assert.True(pValues[i].Equals(model.PValues[i]) || Math.Abs(pValues[i] - model.PValues[i]) < 1e-13, $"element {i}: p should be {pValues[i]:R}, is {model.PValues[i]:R}");
            Assert.Equal(figure.Order, model.SelectedFeatures);
        }
    }

    private sealed record SelectionFigure(string FeatureType, string LabelType, double[][] Rows, double[] Labels, JsonElement PValues, JsonElement Statistics, int[] Order);
}
