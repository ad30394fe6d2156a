using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Buckets of about equally many rows, from -∞ to ∞. As Spark MLlib's with relativeError 0: equal quantiles make one bucket.</summary>
public sealed class QuantileDiscretizerModel : IStageModel<QuantileDiscretizerModel>
{
    private readonly string stage;
    private readonly double[] splits;
    private readonly HandleInvalid handleInvalid;
    private readonly bool isTraining;

    private QuantileDiscretizerModel(string stage, double[] splits, HandleInvalid handleInvalid, bool isTraining)
    {
        this.stage = stage;
        this.splits = splits;
        this.handleInvalid = handleInvalid;
        this.isTraining = isTraining;
    }

    /// <summary>Where one bucket ends and the next begins, with -∞ and ∞.</summary>
    public Vector Splits => new(splits, 0, splits.Length);

    /// <summary>How many classes there are; one more with <see cref="HandleInvalid.Keep"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int NumClasses => BucketizerStage.NumClasses(splits, handleInvalid);

    /// <summary>Learns from a batch; NaN and null are left out.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of numbers.</param>
    /// <param name="numBuckets">As many buckets at most, at least 2.</param>
    /// <param name="handleInvalid">What becomes of NaN and null.</param>
    /// <param name="isTraining">What is made is a training column: null for NaN and null, unless they are kept.</param>
    /// <exception cref="PipelineException">No row has a number.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static QuantileDiscretizerModel Fit(FitStep step, ColumnBatch batch, int input, int numBuckets, HandleInvalid handleInvalid, bool isTraining = false)
    {
        bool[]? nulls = EachRow.NullsOf(batch, input);
        double[] values = [.. batch.Numbers(input).ToArray().Where((value, row) => !double.IsNaN(value) && (nulls is null || !nulls[row]))];
        if (values.Length == 0)
            throw batch.Count == 0 ? step.NoRows() : step.Nothing($"{batch.NameOf(input)} is null or NaN in all {batch.Count} rows");
        Array.Sort(values);
        return new QuantileDiscretizerModel(step.Stage, SplitsOf(values, numBuckets), handleInvalid, isTraining);
    }

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows; those of NaN and null are dropped with <see cref="HandleInvalid.Skip"/>.</param>
    /// <param name="input">The column of numbers.</param>
    /// <param name="output">The column of class numbers that is made.</param>
    /// <exception cref="PipelineException">A number is NaN or null where that is an error.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output) => BucketizerStage.Transform(stage, batch, input, output, splits, handleInvalid, isTraining);

    /// <summary>The bucket of a number.</summary>
    /// <param name="value">The number; NaN for null.</param>
    /// <returns>NaN where the row is to be dropped, or in a training column has no class.</returns>
    /// <exception cref="PipelineException">The number is NaN where that is an error.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Transform(double value) => BucketizerStage.Transform(stage, value, splits, handleInvalid, isTraining);

    /// <inheritdoc/>
    public string Describe() => $"{NumClasses} classes, splits {Shown.Of(splits)}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Numbers("Splits", splits);
        writer.Number("HandleInvalid", (int)handleInvalid);
        writer.Number("IsTraining", isTraining ? 1 : 0);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static QuantileDiscretizerModel Read(StageReader reader)
    {
        double[] splits = reader.Numbers("Splits", -1);
        if (splits.Length < 2 || !splits.Zip(splits.Skip(1)).All(pair => pair.First < pair.Second))
            throw reader.Wrong("Splits", "do not ascend");
        return new QuantileDiscretizerModel(
            reader.Stage, splits, (HandleInvalid)reader.Whole("HandleInvalid", 0, (int)HandleInvalid.Keep), reader.Whole("IsTraining", 0, 1) == 1);
    }

    /// <summary>Splits between buckets of sorted values.</summary>
    internal static double[] SplitsOf(double[] sorted, int numBuckets)
    {
        List<double> splits = [double.NegativeInfinity];
        for (int i = 1; i < numBuckets; i++)
        {
            // A split at -0 would be one at 0 for all but the order of bits.
            double split = Quantiles.OfSorted(sorted, (double)i / numBuckets) + 0.0;
            if (split > splits[^1] && !double.IsPositiveInfinity(split))
                splits.Add(split);
        }

        return [.. splits, double.PositiveInfinity];
    }
}
