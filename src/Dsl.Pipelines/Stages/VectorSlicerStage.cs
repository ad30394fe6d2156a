using System;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Some elements of a vector, in the order written.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorSlicerStage
{
    /// <summary>The columnar form; null stays null.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <param name="indices">The elements, from 0, each once.</param>
    /// <exception cref="PipelineException">There is no such element.</exception>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, params int[] indices)
    {
        int size = batch.Vectors(input).Size;
        if (batch.Count > 0 && indices.Max() >= size)
            throw Missing(stage, indices, size).At(batch.RowOf(0));
        new ElementSelection(stage, size, indices).Transform(batch, input, output);
    }

    /// <summary>A dense row.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go, as many as <paramref name="indices"/>.</param>
    /// <param name="indices">The elements, from 0, each once.</param>
    /// <exception cref="PipelineException">There is no such element.</exception>
    public static void Transform(string stage, ReadOnlySpan<double> input, Span<double> output, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
            output[i] = indices[i] < input.Length ? input[indices[i]] : throw Missing(stage, indices.ToArray(), input.Length);
    }

    /// <summary>A row; a sparse one stays sparse.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="input">The row.</param>
    /// <param name="indices">The elements, from 0, each once.</param>
    /// <exception cref="PipelineException">There is no such element.</exception>
    public static Vector Transform(string stage, Vector input, params int[] indices) =>
        indices.Max() < input.Size ? new ElementSelection(stage, input.Size, indices).Transform(input) : throw Missing(stage, indices, input.Size);

    private static PipelineException Missing(string stage, int[] indices, int size) => new(stage, $"takes element {indices.Max()}, but got a vector of {size} elements, 0 to {size - 1}");
}
