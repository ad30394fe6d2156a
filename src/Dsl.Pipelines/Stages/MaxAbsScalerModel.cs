using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Divides elements by their largest absolute value, so that they lie between -1 and 1; an element that is always 0 stays. As Spark MLlib's.</summary>
public sealed class MaxAbsScalerModel : IStageModel<MaxAbsScalerModel>
{
    private readonly ShiftAndScale scale;

    private MaxAbsScalerModel(string stage, double[] maxAbs)
    {
        MaxAbs = new Vector(maxAbs, 0, maxAbs.Length);
        scale = new ShiftAndScale(stage, maxAbs.Length, null, Array.ConvertAll(maxAbs, most => most == 0 ? 1 : 1 / most));
    }

    /// <summary>The largest absolute value of each element.</summary>
    public Vector MaxAbs { get; }

    /// <summary>Elements of what comes in and goes out.</summary>
    public int Size => MaxAbs.Size;

    /// <summary>What runs over rows.</summary>
    internal IVectorForm Form => scale;

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

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">The vectors have another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output) => scale.Transform(batch, input, output);

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go, as many.</param>
    /// <exception cref="PipelineException">The row has another size.</exception>
    public void Transform(ReadOnlySpan<double> input, Span<double> output) => scale.Transform(input, output);

    /// <summary>A row; a sparse one stays sparse.</summary>
    /// <exception cref="PipelineException">The row has another size.</exception>
    public Vector Transform(Vector input) => scale.Transform(input);

    /// <inheritdoc/>
    public string Describe() => $"largest {Shown.Of(MaxAbs.AsSpan())}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer) => writer.Numbers("MaxAbs", MaxAbs.AsSpan());

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static MaxAbsScalerModel Read(StageReader reader) => new(reader.Stage, reader.Numbers("MaxAbs", -1));
}
