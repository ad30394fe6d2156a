using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>What fitted trees, forests and boosted trees have in common that predict numbers.</summary>
public abstract class TreeRegressorModel
{
    private protected TreeRegressorModel(TreeRegressor regressor, bool isEachTreeNormalized)
    {
        Regressor = regressor;
        FeatureImportances = regressor.Trees.Importances(isEachTreeNormalized);
    }

    /// <inheritdoc cref="TreeClassifierModel.FeatureImportances"/>
    public Vector FeatureImportances { get; }

    /// <summary>How many features.</summary>
    public int NumFeatures => Regressor.Trees.Elements.Size;

    /// <summary>What the features are called, in their order: <c>BillLength</c>, <c>IslandVector_Biscoe</c>, <c>Spectrum_4</c>.</summary>
    public IReadOnlyList<string> FeatureNames => Regressor.Trees.Elements;

    /// <summary>The trees, laid flat.</summary>
    internal TreeEnsemble Ensemble => Regressor.Trees;

    /// <summary>What predicts.</summary>
    private protected TreeRegressor Regressor { get; }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets numbers.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction) => Regressor.Transform(batch, features, prediction);

    /// <summary>What is predicted of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <exception cref="PipelineException">The row has another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features) => Regressor.Predict(new RowElements(features));

    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features) => Regressor.Predict(RowElements.Of(features));

    /// <inheritdoc cref="IStageModel{TSelf}.Describe"/>
    public string Describe() => TreeText.Describe(Regressor.Trees, FeatureImportances);

    /// <inheritdoc cref="IStageModel{TSelf}.Write"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer) => Regressor.Write(writer);
}
