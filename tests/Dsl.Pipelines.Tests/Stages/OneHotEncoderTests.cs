using System;
using System.Linq;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>What one-hot vectors and assembled ones do beside what MLlib's figures show.</summary>
public sealed class OneHotEncoderTests
{
    [Theory]
    [InlineData(true, HandleInvalid.Error, 0, 4)]
    [InlineData(false, HandleInvalid.Error, 0, 5)]
    [InlineData(true, HandleInvalid.Keep, 0, 5)]
    [InlineData(false, HandleInvalid.Keep, 0, 6)]
    [InlineData(true, HandleInvalid.Error, 7, 7)]
    [InlineData(false, HandleInvalid.Keep, 7, 7)]
    public void A_batch_is_its_rows(bool dropLast, HandleInvalid handleInvalid, int declared, int size)
    {
        double?[] values = [.. Enumerable.Range(0, 9000).Select(i => i % 13 == 0 ? (double?)null : i * 7 % 5)];
        ColumnBatch batch = Batches.Of(values);
        OneHotEncoderModel model = Batches.Reread(OneHotEncoderModel.Fit(Batches.Step("OneHotEncoder1"), batch, 0, dropLast, handleInvalid, declared));
        Assert.Equal(size, model.Size);
        model.Transform(batch, 0, 1);
        for (int row = 0; row < values.Length; row++)
        {
            Assert.Equal(values[row] is null, batch.Nulls(1)[row]);
            if (values[row] is not { } value)
                continue;
            double[] dense = new double[size];
            dense.AsSpan().Fill(5);
            model.Transform(value, dense);
            Assert.Equal(dense, batch.VectorAt(1, row).ToArray());
            Assert.Equal(dense, model.Transform(value).ToArray());
            Assert.Equal(value < size ? 1 : 0, dense.Sum());
        }
    }

    [Fact]
    public void Elements_have_the_labels_of_the_classes()
    {
        ColumnBatch batch = Batches.Of(("text", (string?[])["x", "y", "x", "z"]), ("index", null), ("vector", null));
        StringIndexerModel.Fit(Batches.Step("StringIndexer1"), batch, 0, StringOrder.AlphabetAsc, HandleInvalid.Error, 0).Transform(batch, 0, 1);
        OneHotEncoderModel model = OneHotEncoderModel.Fit(Batches.Step("OneHotEncoder1"), batch, 1, true, HandleInvalid.Error, 0);
        model.Transform(batch, 1, 2);
        Assert.Equal(["vector_x", "vector_y"], Enumerable.Range(0, 2).Select(i => batch.ElementsOf(2)[i]));
        Assert.Equal("3 classes", model.Describe());
    }

    [Fact]
    public void What_is_no_class_is_an_error()
    {
        OneHotEncoderModel model = OneHotEncoderModel.Fit(Batches.Step("OneHotEncoder1"), Batches.Of((double[])[0, 2]), 0, true, HandleInvalid.Error, 0);
        string wanted = "OneHotEncoder1 knows the classes 0 to 2, but got 3: HandleInvalid.Keep takes it as a class more";
        Assert.Equal("Row 101: " + wanted, Assert.Throws<PipelineException>(() => model.Transform(Batches.Of((double[])[0, 3]), 0, 1)).Message);
        Assert.Equal(wanted, Assert.Throws<PipelineException>(() => model.Transform(3)).Message);
        Assert.Equal(
            "Row 101: OneHotEncoder1 needs classes from 0 on, but in is 1.5",
            Assert.Throws<PipelineException>(() => OneHotEncoderModel.Fit(Batches.Step("OneHotEncoder1"), Batches.Of((double[])[0, 1.5]), 0, true, HandleInvalid.Error, 0)).Message);
        Assert.Equal(
            "OneHotEncoder1 declares a vector of 2, which 3 classes make, but in has 5",
            Assert.Throws<PipelineException>(() => OneHotEncoderModel.Fit(Batches.Step("OneHotEncoder1"), Batches.Of((double[])[0, 4]), 0, true, HandleInvalid.Error, 2)).Message);
        Assert.Equal(
            "OneHotEncoder1 has nothing to learn from: in is null in all 1 rows",
            Assert.Throws<PipelineException>(() => OneHotEncoderModel.Fit(Batches.Step("OneHotEncoder1"), Batches.Of((double?[])[null]), 0, true, HandleInvalid.Error, 0)).Message);
    }

