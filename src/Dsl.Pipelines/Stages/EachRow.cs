using System;
using System.Collections.Generic;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Stages;

/// <summary>The row form of a stage over the rows of a batch, on all threads; of the rows that it cannot take the first is the error.</summary>
internal static class EachRow
{
    // Some tens of microseconds of the cheapest stage's work, and parts enough of some thousands of rows that threads end together.
    private const int RowsAPart = 512;

    /// <summary>Calls <paramref name="row"/> once for each row.</summary>
    public static void Run(ColumnBatch batch, Action<int> row)
    {
        int count = batch.Count;
        FirstFlaw flaw = new(batch);
        ParallelParts.Run((count + RowsAPart - 1) / RowsAPart, part => flaw.Watch(part * RowsAPart, Math.Min(count, (part + 1) * RowsAPart), row));
        flaw.Throw();
    }

    /// <summary>Calls <paramref name="row"/> once for each row of a column of vectors: with its block, and its place there.</summary>
    public static void Run(ColumnBatch batch, FeatureRows vectors, Action<FeatureBlock, int> row)
    {
        IReadOnlyList<FeatureBlock> blocks = vectors.Blocks;
        FirstFlaw flaw = new(batch);
        ParallelParts.Run(blocks.Count, part =>
        {
            FeatureBlock block = blocks[part];
            flaw.Watch(block.First, block.First + block.Rows, at => row(block, at - block.First));
        });
        flaw.Throw();
    }

    /// <summary>Of each row whether a column is null there; null where it never is. A copy.</summary>
    public static bool[]? NullsOf(ColumnBatch batch, int column) => batch.Nulls(column) is { IsEmpty: false } nulls ? nulls.ToArray() : null;

    /// <summary>A number a row out of a number a row; null stays null.</summary>
    public static void Numbers(ColumnBatch batch, int input, int output, Func<double, double> transform)
    {
        bool[]? nulls = NullsOf(batch, input);
        double[] made = batch.Numbers(input).ToArray();
        Run(batch, row => made[row] = nulls is not null && nulls[row] ? double.NaN : transform(made[row]));
        batch.Set(output, made, nulls);
    }

    /// <summary>A class number a row, where NaN says that the row has none: of a training column it is null then, else the row is dropped.</summary>
    public static void ClassNumbers(ColumnBatch batch, int output, bool isTraining, Func<int, double> transform)
    {
        double[] made = new double[batch.Count];
        bool[] has = new bool[batch.Count];
        Run(batch, row =>
        {
            made[row] = transform(row);
            has[row] = !double.IsNaN(made[row]);
        });
        batch.Set(output, made, MissingOf(has, isTraining));
        if (!isTraining)
            batch.Keep(has);
    }

    /// <summary>Which rows of a column are null: of a training column those that have nothing, else none, as such rows go.</summary>
    public static bool[]? MissingOf(bool[] has, bool isTraining) => isTraining && has.AsSpan().Contains(false) ? Array.ConvertAll(has, there => !there) : null;
}

/// <summary>The flaw of the first row that has one, whichever thread met it.</summary>
internal sealed class FirstFlaw(ColumnBatch batch)
{
    private readonly Lock gate = new();
    private PipelineException? flaw;
    private int first = int.MaxValue;

    /// <summary>Calls <paramref name="row"/> for a run of rows until one is wrong.</summary>
    public void Watch(int at, int end, Action<int> row)
    {
        try
        {
            for (; at < end; at++)
                row(at);
        }
        catch (PipelineException met)
        {
            lock (gate)
            {
                if (at < first)
                    (first, flaw) = (at, met);
            }
        }
    }

    /// <summary>Throws it, with its row, once all rows are done.</summary>
    public void Throw()
    {
        if (flaw is not null)
            throw flaw.At(batch.RowOf(first));
    }
}
