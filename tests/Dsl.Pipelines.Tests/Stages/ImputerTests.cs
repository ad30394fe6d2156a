using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>What the imputer does beside what MLlib's figures show.</summary>
public sealed class ImputerTests
{
    [Fact]
    public void Texts_and_flags_take_their_most_frequent_value_and_of_equals_the_smallest()
    {
        ColumnBatch batch = Batches.Of(("sex", (string?[])["b", null, "a", "b", "a"]), ("flag", (double?[])[1, 0, null, 1, null]));
        ImputerModel model = Batches.Reread(ImputerModel.Fit(Batches.Step("Imputer1"), batch, [0, 1], Imputation.Mode, double.NaN));
        model.Transform(batch, [0, 1]);
        Assert.Equal((string?[])["b", "a", "a", "b", "a"], batch.Texts(0).ToArray());
        Assert.Equal([1, 0, 1, 1, 1], batch.Numbers(1).ToArray());
        Assert.True(batch.Nulls(0).IsEmpty && batch.Nulls(1).IsEmpty);
        Assert.Equal("a", model.TextSurrogates["sex"]);
        Assert.Equal(1, model.Surrogates["flag"]);
        Assert.Equal("sex a, flag 1", model.Describe());
    }

    [Fact]
    public void A_batch_is_its_rows_and_what_was_a_class_is_a_number()
    {
        double?[] values = [.. Batches.Random(1, 9000, 1, dense: true, sparse: false, nan: true).Select((row, i) => i % 7 == 0 ? (double?)null : row[0])];
        foreach (double missing in new[] { double.NaN, 0 })
        {
            ColumnBatch batch = Batches.Of(values);
            batch.SetClasses(0, 3, null);
            ImputerModel model = ImputerModel.Fit(Batches.Step("Imputer1"), batch, [0], Imputation.Mean, missing);
            model.Transform(batch, [0]);
            Assert.Equal(Batches.Bits(values.Select(value => model.Transform(0, value))), Batches.Bits(batch.Numbers(0).ToArray()));
            Assert.Equal(0, batch.ClassesOf(0));
            ImputerModel read = Batches.Reread(model);
            Assert.Equal(Batches.Bits(values.Select(value => model.Transform(0, value))), Batches.Bits(values.Select(value => read.Transform(0, value))));
        }
    }

    [Fact]
    public void A_column_without_a_value_is_named()
    {
        ColumnBatch batch = Batches.Of(("a", (double?[])[1, 2]), ("b", (double?[])[null, double.NaN]), ("t", (string?[])[null, null]));
        Assert.Equal(
            "Imputer1 has nothing to learn from: every value of b is missing",
            Assert.Throws<PipelineException>(() => ImputerModel.Fit(Batches.Step("Imputer1"), batch, [0, 1], Imputation.Mean, double.NaN)).Message);
        Assert.Equal(
            "Imputer1 has nothing to learn from: every value of t is missing",
            Assert.Throws<PipelineException>(() => ImputerModel.Fit(Batches.Step("Imputer1"), batch, [2], Imputation.Mode, double.NaN)).Message);
        batch.Keep([false, false]);
        Assert.Equal("Imputer1 has no rows to learn from", Assert.Throws<PipelineException>(() => ImputerModel.Fit(Batches.Step("Imputer1"), batch, [0], Imputation.Mean, double.NaN)).Message);
    }

    [Fact]
    public void A_file_that_no_imputer_wrote_is_refused()
    {
        StageWriter Written(params string[] texts)
        {
            StageWriter writer = new("Imputer1");
            writer.Texts("Columns", ["a", "a"]);
            writer.Numbers("AreTexts", [0, 0]);
            writer.Numbers("Surrogates", [0, 0]);
            writer.Texts("TextSurrogates", texts);
            return writer;
        }

        Assert.Equal("memory: Imputer1.Columns has a column twice.", Assert.Throws<InvalidDataException>(() => ImputerModel.Read(new StageReader(Written("", "")))).Message);
        Assert.Equal("memory: Imputer1.TextSurrogates are 1, and wanted are 2.", Assert.Throws<InvalidDataException>(() => ImputerModel.Read(new StageReader(Written("")))).Message);
    }
}
