using System;
using System.ComponentModel;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Centres elements (<c>WithMean</c>) and divides them by their deviation (<c>WithStd</c>). As Spark MLlib's: the deviation is the sample's, over n - 1; an element that never changes becomes 0.</summary>
public sealed class StandardScalerModel : IStageModel<StandardScalerModel>
{
    private readonly ShiftAndScale scale;

    private StandardScalerModel(string stage, double[] mean, double[] std, bool withMean, bool withStd)
    {
        Mean = new Vector(mean, 0, mean.Length);
        Std = new Vector(std, 0, std.Length);
        scale = new ShiftAndScale(stage, mean.Length, withMean ? mean : null, withStd ? Array.ConvertAll(std, ShiftAndScale.Inverse) : null);
    }

    /// <summary>The mean of each element.</summary>
    public Vector Mean { get; }

    /// <summary>The sample deviation of each element.</summary>
    public Vector Std { get; }

    /// <summary>Elements of what comes in and goes out.</summary>
    public int Size => Mean.Size;

    /// <summary>What runs over rows.</summary>
    internal IVectorForm Form => scale;

    /// <summary>Learns from a batch.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <param name="withMean">Centres; sparse vectors become dense.</param>
    /// <param name="withStd">Divides by the deviation.</param>
    /// <exception cref="PipelineException">There are no rows.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StandardScalerModel Fit(FitStep step, ColumnBatch batch, int input, bool withMean, bool withStd) =>
        Fit(step.Stage, VectorForm.RowsOf(step, batch, input), withMean, withStd);

    /// <summary>Learns from rows.</summary>
    internal static StandardScalerModel Fit(string stage, FeatureRows rows, bool withMean, bool withStd)
    {
        ColumnMoments moments = ColumnMoments.Of(rows, null);
        return new StandardScalerModel(stage, moments.Mean, moments.Deviation, withMean, withStd);
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

    /// <summary>A row; a sparse one stays sparse unless it is centred.</summary>
    /// <exception cref="PipelineException">The row has another size.</exception>
    public Vector Transform(Vector input) => scale.Transform(input);

    /// <inheritdoc/>
    public string Describe() => $"mean {Shown.Of(Mean.AsSpan())}; deviation {Shown.Of(Std.AsSpan())}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Numbers("Mean", Mean.AsSpan());
        writer.Numbers("Std", Std.AsSpan());
        writer.Number("WithMean", scale.Shift is null ? 0 : 1);
        writer.Number("WithStd", scale.Factor is null ? 0 : 1);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StandardScalerModel Read(StageReader reader)
    {
        double[] mean = reader.Numbers("Mean", -1);
        return new StandardScalerModel(reader.Stage, mean, reader.Numbers("Std", mean.Length), reader.Whole("WithMean", 0, 1) == 1, reader.Whole("WithStd", 0, 1) == 1);
    }
}
