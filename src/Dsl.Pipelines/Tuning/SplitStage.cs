using System;
using System.ComponentModel;
using System.Globalization;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary><c>Split</c>: which rows the stages behind it are fitted on, and which are held back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SplitStage
{
    /// <summary>Leaves out the rows that have nothing to stratify by: they are neither fitted on nor scored.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows that reach it.</param>
    /// <param name="column">What it stratifies by, which may be null.</param>
    /// <exception cref="PipelineException">No row is left.</exception>
    public static void LeaveOut(string stage, ColumnBatch batch, int column)
    {
        ArgumentNullException.ThrowIfNull(batch);
        bool[] has = new bool[batch.Count];
        for (int row = 0; row < has.Length; row++)
            has[row] = !RowColumns.IsMissing(batch, column, row);
        if (has.Length > 0 && !has.AsSpan().Contains(true))
            throw new PipelineException(stage, string.Create(CultureInfo.InvariantCulture, $"has nothing to part: none of {has.Length} rows has a {batch.NameOf(column)}"));
        batch.Keep(has);
    }

    /// <summary>Draws the rows to fit on: of every stratum that share, rounded to whole rows, by a shuffle that depends on the seed, the stratum and its number of rows alone.</summary>
    /// <param name="step">The stage; its seed is drawn from.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="train">The share to fit on, between 0 and 1.</param>
    /// <param name="strata">Each row's stratum, by <see cref="Strata"/>; null: all are one.</param>
    /// <returns>For each row whether the stages are fitted on it.</returns>
    /// <exception cref="PipelineException">There are no rows.</exception>
    public static bool[] Train(FitStep step, int rows, double train, int[]? strata)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (rows == 0)
            throw step.Wrong("has no rows to part");
        bool[] isTrain = new bool[rows];
        ulong stream = 0;
        bool any = false;
        foreach (int[] group in Strata.Groups(rows, strata))
        {
            Shuffle.InPlace(group, step.Seed, Philox.Stream(RandomPurpose.Split, stream++));
            int count = (int)Math.Round(group.Length * train, MidpointRounding.AwayFromZero);
            any |= count > 0;
            foreach (int row in group.AsSpan(0, count))
                isTrain[row] = true;
        }

        // A share that rounds to nothing still leaves a row to learn from.
        if (!any)
            isTrain[0] = true;
        return isTrain;
    }
}
