using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>Stages beside Spark MLlib's, in what they learn and in what they make.</summary>
public sealed class StageFigureTests
{
    private static readonly Dictionary<string, Action<StageFigure, bool>> Compared = new()
    {
        ["Imputer"] = (figure, _) => Imputer(figure),
        ["StringIndexer"] = (figure, _) => StringIndexer(figure),
        ["IndexToString"] = (figure, _) => IndexToString(figure),
        ["OneHotEncoder"] = (figure, _) => OneHotEncoder(figure),
        ["VectorAssembler"] = VectorAssembler,
        ["StandardScaler"] = StandardScaler,
        ["MinMaxScaler"] = MinMaxScaler,
        ["PCA"] = PCA,
        ["PolynomialExpansion"] = (figure, sparse) => Vectors(figure, sparse, batch => PolynomialExpansionStage.Transform("PolynomialExpansion1", batch, 0, 1, (int)figure.Number("degree"))),
        ["Interaction"] = Interaction,
        ["VarianceThresholdSelector"] = VarianceThresholdSelector,
        ["UnivariateFeatureSelector"] = UnivariateFeatureSelector,
        ["MaxAbsScaler"] = MaxAbsScaler,
        ["RobustScaler"] = RobustScaler,
        ["Normalizer"] = (figure, sparse) => Vectors(figure, sparse, batch => NormalizerStage.Transform("Normalizer1", batch, 0, 1, figure.Number("p"))),
        ["Binarizer"] = Binarizer,
        ["Bucketizer"] = (figure, _) => Bucketizer(figure),
        ["QuantileDiscretizer"] = (figure, _) => QuantileDiscretizer(figure),
        ["VectorSlicer"] = (figure, sparse) => Vectors(figure, sparse, batch => VectorSlicerStage.Transform("VectorSlicer1", batch, 0, 1, [.. figure.Numbers("indices").Select(i => (int)i)])),
    };

    /// <summary>Those of rows made by hand and of penguins.</summary>
    public static TheoryData<int> Small => Of(figure => !figure.IsOfHousing);

    /// <summary>Those of California's districts.</summary>
    public static TheoryData<int> OfHousing => Of(figure => figure.IsOfHousing);

    [Theory]
    [MemberData(nameof(Small))]
    public void Stages_are_those_of_MLlib(int index) => Compare(index);

    [TheoryWithHousing]
    [MemberData(nameof(OfHousing))]
    public void Of_many_rows_too(int index) => Compare(index);

    private static TheoryData<int> Of(Func<StageFigure, bool> chosen) => [.. Enumerable.Range(0, StageFigure.All.Length).Where(i => chosen(StageFigure.All[i]))];

    private static void Compare(int index)
    {
        StageFigure figure = StageFigure.All[index];
        Action<StageFigure, bool> compare = Compared[figure.Stage];
        foreach (bool sparse in (bool[])[false, true])
        {
            if (figure.Error is null)
                compare(figure, sparse);
            else
                Assert.Throws<PipelineException>(() => compare(figure, sparse));
        }
    }

    private static void Imputer(StageFigure figure)
    {
        ColumnBatch batch = figure.Batch();
        ImputerModel model = ImputerModel.Fit(Batches.Step("Imputer1"), batch, [0], figure.Enum<Imputation>("strategy"), figure.Number("missingValue", double.NaN));
        figure.Learns("surrogate", [model.Surrogates["in"]]);
        model.Transform(batch, [0]);
        figure.Makes(batch, 0, vectors: false);
    }

    private static void StringIndexer(StageFigure figure)
    {
        ColumnBatch batch = figure.Batch();
        StringIndexerModel model = StringIndexerModel.Fit(
            Batches.Step("StringIndexer1"), batch, 0, figure.Enum<StringOrder>("stringOrderType"), figure.Enum<HandleInvalid>("handleInvalid"), 0, figure.TextOf("in"));
        if (figure.Learnt is not null)
            Assert.Equal(figure.Learnt["labels"].EnumerateArray().Select(label => label.GetString()!), model.Labels);
        model.Transform(batch, 0, 1);
        figure.Makes(batch, 1, vectors: false);
    }

    private static void IndexToString(StageFigure figure)
    {
        ColumnBatch batch = figure.Batch();
        IndexToStringStage.Transform("IndexToString1", batch, 0, 1, figure.Texts("labels"));
        figure.Makes(batch, 1, vectors: false);
    }

