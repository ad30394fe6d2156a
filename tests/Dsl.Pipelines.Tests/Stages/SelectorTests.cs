using System;
using System.IO;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>Components, products and selections beside what MLlib's figures show.</summary>
public sealed class SelectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void Eigenvectors_rebuild_their_matrix(int n)
    {
        Random random = new(n);
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[(i * n) + j] = matrix[(j * n) + i] = i % 5 == 4 || j % 5 == 4 ? 0 : random.NextDouble() - 0.5;
        }

        double[] vectors = [.. matrix];
        double[] values = SymmetricEigen.Decompose(vectors, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(matrix[(i * n) + j], Enumerable.Range(0, n).Sum(k => vectors[(i * n) + k] * values[k] * vectors[(j * n) + k]), 1e-12);
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, n).Sum(k => vectors[(k * n) + i] * vectors[(k * n) + j]), 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(3.841458820694124, 1, 0.95)]
    [InlineData(0.5, 4, 0.026499021160743908)]
    [InlineData(30, 10, 0.99914335878922247)]
    public void Chi_squared_has_its_quantiles(double x, double freedom, double probability) => Assert.Equal(probability, Distributions.ChiSquared(x, freedom), 1e-12);

    [Theory]
    [InlineData(1, 1, 1, 0.5)]
    [InlineData(4.964602743730712, 1, 10, 0.95)]
    [InlineData(0.25, 2, 2, 0.2)]
    [InlineData(1e9, 1, 20_000, 1)]
    public void F_has_its_quantiles(double x, double above, double below, double probability) => Assert.Equal(probability, Distributions.F(x, above, below), 1e-12);

    [Theory]
    [InlineData(-0.9, -2.3025850929940459)]
    [InlineData(-0.3, -0.35667494393873234)]
    [InlineData(1e-5, 9.9999500003333319e-06)]
    [InlineData(0.1, 0.095310179804324865)]
    [InlineData(3, 1.3862943611198906)]
    [InlineData(1e10, 23.025850930040455)]
    public void Logarithms_of_one_and_a_little_are_rounded_once(double x, double wanted) => Assert.Equal(wanted, DoubleDouble.Log1p(x));

    [Fact]
    public void An_element_that_tells_the_label_wholly_comes_last()
    {
        // F is infinite, and MLlib knows no p-value of that.
        ColumnBatch batch = Batches.Of(("in", (Vector[])[Vector.Dense(0, 1), Vector.Dense(0, 0), Vector.Dense(1, 1), Vector.Dense(1, 2)]), ("label", (double[])[0, 0, 1, 1]), ("out", null));
        UnivariateFeatureSelectorModel model = UnivariateFeatureSelectorModel.Fit(Batches.Step("Selector1"), batch, 0, 1, 1, VariableKind.Auto, VariableKind.Categorical);
        Assert.Equal(double.PositiveInfinity, model.Statistics[0]);
        Assert.Equal([1], model.SelectedFeatures);
    }

    [Fact]
    public void A_perfect_element_has_no_chance_and_of_two_the_first_is_taken()
    {
        Vector[] rows = [.. Enumerable.Range(0, 100).Select(i => Vector.Dense(i % 3, (i / 50 * 10) + (i % 2 * 0.01), (i / 50 * 10) + (i % 2 * 0.001), 4))];
        double?[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 3 ? (double?)null : i / 50)];
        ColumnBatch batch = Batches.Of(("in", rows), ("label", labels), ("out", null));
        UnivariateFeatureSelectorModel model = Batches.Reread(UnivariateFeatureSelectorModel.Fit(Batches.Step("Selector1"), batch, 0, 1, 1, VariableKind.Auto, VariableKind.Categorical));
        Assert.Equal(0, model.PValues[1]);
        Assert.Equal(0, model.PValues[2]);
        Assert.True(model.Statistics[2] > model.Statistics[1]);
        Assert.True(double.IsNaN(model.PValues[3]));
        Assert.Equal([1], model.SelectedFeatures);
        Assert.Equal("1 of 4 elements: 1", model.Describe());
        model.Transform(batch, 0, 2);
        Assert.Equal(rows.Select(row => row[1]), Enumerable.Range(0, 100).Select(row => batch.VectorAt(2, row)[0]));
        Assert.Equal("in_1", batch.ElementsOf(2)[0]);
        Assert.Equal([3.0], model.Transform(Vector.Sparse(4, [1], [3])).ToArray());
    }

    [Fact]
    public void What_cannot_be_selected_from_is_an_error()
    {
        Vector[] rows = [Vector.Dense(1, 2), Vector.Dense(3, double.NaN)];
        ColumnBatch batch = Batches.Of(("in", rows), ("label", (double[])[0, 1]), ("out", null));
        Assert.Equal(
            "Row 101: Stage1 needs finite features, but element 1 (in_1) of in is NaN", Throws(() => VarianceThresholdSelectorModel.Fit(Batches.Step("Stage1"), batch, 0, 0)));
        Assert.Equal("Row 101: Stage1 needs finite features, but element 1 (in_1) of in is NaN", Throws(() => PCAModel.Fit(Batches.Step("Stage1"), batch, 0, 1)));
        batch = Batches.Of(("in", (Vector[])[Vector.Dense(1, 2), Vector.Dense(3, 5)]), ("label", (double[])[0, 1]), ("out", null));
        Assert.Equal("Stage1 is to keep 3 elements, but in has 2", Throws(() => UnivariateFeatureSelectorModel.Fit(Batches.Step("Stage1"), batch, 0, 1, 3, VariableKind.Auto, VariableKind.Categorical)));
        Assert.Equal("Stage1 is to keep 3 elements, but in has 2", Throws(() => SelectByImportanceModel.Fit(Batches.Step("Stage1"), batch, 0, Vector.Dense(1, 2), 3)));
        Assert.Equal(
            "Stage1 selects by the importances of 3 elements, but in has 2", Throws(() => SelectByImportanceModel.Fit(Batches.Step("Stage1"), batch, 0, Vector.Dense(1, 2, 3), 1)));
        Assert.Equal("Stage1 is to find 3 components, but in has 2 elements", Throws(() => PCAModel.Fit(Batches.Step("Stage1"), batch, 0, 3)));
        batch.Keep([true, false]);
        Assert.Equal("Stage1 needs at least two rows to learn from, but got one", Throws(() => PCAModel.Fit(Batches.Step("Stage1"), batch, 0, 1)));
        Vector[] many = [.. Enumerable.Range(0, 10_001).Select(i => Vector.Dense(i))];
        batch = Batches.Of(("in", many), ("label", new double[many.Length]));
        Assert.Equal(
            "Stage1 takes elements as categories, but in_0 (element 0 of in) has more than 10000 values",
            Throws(() => UnivariateFeatureSelectorModel.Fit(Batches.Step("Stage1"), batch, 0, 1, 1, VariableKind.Categorical, VariableKind.Categorical)));
        Assert.Equal("Stage1 makes more than 2147483647 elements of 100000 by degree 3", Throws(() => PolynomialExpansionStage.SizeOf("Stage1", 100_000, 3)));
        Assert.Equal(14, PolynomialExpansionStage.SizeOf("Stage1", 4, 2));
        StageWriter writer = new("Stage1");
        writer.Number("InputSize", 2);
        writer.Numbers("SelectedFeatures", [2]);
        Assert.Equal(
            "memory: Stage1.SelectedFeatures has 2, and wanted are elements from 0 to 1.", Assert.Throws<InvalidDataException>(() => SelectByImportanceModel.Read(new StageReader(writer))).Message);
    }

    [Fact]
    public void Importances_select_the_first_of_equals_in_their_order()
    {
        ColumnBatch batch = Batches.Of(Batches.Random(1, 20, 6, dense: true, sparse: true));
        SelectByImportanceModel model = Batches.Reread(SelectByImportanceModel.Fit(Batches.Step("Stage1"), batch, 0, Vector.Dense(0.1, 0.3, 0.1, 0, 0.4, 0.1), 4));
        Assert.Equal([0, 1, 2, 4], model.SelectedFeatures);
        Assert.Equal("4 of 6 elements: 0, 1, 2, 4", model.Describe());
    }

    [Fact]
    public void A_selection_may_be_empty()
    {
        ColumnBatch batch = Batches.Of((Vector[])[Vector.Dense(1, 2), Vector.Dense(1, 3)]);
        VarianceThresholdSelectorModel model = VarianceThresholdSelectorModel.Fit(Batches.Step("Stage1"), batch, 0, 0.5);
        Assert.Equal(0, model.Size);
        model.Transform(batch, 0, 1);
        Assert.Equal(0, batch.VectorAt(1, 1).Size);
        Assert.Equal(0, batch.Vectors(1).Size);
    }

    [Fact]
    public void A_batch_of_products_is_its_rows()
    {
        const int Rows = 3000;
        double?[] numbers = [.. Enumerable.Range(0, Rows).Select(i => i % 9 == 0 ? (double?)null : i % 10 == 0 ? double.NaN : i % 4)];
        double[] classes = [.. Enumerable.Range(0, Rows).Select(i => (double)(i * 7 % 3))];
        foreach ((bool dense, bool sparse) in new[] { (true, false), (false, true), (true, true) })
        {
            Vector[] first = Batches.Random(1, Rows, 4, dense, sparse, nan: true);
            Vector[] second = Batches.Random(2, Rows, 5, dense, sparse);
            ColumnBatch batch = Batches.Of(("v", first), ("n", numbers), ("c", classes), ("w", second), ("out", null));
            InteractionStage.Transform("Interaction1", batch, [0, 1, 2, 3], [0, 0, 3, 0], 4);
            for (int row = 0; row < Rows; row++)
            {
                Assert.Equal(numbers[row] is null, batch.Nulls(4)[row]);
                if (numbers[row] is not { } number)
                    continue;
                double[] made = new double[60];
                InteractionProduct product = new(made);
                product.Multiply(first[row].ToArray());
                product.Multiply(number);
                product.MultiplyClass("Interaction1", classes[row], 3);
                product.Multiply(second[row].ToArray());
                InteractionProduct other = new();
                other.Multiply(first[row]);
                other.Multiply(number);
                other.MultiplyClass("Interaction1", classes[row], 3);
                other.Multiply(second[row]);
                long[] bits = [.. Batches.Bits(batch.VectorAt(4, row).ToArray())];
                Assert.Equal(bits, Batches.Bits(made.Select(x => x + 0.0)));
                Assert.Equal(bits, Batches.Bits(other.ToVector().ToArray()));
            }
        }
    }

    [Fact]
    public void A_class_that_is_not_there_cannot_be_multiplied_by()
    {
        ColumnBatch batch = Batches.Of(("c", (double[])[0, 3]), ("n", (double[])[1, 1]), ("out", null));
        Assert.Equal("Row 101: Interaction1 knows the classes 0 to 2, but got 3", Throws(() => InteractionStage.Transform("Interaction1", batch, [0, 1], [3, 0], 2)));
        InteractionStage.Transform("Interaction1", batch, [0, 1], [4, 0], 2);
        Assert.Equal(4, batch.Vectors(2).Size);
        Assert.Equal("Interaction1 makes more than 2147483647 elements", Throws(() => InteractionStage.Transform("Interaction1", batch, [0, 0], [100_000, 100_000], 2)));
    }

    private static string Throws(Action call) => Assert.Throws<PipelineException>(call).Message;

    private static string Throws(Func<object> call) => Assert.Throws<PipelineException>(call).Message;
}
