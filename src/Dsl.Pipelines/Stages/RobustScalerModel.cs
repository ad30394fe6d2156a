using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Centres elements on their median (<c>WithCentering</c>) and divides them by the range between two quantiles (<c>WithScaling</c>), which outliers do not move. As Spark MLlib's with relativeError 0.</summary>
public sealed class RobustScalerModel : ScalerModel, IStageModel<RobustScalerModel>
{
    private const double Middle = 0.5;

    private RobustScalerModel(string stage, double[] median, double[] range, bool withCentering, bool withScaling)
        : base(new ShiftAndScale(stage, median.Length, withCentering ? median : null, withScaling ? Array.ConvertAll(range, ShiftAndScale.Inverse) : null))
    {
        Median = new Vector(median, 0, median.Length);
        Range = new Vector(range, 0, range.Length);
    }

    /// <summary>The median of each element, a value that occurs.</summary>
    public Vector Median { get; }

    /// <summary>The upper quantile of each element less the lower one.</summary>
    public Vector Range { get; }

    /// <summary>Learns from a batch; NaN is left out.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <param name="lower">The lower quantile, above 0.</param>
    /// <param name="upper">The upper quantile, above the lower one and below 1.</param>
    /// <param name="withCentering">Centres; sparse vectors become dense.</param>
    /// <param name="withScaling">Divides by the range.</param>
    /// <exception cref="PipelineException">There are no rows, or an element is NaN in all.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static RobustScalerModel Fit(FitStep step, ColumnBatch batch, int input, double lower, double upper, bool withCentering, bool withScaling)
    {
        double[][] quantiles = Quantiles.OfElements(VectorForm.RowsOf(step, batch, input), lower, Middle, upper);
        int nothing = Array.FindIndex(quantiles, found => found.Length == 0);
        if (nothing >= 0)
            throw step.Nothing($"element {nothing} ({batch.ElementsOf(input)[nothing]}) of {batch.NameOf(input)} is NaN in all rows");
        return new RobustScalerModel(step.Stage, Array.ConvertAll(quantiles, found => found[1]), Array.ConvertAll(quantiles, found => found[2] - found[0]), withCentering, withScaling);
    }

    /// <inheritdoc/>
    public string Describe() => $"median {Shown.Of(Median.AsSpan())}; range {Shown.Of(Range.AsSpan())}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Numbers("Median", Median.AsSpan());
        writer.Numbers("Range", Range.AsSpan());
        writer.Number("WithCentering", Scale.Shift is null ? 0 : 1);
        writer.Number("WithScaling", Scale.Factor is null ? 0 : 1);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static RobustScalerModel Read(StageReader reader)
    {
        double[] median = reader.Numbers("Median", -1);
        return new RobustScalerModel(reader.Stage, median, reader.Numbers("Range", median.Length), reader.Whole("WithCentering", 0, 1) == 1, reader.Whole("WithScaling", 0, 1) == 1);
    }
}
