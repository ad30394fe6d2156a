using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>Buckets, thresholds and dropped rows, beside what MLlib's figures show.</summary>
public sealed class BucketTests
{
    private static readonly double[] Splits = [-1, 0, 2.5];

    private static readonly double?[] Values = [.. Enumerable.Range(0, 9000).Select(i => i % 17 == 0 ? null : i % 19 == 0 ? double.NaN : (double?)((i % 8 / 2.0) - 1))];

    [Theory]
    [InlineData(HandleInvalid.Skip)]
    [InlineData(HandleInvalid.Keep)]
    public void A_batch_is_its_rows(HandleInvalid handleInvalid)
    {
        ColumnBatch batch = Batches.Of(Values);
        QuantileDiscretizerModel model = Batches.Reread(QuantileDiscretizerModel.Fit(Batches.Step("QuantileDiscretizer1"), batch, 0, 3, handleInvalid));
        model.Transform(batch, 0, 1);
        Assert.Equal(Values.Select(value => model.Transform(value ?? double.NaN)).Where(made => !double.IsNaN(made)), batch.Numbers(1).ToArray());
        Assert.Equal(model.NumClasses, batch.ClassesOf(1));
        Assert.Equal(handleInvalid == HandleInvalid.Keep ? 4 : 3, model.NumClasses);

        double[] splits = [double.NegativeInfinity, .. Splits, double.PositiveInfinity];
        ColumnBatch Bucketed(Array values, bool isTraining = false)
        {
            ColumnBatch made = Batches.Of(values);
            BucketizerStage.Transform("Bucketizer1", made, 0, 1, splits, handleInvalid, isTraining);
            return made;
        }

        batch = Bucketed(Values);
        Assert.Equal(
            Values.Select(value => BucketizerStage.Transform("Bucketizer1", value ?? double.NaN, splits, handleInvalid)).Where(made => !double.IsNaN(made)), batch.Numbers(1).ToArray());
        using (Compute.OnThisThread())
            Assert.Equal(batch.Numbers(1).ToArray(), Bucketed(Values).Numbers(1).ToArray());
        ColumnBatch training = Bucketed(Values, isTraining: true);
        Assert.Equal(9000, training.Count);
        if (handleInvalid == HandleInvalid.Skip)
            Assert.Equal(Values.Select(value => value is null || double.IsNaN(value.Value)), training.Nulls(1).ToArray());
    }

    [Fact]
    public void What_falls_into_no_bucket_is_an_error()
    {
        string outside = "Bucketizer1 has buckets from -1 to 2.5, but got ";
        foreach (HandleInvalid handleInvalid in Enum.GetValues<HandleInvalid>())
        {
            Assert.Equal(
                "Row 101: " + outside + "2.75",
                Assert.Throws<PipelineException>(() => BucketizerStage.Transform("Bucketizer1", Batches.Of((double[])[0, 2.75]), 0, 1, Splits, handleInvalid)).Message);
            Assert.Equal(outside + "-1.5", Assert.Throws<PipelineException>(() => BucketizerStage.Transform("Bucketizer1", -1.5, Splits, handleInvalid)).Message);
        }

        string invalid = "needs numbers, but got NaN or null: HandleInvalid.Keep gives it a bucket of its own, Skip drops the row";
        Assert.Equal("Bucketizer1 " + invalid, Assert.Throws<PipelineException>(() => BucketizerStage.Transform("Bucketizer1", double.NaN, Splits, HandleInvalid.Error)).Message);
        QuantileDiscretizerModel model = QuantileDiscretizerModel.Fit(Batches.Step("QuantileDiscretizer1"), Batches.Of((double[])[1, 2, 3, 4]), 0, 2, HandleInvalid.Error);
        Assert.Equal("Row 100: QuantileDiscretizer1 " + invalid, Assert.Throws<PipelineException>(() => model.Transform(Batches.Of((double?[])[null]), 0, 1)).Message);
        Assert.Equal("2 classes, splits -Infinity, 2, Infinity", model.Describe());
    }

    [Fact]
    public void Nothing_has_no_quantiles()
    {
        Assert.Equal(
            "QuantileDiscretizer1 has nothing to learn from: in is null or NaN in all 2 rows",
            Assert.Throws<PipelineException>(() => QuantileDiscretizerModel.Fit(Batches.Step("QuantileDiscretizer1"), Batches.Of((double?[])[null, double.NaN]), 0, 2, HandleInvalid.Keep)).Message);
        Assert.Equal(
            "RobustScaler1 has nothing to learn from: element 1 (in_1) of in is NaN in all rows",
            Assert.Throws<PipelineException>(() => RobustScalerModel.Fit(Batches.Step("RobustScaler1"), Batches.Of((Vector[])[Vector.Dense(1, double.NaN)]), 0, 0.25, 0.75, false, true)).Message);
        StageWriter writer = new("QuantileDiscretizer1");
        writer.Numbers("Splits", [1, 1]);
        Assert.Equal("memory: QuantileDiscretizer1.Splits do not ascend.", Assert.Throws<InvalidDataException>(() => QuantileDiscretizerModel.Read(new StageReader(writer))).Message);
    }

    [Fact]
    public void A_threshold_makes_two_classes()
    {
        ColumnBatch batch = Batches.Of(Values);
        BinarizerStage.TransformNumbers(batch, 0, 1, 0.5);
        Assert.Equal(Values.Select(value => value is { } number ? BinarizerStage.Transform(number, 0.5) : double.NaN), batch.Numbers(1).ToArray());
        Assert.Equal(Values.Select(value => value is null), batch.Nulls(1).ToArray());
        Assert.Equal(2, batch.ClassesOf(1));
    }

    [Fact]
    public void An_element_that_is_not_there_is_an_error()
    {
        string wanted = "VectorSlicer1 takes element 4, but got a vector of 2 elements, 0 to 1";
        Assert.Equal("Row 100: " + wanted, Assert.Throws<PipelineException>(() => VectorSlicerStage.Transform("VectorSlicer1", Batches.Of((Vector[])[Vector.Dense(1, 2)]), 0, 1, 4, 0)).Message);
        Assert.Equal(wanted, Assert.Throws<PipelineException>(() => VectorSlicerStage.Transform("VectorSlicer1", Vector.Sparse(2, [0], [1]), 4, 0)).Message);
        Assert.Equal(wanted, Assert.Throws<PipelineException>(() => VectorSlicerStage.Transform("VectorSlicer1", [1, 2], new double[2], [4, 0])).Message);
    }

    [Fact]
    public void Sliced_elements_keep_their_names_and_classes()
    {
        ColumnBatch batch = Batches.Of(("a", (double[])[1, 2]), ("c", (double[])[0, 1]), ("v", null), ("out", null));
        batch.SetClasses(1, 2, ["x", "y"]);
        VectorAssemblerStage.Transform("VectorAssembler1", batch, [0, 1], 2, HandleInvalid.Error);
        VectorSlicerStage.Transform("VectorSlicer1", batch, 2, 3, 1);
        Assert.Equal("c", batch.ElementsOf(3)[0]);
        Assert.Equal(2, batch.ElementsOf(3).CategoriesOf(0));
        NormalizerStage.Transform("Normalizer1", batch, 2, 3, 2);
        Assert.Equal("c", batch.ElementsOf(3)[1]);
        Assert.Equal(0, batch.ElementsOf(3).CategoriesOf(1));
    }
}
