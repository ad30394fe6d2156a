using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Trees;

namespace Dsl.Pipelines;

/// <summary>What fitted trees, forests and boosted trees have in common that predict classes.</summary>
public abstract class TreeClassifierModel
{
    private protected TreeClassifierModel(TreeClassifier classifier, bool isEachTreeNormalized)
    {
        Classifier = classifier;
        FeatureImportances = classifier.Trees.Importances(isEachTreeNormalized);
    }

    /// <summary>
    /// How much each feature gained, weighted by the rows that it was gained on, an element a feature: of a forest the mean of its trees', of boosted trees the sum. They sum to 1; features that
    /// parted nothing are 0.
    /// </summary>
    public Vector FeatureImportances { get; }

    /// <summary>How many classes.</summary>
    public int NumClasses => Classifier.Classes;

    /// <summary>How many features.</summary>
    public int NumFeatures => Classifier.Trees.Elements.Size;

    /// <summary>What the features are called, in their order: <c>BillLength</c>, <c>IslandVector_Biscoe</c>, <c>Spectrum_4</c>.</summary>
    public IReadOnlyList<string> FeatureNames => Classifier.Trees.Elements;

    /// <summary>The trees, laid flat.</summary>
    internal TreeEnsemble Ensemble => Classifier.Trees;

    /// <summary>What predicts.</summary>
    private protected TreeClassifier Classifier { get; }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1.</param>
    /// <param name="rawPrediction">The column that gets vectors of scores, or -1: of a tree the weights of the leaf's classes, of a forest the sums of the leaves' shares, of boosted trees their sum with either sign.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction, int probability, int rawPrediction) =>
        Classifier.Transform(batch, features, prediction, probability, rawPrediction);

    /// <summary>The class of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="probability">Gets the classes' probabilities; empty: not asked for.</param>
    /// <param name="rawPrediction">Gets the classes' scores; empty: not asked for.</param>
    /// <exception cref="PipelineException">The row has another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features, Span<double> probability = default, Span<double> rawPrediction = default) =>
        Classifier.Predict(new RowElements(features), probability, rawPrediction);

    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, Span{double}, Span{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features, Span<double> probability = default, Span<double> rawPrediction = default) =>
        Classifier.Predict(RowElements.Of(features), probability, rawPrediction);

    /// <inheritdoc cref="IStageModel{TSelf}.Describe"/>
    public string Describe() => TreeText.Describe(Classifier.Trees, FeatureImportances);

    /// <inheritdoc cref="IStageModel{TSelf}.Write"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer) => Classifier.Write(writer);
}
