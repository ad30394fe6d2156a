using System;
using System.ComponentModel;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary><c>Split</c>: which rows the stages behind it are fitted on, and which are held back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SplitStage
{
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