    private static void OneHotEncoder(StageFigure figure)
    {
        bool dropLast = figure.Flag("dropLast", true);
        HandleInvalid handleInvalid = figure.Enum<HandleInvalid>("handleInvalid");
        ColumnBatch batch = figure.Batch();
        ColumnBatch learnt = batch;
        if (figure.Note == "of an index")
        {
            learnt = Batches.Of((string[])["a", "b", "c", "a", "b", "a"]);
            StringIndexerModel indexer = StringIndexerModel.Fit(Batches.Step("StringIndexer1"), learnt, 0, StringOrder.FrequencyDesc, HandleInvalid.Keep, 0);
            batch = Batches.Of(("text", batch.Texts(0).ToArray()), ("in", null), ("out", null));
            indexer.Transform(batch, 0, 1);
            learnt = batch;
        }
        else if (figure.Note == "after 0 1 3 1")
        {
            learnt = Batches.Of((double[])[0, 1, 3, 1]);
        }

        int input = batch.NameOf(0) == "in" ? 0 : 1;
        OneHotEncoderModel model = OneHotEncoderModel.Fit(Batches.Step("OneHotEncoder1"), learnt, input, dropLast, handleInvalid, 0);
        if (figure.Learnt is not null)
            figure.Learns("categorySize", [model.CategorySize]);
        model.Transform(batch, input, input + 1);
        figure.Makes(batch, input + 1, vectors: true);
    }

    private static void VectorAssembler(StageFigure figure, bool sparse)
    {
        ColumnBatch batch = figure.Batch(sparse);
        VectorAssemblerStage.Transform("VectorAssembler1", batch, [0, 1, 2], 3, figure.Enum<HandleInvalid>("handleInvalid"));
        figure.Makes(batch, 3, vectors: true);
    }

    private static void StandardScaler(StageFigure figure, bool sparse) => Vectors(figure, sparse, batch =>
    {
        StandardScalerModel model = StandardScalerModel.Fit(Batches.Step("StandardScaler1"), figure.Learning(batch, sparse), 0, figure.Flag("withMean", false), figure.Flag("withStd", true));
        figure.Learns("mean", model.Mean.ToArray());
        figure.Learns("std", model.Std.ToArray());
        model.Transform(batch, 0, 1);
    });

    private static void MinMaxScaler(StageFigure figure, bool sparse) => Vectors(figure, sparse, batch =>
    {
        MinMaxScalerModel model = MinMaxScalerModel.Fit(Batches.Step("MinMaxScaler1"), figure.Learning(batch, sparse), 0, figure.Number("min", 0), figure.Number("max", 1));
        figure.Learns("originalMin", model.OriginalMin.ToArray());
        figure.Learns("originalMax", model.OriginalMax.ToArray());
        model.Transform(batch, 0, 1);
    });

    private static void MaxAbsScaler(StageFigure figure, bool sparse) => Vectors(figure, sparse, batch =>
    {
        MaxAbsScalerModel model = MaxAbsScalerModel.Fit(Batches.Step("MaxAbsScaler1"), figure.Learning(batch, sparse), 0);
        figure.Learns("maxAbs", model.MaxAbs.ToArray());
        model.Transform(batch, 0, 1);
    });

    private static void RobustScaler(StageFigure figure, bool sparse) => Vectors(figure, sparse, batch =>
    {
        RobustScalerModel model = RobustScalerModel.Fit(
            Batches.Step("RobustScaler1"), figure.Learning(batch, sparse), 0, figure.Number("lower", 0.25), figure.Number("upper", 0.75), figure.Flag("withCentering", false), figure.Flag("withScaling", true));
        figure.Learns("median", model.Median.ToArray());
        figure.Learns("range", model.Range.ToArray());
        model.Transform(batch, 0, 1);
    });

    private static void Binarizer(StageFigure figure, bool sparse)
    {
        ColumnBatch batch = figure.Batch(sparse);
        bool vectors = !batch.HasNumbers(0);
        if (vectors)
            BinarizerStage.TransformVectors("Binarizer1", batch, 0, 1, figure.Number("threshold"));
        else
            BinarizerStage.TransformNumbers(batch, 0, 1, figure.Number("threshold"));
        figure.Makes(batch, 1, vectors);
    }

    private static void Bucketizer(StageFigure figure)
    {
        ColumnBatch batch = figure.Batch();
        BucketizerStage.Transform("Bucketizer1", batch, 0, 1, figure.Numbers("splits"), figure.Enum<HandleInvalid>("handleInvalid"));
        figure.Makes(batch, 1, vectors: false);
    }

