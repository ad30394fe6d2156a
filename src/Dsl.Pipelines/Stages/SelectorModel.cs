using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>What fitted selectors have in common: some elements of a vector go out, in their order, with their names and classes.</summary>
public abstract class SelectorModel
{
    private protected SelectorModel(ElementSelection selection) => Selection = selection;

    /// <summary>Elements of what goes out.</summary>
    public int Size => Selection.Size;

    /// <summary>What runs over rows.</summary>
    internal IVectorForm Form => Selection;

    /// <summary>Which elements go out.</summary>
    private protected ElementSelection Selection { get; }

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">The vectors have another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output) => Selection.Transform(batch, input, output);

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go: <see cref="Size"/> elements.</param>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ReadOnlySpan<double> input, Span<double> output) => Selection.Transform(input, output);

    /// <summary>A row; a sparse one stays sparse.</summary>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Vector Transform(Vector input) => Selection.Transform(input);

    /// <inheritdoc cref="IStageModel{TSelf}.Describe"/>
    public string Describe() => Selection.Describe();
}
