using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Divides elements by their largest absolute value, so that they lie between -1 and 1; an element that is always 0 stays. As Spark MLlib's.</summary>
public sealed class MaxAbsScalerModel : ScalerModel, IStageModel<MaxAbsScalerModel>
{
    private MaxAbsScalerModel(string stage, double[] maxAbs)
        : base(new ShiftAndScale(stage, maxAbs.Length, null, Array.ConvertAll(maxAbs, most => most == 0 ? 1 : 1 / most)))
    {
        MaxAbs = new Vector(maxAbs, 0, maxAbs.Length);
    }

    /// <summary>The largest absolute value of each element.</summary>
    public Vector MaxAbs { get; }

    /// <summary>Learns from a batch; NaN is left out.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <exception cref="PipelineException">There are no rows.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static MaxAbsScalerModel Fit(FitStep step, ColumnBatch batch, int input)
    {
        ColumnExtremes extremes = ColumnExtremes.Of(VectorForm.RowsOf(step, batch, input));
        double[] maxAbs = new double[extremes.Least.Length];
        for (int i = 0; i < maxAbs.Length; i++)
            maxAbs[i] = Math.Max(Math.Abs(extremes.Least[i]), Math.Abs(extremes.Most[i]));
        return new MaxAbsScalerModel(step.Stage, maxAbs);
    }

    /// <inheritdoc/>
    public string Describe() => $"largest {Shown.Of(MaxAbs.AsSpan())}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer) => writer.Numbers("MaxAbs", MaxAbs.AsSpan());

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static MaxAbsScalerModel Read(StageReader reader) => new(reader.Stage, reader.Numbers("MaxAbs", -1));
}
