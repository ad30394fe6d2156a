using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Into which of the buckets between splits a number falls: [a, b), the last one [a, b]. As Spark MLlib's, where -0 lies below a split at 0; but null counts as NaN does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BucketizerStage
{
    /// <summary>How many classes there are.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="handleInvalid">What becomes of NaN and null.</param>
    public static int NumClasses(double[] splits, HandleInvalid handleInvalid) => splits.Length - (handleInvalid == HandleInvalid.Keep ? 0 : 1);

    /// <summary>The columnar form.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows; those of NaN and null are dropped with <see cref="HandleInvalid.Skip"/>.</param>
    /// <param name="input">The column of numbers.</param>
    /// <param name="output">The column of class numbers that is made.</param>
    /// <param name="splits">At least 3, ascending; infinities allowed.</param>
    /// <param name="handleInvalid">What becomes of NaN and null.</param>
    /// <param name="isTraining">What is made is a training column: null for NaN and null, unless they are kept.</param>
    /// <exception cref="PipelineException">A number lies outside the splits, or is NaN or null where that is an error.</exception>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, double[] splits, HandleInvalid handleInvalid, bool isTraining = false)
    {
        batch.SetClasses(output, NumClasses(splits, handleInvalid), null);
        bool[]? nulls = EachRow.NullsOf(batch, input);
        double[] values = batch.Numbers(input).ToArray();
        EachRow.ClassNumbers(batch, output, isTraining, row => Transform(stage, nulls is not null && nulls[row] ? double.NaN : values[row], splits, handleInvalid, isTraining));
    }

    /// <summary>The bucket of a number.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="value">The number; NaN for null.</param>
    /// <param name="splits">At least 3, ascending; infinities allowed.</param>
    /// <param name="handleInvalid">What becomes of NaN.</param>
    /// <param name="isTraining">What is made is a training column.</param>
    /// <returns>NaN where the row is to be dropped, or in a training column has no class.</returns>
    /// <exception cref="PipelineException">The number lies outside the splits, or is NaN where that is an error.</exception>
    public static double Transform(string stage, double value, double[] splits, HandleInvalid handleInvalid, bool isTraining = false)
    {
        if (double.IsNaN(value))
        {
            return handleInvalid == HandleInvalid.Keep ? splits.Length - 1
                : handleInvalid == HandleInvalid.Skip || isTraining ? double.NaN
                : throw new PipelineException(stage, "needs numbers, but got NaN or null: HandleInvalid.Keep gives it a bucket of its own, Skip drops the row");
        }

        if (value == splits[^1])
            return splits.Length - 2;
        int bucket = LastNotAbove(splits, value);
        return bucket >= 0 && bucket < splits.Length - 1
            ? bucket
            : throw new PipelineException(stage, $"has buckets from {Shown.Exactly(splits[0])} to {Shown.Exactly(splits[^1])}, but got {Shown.Exactly(value)}");
    }

    /// <summary>The last split that is not above a value, in the order in which -0 lies below 0; -1: none.</summary>
    private static int LastNotAbove(double[] splits, double value)
    {
        int low = 0;
        int high = splits.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (IsAbove(splits[middle], value))
                high = middle;
            else
                low = middle + 1;
        }

        return low - 1;
    }

    private static bool IsAbove(double split, double value) => split > value || (split == value && double.IsNegative(value) && !double.IsNegative(split));
}
