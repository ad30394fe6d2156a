using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>What fitted scalers have in common that shift elements and multiply them, each by a number of its own.</summary>
public abstract class ScalerModel
{
    private protected ScalerModel(ShiftAndScale scale) => Scale = scale;

    /// <summary>Elements of what comes in and goes out.</summary>
    public int Size => Scale.Size;

    /// <summary>What runs over rows.</summary>
    internal IVectorForm Form => Scale;

    /// <summary>What is done to an element.</summary>
    private protected ShiftAndScale Scale { get; }

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">The vectors have another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output) => Scale.Transform(batch, input, output);

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go, as many.</param>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ReadOnlySpan<double> input, Span<double> output) => Scale.Transform(input, output);

    /// <summary>A row; a sparse one stays sparse unless it is shifted.</summary>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Vector Transform(Vector input) => Scale.Transform(input);
}
