using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Moves elements into a range. As Spark MLlib's: an element that never changes becomes the range's middle, new values may lie outside, NaN stays.</summary>
public sealed class MinMaxScalerModel : IStageModel<MinMaxScalerModel>, IVectorForm
{
    private readonly string stage;
    private readonly double min;
    private readonly double max;
    private readonly double[] least;
    // 0 of an element that never changes.
    private readonly double[] factor;

    private MinMaxScalerModel(string stage, double[] least, double[] most, double min, double max)
    {
        this.stage = stage;
        this.least = least;
        this.min = min;
        this.max = max;
        OriginalMin = new Vector(least, 0, least.Length);
        OriginalMax = new Vector(most, 0, most.Length);
        factor = new double[least.Length];
        for (int i = 0; i < factor.Length; i++)
        {
            double range = most[i] - least[i];
            factor[i] = range != 0 ? (max - min) / range : 0;
        }
    }

    /// <summary>The smallest value of each element.</summary>
    public Vector OriginalMin { get; }

    /// <summary>The largest value of each element.</summary>
    public Vector OriginalMax { get; }

    /// <summary>Elements of what comes in and goes out.</summary>
    public int Size => least.Length;

    string IVectorForm.Stage => stage;

    int IVectorForm.InputSize => Size;

    bool IVectorForm.KeepsSparse => false;

    /// <summary>Learns from a batch; NaN is left out.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <param name="min">Where the smallest value goes.</param>
    /// <param name="max">Where the largest value goes.</param>
    /// <exception cref="PipelineException">There are no rows.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static MinMaxScalerModel Fit(FitStep step, ColumnBatch batch, int input, double min, double max)
    {
        ColumnExtremes extremes = ColumnExtremes.Of(VectorForm.RowsOf(step, batch, input));
        return new MinMaxScalerModel(step.Stage, extremes.Least, extremes.Most, min, max);
    }

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">The vectors have another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output) => VectorForm.Transform(this, batch, input, output, batch.ElementsOf(input).AsNumbers());

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go, as many.</param>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ReadOnlySpan<double> input, Span<double> output)
    {
        VectorForm.CheckSize(stage, input.Length, Size);
        for (int i = 0; i < input.Length; i++)
        {
            double x = input[i];
            output[i] = double.IsNaN(x) ? x : factor[i] != 0 ? ((x - least[i]) * factor[i]) + min : (min + max) / 2;
        }
    }

    /// <summary>A row; it becomes dense.</summary>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Vector Transform(Vector input) => VectorForm.Dense(this, input);

    /// <inheritdoc/>
    public string Describe() => $"from {Shown.Of(OriginalMin.AsSpan())} to {Shown.Of(OriginalMax.AsSpan())}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Numbers("OriginalMin", OriginalMin.AsSpan());
        writer.Numbers("OriginalMax", OriginalMax.AsSpan());
        writer.Number("Min", min);
        writer.Number("Max", max);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static MinMaxScalerModel Read(StageReader reader)
    {
        double[] least = reader.Numbers("OriginalMin", -1);
        return new MinMaxScalerModel(reader.Stage, least, reader.Numbers("OriginalMax", least.Length), reader.Number("Min"), reader.Number("Max"));
    }
}
