using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Keeps the elements whose variance is above a threshold. As Spark MLlib's: the sample's variance, over n - 1; there may be none.</summary>
public sealed class VarianceThresholdSelectorModel : SelectorModel, IStageModel<VarianceThresholdSelectorModel>
{
    private VarianceThresholdSelectorModel(ElementSelection selection)
        : base(selection)
    {
    }

    /// <summary>The elements that are kept, ascending.</summary>
    public IReadOnlyList<int> SelectedFeatures => Array.AsReadOnly(Selection.Elements);

    /// <summary>Learns from a batch.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <param name="varianceThreshold">The variance that is not enough.</param>
    /// <exception cref="PipelineException">There are no rows, or an element is NaN or infinite.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static VarianceThresholdSelectorModel Fit(FitStep step, ColumnBatch batch, int input, double varianceThreshold)
    {
        // One that leaves a double's range is no number, and above no threshold, as in Spark MLlib.
        double[] variance = ColumnMoments.Of(VectorForm.FiniteRowsOf(step, batch, input), null).Variance;
        return new VarianceThresholdSelectorModel(new ElementSelection(step.Stage, variance.Length, [.. Enumerable.Range(0, variance.Length).Where(i => variance[i] > varianceThreshold)]));
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer) => Selection.Write(writer);

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static VarianceThresholdSelectorModel Read(StageReader reader) => new(ElementSelection.Read(reader));
}