    private static void QuantileDiscretizer(StageFigure figure)
    {
        ColumnBatch batch = figure.Batch();
        QuantileDiscretizerModel model = QuantileDiscretizerModel.Fit(Batches.Step("QuantileDiscretizer1"), batch, 0, (int)figure.Number("numBuckets"), figure.Enum<HandleInvalid>("handleInvalid"));
        figure.Learns("splits", model.Splits.ToArray());
        model.Transform(batch, 0, 1);
        figure.Makes(batch, 1, vectors: false);
    }

    private static void Vectors(StageFigure figure, bool sparse, Action<ColumnBatch> transform)
    {
        ColumnBatch batch = figure.Batch(sparse);
        transform(batch);
        figure.Makes(batch, 1, vectors: true);
    }

    private static void PCA(StageFigure figure, bool sparse)
    {
        ColumnBatch batch = figure.Batch(sparse);
        int k = (int)figure.Number("k");
        PCAModel model = PCAModel.Fit(Batches.Step("PCA1"), figure.Learning(batch, sparse), 0, k);
        if (figure.Learnt is not null)
            Components(StageFigure.Flat(figure.Learnt["pc"]), model.Pc);
        figure.Learns("explainedVariance", model.ExplainedVariance.ToArray(), 1e-6);
        model.Transform(batch, 0, 1);
        for (int i = 0; i < figure.Kept.Length; i++)
        {
            double[] theirs = StageFigure.Flat(figure.Output[i]);
            double[] ours = batch.VectorAt(1, (int)figure.Kept[i]).ToArray();
            for (int component = 0; component < k; component++)
            {
                double wanted = Math.Abs(theirs[component]);
                double got = Math.Abs(ours[component]);
                Assert.True(wanted.Equals(got) || Math.Abs(wanted - got) <= 1e-6 * Math.Max(1, wanted), $"{figure}: row {i}, component {component}, should be {wanted:R}, is {got:R}");
            }
        }
    }

    private static void Components(double[] wanted, double[,] pc)
    {
        int k = pc.GetLength(1);
        for (int component = 0; component < k; component++)
        {
            // MLlib's signs are LAPACK's.
            double[] theirs = [.. Enumerable.Range(0, pc.GetLength(0)).Select(i => wanted[(i * k) + component])];
            double[] ours = [.. Enumerable.Range(0, pc.GetLength(0)).Select(i => pc[i, component])];
            double sign = Math.Sign(theirs.MaxBy(Math.Abs));
            Assert.True(ours.MaxBy(Math.Abs) > 0);
            for (int i = 0; i < ours.Length; i++)
                Assert.Equal(sign * theirs[i], ours[i], 1e-9);
        }
    }

    private static void Interaction(StageFigure figure, bool sparse)
    {
        ColumnBatch batch = figure.Batch(sparse);
        string[] names = figure.Texts("inputs");
        int[] inputs = [.. names.Select(name => name switch { "a" => 0, "v" => 1, "w" => 2, _ => 3 })];
        if (names.Contains("i"))
            batch.Set(3, (double[])[0, 1, 0]);
        InteractionStage.Transform("Interaction1", batch, inputs, [.. names.Select(name => name == "i" ? 2 : 0)], 4);
        figure.Makes(batch, 4, vectors: true);
    }

    private static void VarianceThresholdSelector(StageFigure figure, bool sparse) => Vectors(figure, sparse, batch =>
    {
        VarianceThresholdSelectorModel model = VarianceThresholdSelectorModel.Fit(Batches.Step("VarianceThresholdSelector1"), batch, 0, figure.Number("varianceThreshold"));
        figure.Learns("selectedFeatures", model.SelectedFeatures.Select(i => (double)i));
        model.Transform(batch, 0, 1);
    });

    private static void UnivariateFeatureSelector(StageFigure figure, bool sparse)
    {
        ColumnBatch batch = figure.Batch(sparse);
        UnivariateFeatureSelectorModel model = UnivariateFeatureSelectorModel.Fit(
            Batches.Step("UnivariateFeatureSelector1"), batch, 0, 1, (int)figure.Number("top"), figure.Enum<VariableKind>("featureType"), figure.Enum<VariableKind>("labelType"));
        // Of a label that is an element itself the statistic is what rounding leaves of a division by 0: MLlib's to the last bit, or another number.
        figure.Learns("statistics", model.Statistics.ToArray(), 0);
        figure.Learns("pValues", model.PValues.ToArray(), 0);
        figure.Learns("selectedFeatures", model.SelectedFeatures.Select(i => (double)i));
        model.Transform(batch, 0, 2);
        figure.Makes(batch, 2, vectors: true);
    }
}
