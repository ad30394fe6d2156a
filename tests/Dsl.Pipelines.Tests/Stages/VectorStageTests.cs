using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Pipelines.Stages;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>What every stage from one vector to another keeps to: a batch is its rows, bit for bit, on one thread or several, and a file gives back what was learnt.</summary>
public sealed class VectorStageTests
{
    private const int Size = 6;

    // More than one block of rows.
    private const int Rows = 9000;

    private static readonly Dictionary<string, Func<ColumnBatch, Tried>> Stages = new()
    {
        ["StandardScaler"] = Model((step, batch) => StandardScalerModel.Fit(step, batch, 0, false, true), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["StandardScaler, centred"] = Model((step, batch) => StandardScalerModel.Fit(step, batch, 0, true, true), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["StandardScaler, only centred"] = Model((step, batch) => StandardScalerModel.Fit(step, batch, 0, true, false), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["StandardScaler, neither"] = Model((step, batch) => StandardScalerModel.Fit(step, batch, 0, false, false), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["MinMaxScaler"] = Model((step, batch) => MinMaxScalerModel.Fit(step, batch, 0, -1, 3), (model, rows) => model.Transform(rows, 0, 1), model => model),
        ["MaxAbsScaler"] = Model((step, batch) => MaxAbsScalerModel.Fit(step, batch, 0), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["RobustScaler"] = Model((step, batch) => RobustScalerModel.Fit(step, batch, 0, 0.1, 0.8, false, true), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["RobustScaler, centred"] = Model((step, batch) => RobustScalerModel.Fit(step, batch, 0, 0.1, 0.8, true, true), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["PCA"] = Model((step, batch) => PCAModel.Fit(step, batch, 0, 4), (model, rows) => model.Transform(rows, 0, 1), model => model),
        ["VarianceThresholdSelector"] = Model((step, batch) => VarianceThresholdSelectorModel.Fit(step, batch, 0, 1), (model, rows) => model.Transform(rows, 0, 1), model => model.Form),
        ["SelectByImportance"] = _ => new Tried(
            new ElementSelection("Stage1", Size, [1, 2, 4]),
            rows => SelectByImportanceModel.Fit(Batches.Step("Stage1"), rows, 0, Vector.Dense(0, 0.5, 0.1, 0, 0.4, 0), 3).Transform(rows, 0, 1)),
        ["PolynomialExpansion"] = _ => new Tried(new PolynomialExpansionStage.Form("Stage1", Size, 83, 3), rows => PolynomialExpansionStage.Transform("Stage1", rows, 0, 1, 3)),
        ["Normalizer"] = _ => new Tried(new NormalizerStage.Form("Stage1", Size, 3), rows => NormalizerStage.Transform("Stage1", rows, 0, 1, 3)),
        ["Binarizer"] = _ => new Tried(new BinarizerStage.Form("Stage1", Size, 0.5), rows => BinarizerStage.TransformVectors("Stage1", rows, 0, 1, 0.5)),
        ["Binarizer, negative"] = _ => new Tried(new BinarizerStage.Form("Stage1", Size, -0.5), rows => BinarizerStage.TransformVectors("Stage1", rows, 0, 1, -0.5)),
        ["VectorSlicer"] = _ => new Tried(new ElementSelection("Stage1", Size, [4, 0, 2]), rows => VectorSlicerStage.Transform("Stage1", rows, 0, 1, 4, 0, 2)),
    };

    public static TheoryData<string> Names => [.. Stages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_is_its_rows_bit_for_bit(string name)
    {
        foreach ((bool dense, bool sparse) in new[] { (true, false), (false, true), (true, true) })
        {
            Vector[] rows = Batches.Random(3, Rows, Size, dense, sparse);
            ColumnBatch batch = Batches.Of(rows);
            Tried stage = Stages[name](batch);
            stage.Transform(batch);
            long[] made = Batches.Bits(batch, 1);
            Assert.Equal(made, rows.SelectMany(row => Batches.Bits(stage.Row.Transform(row).ToArray())));
            Assert.Equal(made, rows.SelectMany(row => Batches.Bits(DenseRow(stage.Row, row.ToArray()))));
            Assert.Equal(stage.Row.Size, batch.VectorAt(1, 0).Size);
            Assert.Equal(stage.Row.Size, batch.ElementsOf(1).Size);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_dense_row_allocates_nothing(string name)
    {
        IVectorForm stage = Stages[name](Batches.Of(Batches.Random(9, 100, Size, dense: true, sparse: false))).Row;
        double[] row = [1, 2, -3, 0, 0.5, 7];
        double[] made = new double[stage.Size];
        stage.Transform(row, made);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            stage.Transform(row, made);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_thread_gives_the_same_bits(string name)
    {
        Vector[] rows = Batches.Random(4, Rows, Size, dense: true, sparse: true);
        long[] Made()
        {
            ColumnBatch batch = Batches.Of(rows);
            Stages[name](batch).Transform(batch);
            return Batches.Bits(batch, 1);
        }

        long[] several = Made();
        using (Compute.OnThisThread())
            Assert.Equal(several, Made());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_gives_back_what_was_learnt(string name)
    {
        Vector[] rows = Batches.Random(5, 300, Size, dense: true, sparse: true);
        ColumnBatch batch = Batches.Of(rows);
        Tried stage = Stages[name](batch);
        if (stage.Reread is null)
            return;
        Tried read = stage.Reread();
        Assert.Equal(rows.SelectMany(row => Batches.Bits(stage.Row.Transform(row).ToArray())), rows.SelectMany(row => Batches.Bits(read.Row.Transform(row).ToArray())));
        Assert.Equal(stage.Describe!(), read.Describe!());
        Assert.False(string.IsNullOrWhiteSpace(read.Describe!()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Null_stays_null_and_is_not_learnt_from(string name)
    {
        Vector[] rows = Batches.Random(6, 200, Size, dense: true, sparse: false);
        Vector?[] gaps = [.. rows.SelectMany(row => new Vector?[] { row, null })];
        ColumnBatch whole = Batches.Of(rows);
        ColumnBatch batch = Batches.Of(gaps);
        Stages[name](whole).Transform(whole);
        Stages[name](batch).Transform(batch);
        Assert.Equal(gaps.Select(row => row is null), batch.Nulls(1).ToArray());
        batch.Keep([.. gaps.Select(row => row is not null)]);
        Assert.Equal(Batches.Bits(whole, 1), Batches.Bits(batch, 1));
    }

    [Fact]
    public void A_zero_stays_one_by_a_norm_that_is_NaN()
    {
        double[] dense = new double[3];
        NormalizerStage.Transform([double.NaN, 0, 2], dense, 2);
        Assert.Equal([double.NaN, 0, double.NaN], dense);
        Assert.Equal(dense, NormalizerStage.Transform(Vector.Sparse(3, [0, 2], [double.NaN, 2]), 2).ToArray());
    }

    // A batch may hold dense what came alone as sparse: which form it has must not be seen.
    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_finite_comes_out_of_a_dense_row_as_of_a_sparse_one(string name)
    {
        IVectorForm stage = Stages[name](Batches.Of(Batches.Random(9, 100, Size, dense: true, sparse: false))).Row;
        foreach (double[] row in new double[][] { [0, double.PositiveInfinity, 0, 2, 0, 0], [double.NaN, 0, 0, 1, 0, double.NegativeInfinity], [0, 0, double.NaN, 0, -0.0, 3], [0, -0.0, 0, 0, double.PositiveInfinity, double.NaN] })
        {
            int[] held = [.. Enumerable.Range(0, row.Length).Where(i => row[i] != 0)];
            Vector sparse = Vector.Sparse(row.Length, held, [.. held.Select(i => row[i])]);
            Assert.Equal(DenseRow(stage, row), stage.Transform(sparse).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vector_of_another_size_is_refused(string name)
    {
        Tried stage = Stages[name](Batches.Of(Batches.Random(7, 50, Size, dense: true, sparse: false)));
        if (stage.Reread is null)
            return;
        string wanted = $"Stage1 needs vectors of {Size} elements, but got one of 2";
        Assert.Equal(wanted, Assert.Throws<PipelineException>(() => stage.Row.Transform(new double[2], new double[stage.Row.Size])).Message);
        Assert.Equal(wanted, Assert.Throws<PipelineException>(() => stage.Row.Transform(Vector.Sparse(2, [1], [1]))).Message);
        Assert.Equal("Row 100: " + wanted, Assert.Throws<PipelineException>(() => stage.Transform(Batches.Of((Vector[])[Vector.Dense(1, 2)]))).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_cannot_be_learnt_from(string name)
    {
        ColumnBatch batch = Batches.Of(Batches.Random(8, 50, Size, dense: true, sparse: false));
        if (Stages[name](batch).Reread is null)
            return;
        batch.Set(0, batch.Vectors(0), nulls: [.. Enumerable.Repeat(true, 50)]);
        Assert.Equal("Stage1 has nothing to learn from: in is null in all 50 rows", Assert.Throws<PipelineException>(() => Stages[name](batch)).Message);
        batch.Keep(new bool[50]);
        Assert.Equal("Stage1 has no rows to learn from", Assert.Throws<PipelineException>(() => Stages[name](batch)).Message);
    }

    private static Func<ColumnBatch, Tried> Model<T>(Func<FitStep, ColumnBatch, T> fit, Action<T, ColumnBatch> transform, Func<T, IVectorForm> form)
        where T : IStageModel<T> => batch => Tried.Model(fit(Batches.Step("Stage1"), batch), transform, form);

    private static double[] DenseRow(IVectorForm stage, double[] row)
    {
        double[] made = new double[stage.Size];
        stage.Transform(row, made);
        return made;
    }

    /// <summary>A stage under test.</summary>
    private sealed record Tried(IVectorForm Row, Action<ColumnBatch> Transform, Func<Tried>? Reread = null, Func<string>? Describe = null)
    {
        public static Tried Model<T>(T model, Action<T, ColumnBatch> transform, Func<T, IVectorForm> form)
            where T : IStageModel<T> => new(form(model), rows => transform(model, rows), () => Model(Batches.Reread(model), transform, form), model.Describe);
    }
}
