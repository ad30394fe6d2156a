using System;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Stages;

/// <summary>What stages from one vector to another have in common.</summary>
internal static class VectorForm
{
    /// <summary>The row form over a column, on all threads: sparse rows stay sparse where the stage allows it, null stays null.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column that comes in.</param>
    /// <param name="output">The column that is made.</param>
    /// <param name="elements">What its elements are.</param>
    public static void Transform<T>(T stage, ColumnBatch batch, int input, int output, ElementNames elements)
        where T : IVectorForm
    {
        FeatureRows rows = batch.Vectors(input);
        CheckSize(stage.Stage, batch, rows, stage.InputSize);
        bool[]? nulls = EachRow.NullsOf(batch, input);
        int size = stage.Size;
        batch.Set(output, FeatureRows.Made(size, batch.Count, (first, count) => Block(stage, rows, nulls, size, first, count)), elements, nulls);
    }

    /// <summary>The rows that a stage learns from: those that are not null.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public static FeatureRows RowsOf(FitStep step, ColumnBatch batch, int input)
    {
        FeatureRows rows = batch.Vectors(input);
        if (EachRow.NullsOf(batch, input) is { } nulls)
            rows = rows.Where(Array.ConvertAll(nulls, isNull => !isNull));
        if (rows.Count > 0)
            return rows;
        throw batch.Count == 0 ? step.NoRows() : step.Nothing($"{batch.NameOf(input)} is null in all {batch.Count} rows");
    }

    /// <summary>Likewise, where NaN and infinities cannot be learnt from.</summary>
    /// <exception cref="PipelineException">There is none, or an element is NaN or infinite.</exception>
    public static FeatureRows FiniteRowsOf(FitStep step, ColumnBatch batch, int input)
    {
        FeatureRows rows = RowsOf(step, batch, input);
        TrainingRows.Of(step, batch, input, -1, -1);
        return rows;
    }

    /// <summary>The row form of a vector by way of the dense one.</summary>
    public static Vector Dense<T>(T stage, Vector input)
        where T : IVectorForm
    {
        double[] made = new double[stage.Size];
        stage.Transform(input.IsSparse ? input.ToArray() : input.AsSpan(), made);
        return new Vector(made, 0, made.Length);
    }

    /// <summary>Refuses a vector of another size.</summary>
    public static void CheckSize(string stage, int size, int wanted)
    {
        if (size != wanted)
            throw WrongSize(stage, size, wanted);
    }

    /// <summary>Refuses a column of vectors of another size, naming the first row.</summary>
    public static void CheckSize(string stage, ColumnBatch batch, FeatureRows rows, int wanted)
    {
        if (batch.Count > 0 && rows.Size != wanted)
            throw WrongSize(stage, rows.Size, wanted).At(batch.RowOf(0));
    }

    private static PipelineException WrongSize(string stage, int size, int wanted) => new(stage, $"needs vectors of {wanted} elements, but got one of {size}");

    private static FeatureBlock Block<T>(T stage, FeatureRows rows, bool[]? nulls, int size, int first, int count)
        where T : IVectorForm
    {
        if (stage.KeepsSparse && rows.AreSparse(first, count))
            return FeatureRows.BlockOf(size, first, count, row => nulls is not null && nulls[row] ? Vector.Sparse(size, [], []) : stage.Transform(rows.At(row)));
        double[] values = new double[count * size];
        double[]? dense = null;
        for (int i = 0; i < count; i++)
        {
            if (nulls is not null && nulls[first + i])
                continue;
            Vector row = rows.At(first + i);
            if (row.IsSparse)
            {
                row.CopyTo(dense ??= new double[row.Size]);
                stage.Transform(dense, values.AsSpan(i * size, size));
            }
            else
            {
                stage.Transform(row.AsSpan(), values.AsSpan(i * size, size));
            }
        }

        return new FeatureBlock(first, count, size, values, null, null);
    }
}
