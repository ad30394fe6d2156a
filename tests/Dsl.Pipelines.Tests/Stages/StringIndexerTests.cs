using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>What indexing and its way back do beside what MLlib's figures show.</summary>
public sealed class StringIndexerTests
{
    private static readonly string?[] Texts = ["b", "a", null, "c", "a", "b", "a"];

    [Fact]
    public void Unseen_text_is_an_error_that_names_row_and_value()
    {
        StringIndexerModel model = Fit(Texts, HandleInvalid.Error);
        ColumnBatch batch = Batches.Of((string?[])["a", "b", "Z"]);
        Assert.Equal(
            "Row 102: StringIndexer1 knows 3 texts ('a' ..), but got 'Z': HandleInvalid.Keep gives it a class of its own, Skip drops the row",
            Assert.Throws<PipelineException>(() => model.Transform(batch, 0, 1)).Message);
        Assert.StartsWith("StringIndexer1 knows 3 texts ('a' ..), but got null", Assert.Throws<PipelineException>(() => model.Transform((string?)null)).Message, StringComparison.Ordinal);
        StringIndexerModel numbers = StringIndexerModel.Fit(Batches.Step("StringIndexer1"), Batches.Of((double[])[2007, 2008]), 0, StringOrder.FrequencyDesc, HandleInvalid.Error, 0, ColumnText.Whole);
        Assert.Contains("but got 2009:", Assert.Throws<PipelineException>(() => numbers.Transform(2009)).Message, StringComparison.Ordinal);
        Assert.Contains("but got null:", Assert.Throws<PipelineException>(() => numbers.Transform((double?)null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skip_drops_rows_and_keep_gives_them_a_class()
    {
        ColumnBatch batch = Batches.Of(Texts);
        Fit(["a", "b"], HandleInvalid.Skip).Transform(batch, 0, 1);
        Assert.Equal([1, 0, 0, 1, 0], batch.Numbers(1).ToArray());
        Assert.Equal([0, 1, 4, 5, 6], batch.Origins.ToArray());

        batch = Batches.Of(Texts);
        StringIndexerModel model = Fit(["a", "b"], HandleInvalid.Keep);
        model.Transform(batch, 0, 1);
        Assert.Equal([1, 0, 2, 2, 0, 1, 0], batch.Numbers(1).ToArray());
        Assert.Equal(["a", "b"], model.Labels);
        Assert.Equal(["a", "b", "__unknown"], batch.LabelsOf(1)!);
        Assert.Equal(3, batch.ClassesOf(1));
        Assert.Equal("3 classes: a, b, __unknown", model.Describe());
    }

    [Fact]
    public void A_training_column_is_null_where_there_is_no_class()
    {
        ColumnBatch batch = Batches.Of(Texts);
        StringIndexerModel model = Batches.Reread(
            StringIndexerModel.Fit(Batches.Step("StringIndexer1"), Batches.Of((string[])["a", "b", "a"]), 0, StringOrder.FrequencyDesc, HandleInvalid.Error, 0, isTraining: true));
        model.Transform(batch, 0, 1);
        Assert.Equal(7, batch.Count);
        Assert.Equal([false, false, true, true, false, false, false], batch.Nulls(1).ToArray());
        Assert.Equal([1, 0, double.NaN, double.NaN, 0, 1, 0], batch.Numbers(1).ToArray());
        StringIndexerModel numbers = StringIndexerModel.Fit(
            Batches.Step("StringIndexer1"), Batches.Of((double[])[1, double.NaN, 1]), 0, StringOrder.FrequencyDesc, HandleInvalid.Error, 0, ColumnText.Double, isTraining: true);
        Assert.Equal(["1.0"], numbers.Labels);
        Assert.Equal(double.NaN, numbers.Transform(double.NaN));
    }

    [Fact]
    public void Declared_classes_are_the_most_and_count_where_fewer_are_found()
    {
        Assert.Equal(
            "StringIndexer1 declares 2 classes, but in has 3: 'c' is one too many",
            Assert.Throws<PipelineException>(() => StringIndexerModel.Fit(Batches.Step("StringIndexer1"), Batches.Of(Texts), 0, StringOrder.FrequencyDesc, HandleInvalid.Error, 2)).Message);
        ColumnBatch batch = Batches.Of(Texts);
        StringIndexerModel model = StringIndexerModel.Fit(Batches.Step("StringIndexer1"), batch, 0, StringOrder.FrequencyDesc, HandleInvalid.Keep, 5);
        model.Transform(batch, 0, 1);
        Assert.Equal(6, batch.ClassesOf(1));
        Assert.Equal(3, batch.Numbers(1)[2]);
    }

    [Fact]
    public void Nothing_cannot_be_learnt_from()
    {
        Assert.Equal("StringIndexer1 has nothing to learn from: in is null in all 1 rows", Assert.Throws<PipelineException>(() => Fit([null], HandleInvalid.Keep)).Message);
        Assert.Equal("StringIndexer1 has no rows to learn from", Assert.Throws<PipelineException>(() => Fit([], HandleInvalid.Keep)).Message);
    }

    [Fact]
    public void A_batch_is_its_rows_and_a_file_gives_them_back()
    {
        foreach (ColumnText text in Enum.GetValues<ColumnText>())
        {
            double?[] numbers = [.. Enumerable.Range(0, 9000).Select(i => i % 11 == 0 ? (double?)null : Math.Round(i * 37 % 101 / (text == ColumnText.Whole ? 1 : 8.0), 3))];
            if (text == ColumnText.Single)
                numbers = [.. numbers.Select(number => (double?)(float?)(number * 1.1))];
            string?[] texts = [.. numbers.Select(number => number?.ToString(CultureInfo.InvariantCulture))];
            ColumnBatch batch = Batches.Of(text == ColumnText.Text ? texts : numbers);
            StringIndexerModel model = StringIndexerModel.Fit(Batches.Step("StringIndexer1"), batch, 0, StringOrder.AlphabetDesc, HandleInvalid.Keep, 0, text);
            model.Transform(batch, 0, 1);
            StringIndexerModel read = Batches.Reread(model);
            double[] rows = [.. Enumerable.Range(0, 9000).Select(i => text == ColumnText.Text ? read.Transform(texts[i]) : read.Transform(numbers[i]))];
            Assert.Equal(rows, batch.Numbers(1).ToArray());
            Assert.True(rows.Distinct().Count() == model.NumClasses);
            ColumnBatch alone = Batches.Of(text == ColumnText.Text ? texts : numbers);
            using (Compute.OnThisThread())
                model.Transform(alone, 0, 1);
            Assert.Equal(rows, alone.Numbers(1).ToArray());
        }
    }

    [Fact]
    public void A_file_that_no_indexer_wrote_is_refused()
    {
        StageWriter writer = new("StringIndexer1");
        writer.Texts("Labels", ["a", "a"]);
        Assert.Equal("memory: StringIndexer1.Labels has a label twice.", Assert.Throws<InvalidDataException>(() => StringIndexerModel.Read(new StageReader(writer))).Message);
    }

    [Fact]
    public void Labels_lead_back()
    {
        ColumnBatch batch = Batches.Of(("text", Texts), ("index", null), ("back", null));
        Fit(Texts, HandleInvalid.Keep).Transform(batch, 0, 1);
        IndexToStringStage.Transform("IndexToString1", batch, 1, 2, []);
        Assert.Equal(Texts.Select(text => text ?? "__unknown"), batch.Texts(2).ToArray());

        ColumnBatch numbers = Batches.Of((double?[])[0, null, 2]);
        IndexToStringStage.Transform("IndexToString1", numbers, 0, 1, ["x", "y", "z"]);
        Assert.Equal((string?[])["x", null, "z"], numbers.Texts(1).ToArray());
        Assert.Equal([false, true, false], numbers.Nulls(1).ToArray());
        Assert.Equal(
            "Row 102: IndexToString1 has labels of the classes 0 to 1, but got class 2",
            Assert.Throws<PipelineException>(() => IndexToStringStage.Transform("IndexToString1", numbers, 0, 1, ["x", "y"])).Message);
        Assert.Equal("IndexToString1 has labels of the classes 0 to 0, but got class NaN", Assert.Throws<PipelineException>(() => IndexToStringStage.Transform("IndexToString1", double.NaN, ["x"])).Message);
    }

    [Theory]
    [InlineData(1, "1.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.001, "0.001")]
    [InlineData(1e-4, "1.0E-4")]
    [InlineData(9.99e-4, "9.99E-4")]
    [InlineData(9999999.5, "9999999.5")]
    [InlineData(1e7, "1.0E7")]
    [InlineData(-1.23456789e7, "-1.23456789E7")]
    [InlineData(2e-3, "0.002")]
    [InlineData(1e23, "1.0E23")]
    [InlineData(5e-324, "4.9E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E308")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(100.25, "100.25")]
    public void Numbers_are_written_as_Java_does(double value, string text) => Assert.Equal(text, JavaText.Of(value));

    [Fact]
    public void Floats_have_fewer_digits()
    {
        Assert.Equal("1.1", JavaText.Of(1.1f));
        Assert.Equal("1.4E-45", JavaText.Of(float.Epsilon));
        Assert.Equal("1.6777216E7", JavaText.Of(16777216f));
        Assert.Equal("0.001", JavaText.Of(0.001f));
        Assert.Equal("NaN", JavaText.Of(float.NaN));
    }

    private static StringIndexerModel Fit(string?[] texts, HandleInvalid handleInvalid) =>
        StringIndexerModel.Fit(Batches.Step("StringIndexer1"), Batches.Of(texts), 0, StringOrder.FrequencyDesc, handleInvalid, 0);
}