    [Theory]
    [InlineData(HandleInvalid.Skip)]
    [InlineData(HandleInvalid.Keep)]
    public void Assembled_rows_are_the_same_by_row_and_by_batch(HandleInvalid handleInvalid)
    {
        const int Rows = 9000;
        double?[] numbers = [.. Enumerable.Range(0, Rows).Select(i => i % 9 == 0 ? (double?)null : i % 10 == 0 ? double.NaN : i % 5 == 1 ? -0.0 : i % 4)];
        foreach ((bool dense, bool sparse) in new[] { (true, false), (false, true), (true, true) })
        {
            Vector[] first = Batches.Random(1, Rows, 9, dense, sparse, nan: true);
            Vector?[] second = [.. Batches.Random(2, Rows, 20, dense, sparse).Select((vector, i) => i % 21 == 0 ? (Vector?)null : vector)];
            ColumnBatch Made()
            {
                ColumnBatch batch = Batches.Of(("v", first), ("n", numbers), ("w", second), ("out", null));
                VectorAssemblerStage.Transform("VectorAssembler1", batch, [0, 1, 2], 3, handleInvalid);
                return batch;
            }

            ColumnBatch made = Made();
            using (Compute.OnThisThread())
                Assert.Equal(Batches.Bits(made, 3), Batches.Bits(Made(), 3));
            int at = 0;
            for (int row = 0; row < Rows; row++)
            {
                AssembledVector assembled = new(3);
                assembled.Add(first[row]);
                assembled.Add(numbers[row]);
                if (second[row] is { } part)
                    assembled.Add(part);
                else
                    assembled.AddNull(20);
                Vector vector = assembled.ToVector();
                bool keeps = VectorAssemblerStage.Keeps("VectorAssembler1", "n", numbers[row] ?? double.NaN, handleInvalid)
                    && VectorAssemblerStage.Keeps("VectorAssembler1", "w", second[row] is null ? double.NaN : 0, handleInvalid);
                if (keeps)
                    Assert.Equal(Batches.Bits(vector.ToArray()), Batches.Bits(made.VectorAt(3, at++).ToArray()));
            }

            Assert.Equal(at, made.Count);
        }
    }

    [Fact]
    public void Null_and_NaN_are_errors_that_name_the_column()
    {
        ColumnBatch batch = Batches.Of(("v", (Vector?[])[Vector.Dense(1, double.NaN), null]), ("n", (double?[])[1, null]), ("m", (double[])[1, double.NaN]), ("out", null));
        string wanted = "is null or NaN: HandleInvalid.Keep makes it NaN, Skip drops the row, Imputer fills it before";
        foreach ((int column, string name) in new[] { (0, "v"), (1, "n"), (2, "m") })
        {
            Assert.Equal(
                $"Row 101: VectorAssembler1 needs numbers, but {name} " + wanted,
                Assert.Throws<PipelineException>(() => VectorAssemblerStage.Transform("VectorAssembler1", batch, [column], 3, HandleInvalid.Error)).Message);
        }

        Assert.Equal(
            "VectorAssembler1 needs numbers, but n " + wanted,
            Assert.Throws<PipelineException>(() => VectorAssemblerStage.Keeps("VectorAssembler1", "n", double.NaN, HandleInvalid.Error)).Message);
    }

    [Fact]
    public void Assembled_elements_know_their_columns_and_classes_and_a_training_column_its_nulls()
    {
        ColumnBatch batch = Batches.Of(("v", (Vector[])[Vector.Dense(1, 2), Vector.Dense(3, 4)]), ("c", (double?[])[1, null]), ("out", null));
        batch.SetClasses(1, 3, ["x", "y", "z"]);
        VectorAssemblerStage.Transform("VectorAssembler1", batch, [1, 0], 2, HandleInvalid.Error, isTraining: true);
        Assert.Equal(["c", "v_0", "v_1"], Enumerable.Range(0, 3).Select(i => batch.ElementsOf(2)[i]));
        Assert.Equal([3, 0, 0], Enumerable.Range(0, 3).Select(batch.ElementsOf(2).CategoriesOf));
        Assert.Equal([false, true], batch.Nulls(2).ToArray());
        Assert.Equal(2, batch.Count);
    }
}
