using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Keeps the elements of the highest importance in a tree, a forest or boosting; of equals the first.</summary>
public sealed class SelectByImportanceModel : SelectorModel, IStageModel<SelectByImportanceModel>
{
    private SelectByImportanceModel(ElementSelection selection)
        : base(selection)
    {
    }

    /// <summary>The elements that are kept, ascending.</summary>
    public IReadOnlyList<int> SelectedFeatures => Array.AsReadOnly(Selection.Elements);

    /// <summary>Learns from a tree, a forest or boosting.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors, those that the model was fitted on.</param>
    /// <param name="importances">The importance of each element in that model.</param>
    /// <param name="top">How many elements are kept, 1 to the size of the vectors.</param>
    /// <exception cref="PipelineException">The vectors have another size than the importances, or fewer than <paramref name="top"/> elements.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static SelectByImportanceModel Fit(FitStep step, ColumnBatch batch, int input, Vector importances, int top)
    {
        int size = batch.Vectors(input).Size;
        if (importances.Size != size)
            throw step.Wrong($"selects by the importances of {importances.Size} elements, but {batch.NameOf(input)} has {size}");
        if (top > size)
            throw step.Wrong($"is to keep {top} elements, but {batch.NameOf(input)} has {size}");
        double[] importance = importances.ToArray();
        IEnumerable<int> order = Enumerable.Range(0, size).OrderByDescending(i => importance[i]).ThenBy(i => i);
        return new SelectByImportanceModel(new ElementSelection(step.Stage, size, [.. order.Take(top).Order()]));
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer) => Selection.Write(writer);

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static SelectByImportanceModel Read(StageReader reader) => new(ElementSelection.Read(reader));
}
