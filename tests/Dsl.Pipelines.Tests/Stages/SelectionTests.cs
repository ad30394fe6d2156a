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
    private static readonly Lazy<Document> Figures = new(() =>
        JsonSerializer.Deserialize<Document>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "selections.json")), JsonSerializerOptions.Web)!);

    public static TheoryData<int> All => [.. Enumerable.Range(0, Figures.Value.Cases.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void Elements_are_taken_in_the_order_of_MLlib(int index)
    {
        SelectionFigure figure = Figures.Value.Cases[index];
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

    [Fact]
    public void Probabilities_are_those_of_MLlib()
    {
        int differing = 0;
        foreach (double[] figure in Figures.Value.Distributions)
        {
            (double above, double below, double x, double wanted) = (figure[0], figure[1], figure[2], figure[3]);
            double got = below == 0 ? Distributions.ChiSquared(x, above) : Distributions.F(x, above, below);
            Assert.True(Math.Abs(wanted - got) <= 1e-12 * wanted, $"of {above} and {below} at {x} should be {wanted:R}, is {got:R}");
            differing += wanted == got ? 0 : 1;
        }

        // To the last bit but where a machine's logarithm or exponential is not Java's: seen of one in a hundred.
        Assert.InRange(differing, 0, Figures.Value.Distributions.Length / 20);
    }

    private sealed record Document(SelectionFigure[] Cases, double[][] Distributions);

    private sealed record SelectionFigure(string FeatureType, string LabelType, double[][] Rows, double[] Labels, JsonElement PValues, JsonElement Statistics, int[] Order);
}
