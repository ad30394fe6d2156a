using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Keeps the elements whose variance is above a threshold. As Spark MLlib's: the sample's variance, over n - 1; there may be none.</summary>
public sealed class VarianceThresholdSelectorModel : IStageModel<VarianceThresholdSelectorModel>
{
    private readonly ElementSelection selection;

    private VarianceThresholdSelectorModel(ElementSelection selection) => this.selection = selection;

    /// <summary>The elements that are kept, ascending.</summary>
    public IReadOnlyList<int> SelectedFeatures => selection.Elements;

    /// <summary>Elements of what goes out.</summary>
    public int Size => selection.Size;

    /// <summary>What runs over rows.</summary>
    internal IVectorForm Form => selection;

    /// <summary>Learns from a batch.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <param name="varianceThreshold">The variance that is not enough.</param>
    /// <exception cref="PipelineException">There are no rows, or an element is NaN or infinite.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static VarianceThresholdSelectorModel Fit(FitStep step, ColumnBatch batch, int input, double varianceThreshold)
    {
        double[] variance = ColumnMoments.Of(VectorForm.FiniteRowsOf(step, batch, input), null).Variance;
        return new VarianceThresholdSelectorModel(new ElementSelection(step.Stage, variance.Length, [.. Enumerable.Range(0, variance.Length).Where(i => variance[i] > varianceThreshold)]));
    }

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">The vectors have another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output) => selection.Transform(batch, input, output);

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go: <see cref="Size"/> elements.</param>
    /// <exception cref="PipelineException">The row has another size.</exception>
    public void Transform(ReadOnlySpan<double> input, Span<double> output) => selection.Transform(input, output);

    /// <summary>A row; a sparse one stays sparse.</summary>
    /// <exception cref="PipelineException">The row has another size.</exception>
    public Vector Transform(Vector input) => selection.Transform(input);

    /// <inheritdoc/>
    public string Describe() => selection.Describe();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer) => selection.Write(writer);

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static VarianceThresholdSelectorModel Read(StageReader reader) => new(ElementSelection.Read(reader));
}
