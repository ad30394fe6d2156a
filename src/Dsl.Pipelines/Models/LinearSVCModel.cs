using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines;

/// <summary>A fitted linear support vector machine of two classes, Spark MLlib's.</summary>
public sealed class LinearSVCModel : IStageModel<LinearSVCModel>
{
    private readonly LinearClassifier<ThresholdRule> classifier;

    private LinearSVCModel(LinearClassifier<ThresholdRule> classifier) => this.classifier = classifier;

    /// <summary>How many classes: 2.</summary>
    public int NumClasses => classifier.Rule.Classes;

    /// <summary>How many features.</summary>
    public int NumFeatures => classifier.Function.Size;

    /// <summary>What the features are called, in their order: <c>BillLength</c>, <c>IslandVector_Biscoe</c>, <c>Spectrum_4</c>.</summary>
    public IReadOnlyList<string> FeatureNames => classifier.Function.Elements;

    /// <summary>A coefficient a feature.</summary>
    public Vector Coefficients => classifier.OfTwoClasses().Coefficients;

    /// <summary>The margin of a row of zeros.</summary>
    public double Intercept => classifier.OfTwoClasses().Intercept;

    /// <summary>Class 1 is predicted where the margin is above this.</summary>
    public double Threshold => classifier.Rule.Threshold;

    /// <summary>Learns from the rows that have a label and a weight.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="label">The column of classes.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <param name="classes">How many classes are known; 0: as the column says, else the highest label and one.</param>
    /// <param name="maxIter">The most steps.</param>
    /// <param name="regParam">The penalty.</param>
    /// <param name="tol">Where the steps end.</param>
    /// <param name="fitIntercept">With an intercept.</param>
    /// <param name="standardization">The penalty is on the coefficients of features divided by their deviations.</param>
    /// <param name="threshold">The margin above which class 1 is predicted.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, or there are more classes than two.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LinearSVCModel Fit(
        FitStep step, ColumnBatch batch, int features, int label, int weight, int classes, int maxIter, double regParam, double tol, bool fitIntercept, bool standardization, double threshold)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        int count = rows.Classes(step, batch, label, classes);
        if (count != 2)
            throw step.Wrong($"takes two classes, but {batch.NameOf(label)} has {count}");
        LinearFitOptions options = new() { MaxIter = maxIter, RegParam = regParam, Tol = tol, FitIntercept = fitIntercept, Standardization = standardization };
        LinearFitted fitted = HingeFit.Fit(rows.Features, rows.Labels, rows.Weights, options, step.Iterates, step.Cancellation);
        return new LinearSVCModel(
            new LinearClassifier<ThresholdRule>(step.Stage, LinearFunction.Of(step, fitted, rows.Elements), new ThresholdRule(threshold), batch.LabelsOf(label)));
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets classes, or -1.</param>
    /// <param name="probability">-1: there are none.</param>
    /// <param name="rawPrediction">The column that gets vectors of the margin's two signs, or -1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction, int probability, int rawPrediction) =>
        classifier.Transform(batch, features, prediction, probability, rawPrediction);

    /// <summary>The class of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="probability">Empty: there are none.</param>
    /// <param name="rawPrediction">Gets minus the margin and the margin; empty: not asked for.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features, Span<double> probability = default, Span<double> rawPrediction = default) =>
        classifier.Predict(new RowElements(features), probability, rawPrediction);

    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, Span{double}, Span{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features, Span<double> probability = default, Span<double> rawPrediction = default) =>
        classifier.Predict(RowElements.Of(features), probability, rawPrediction);

    /// <inheritdoc/>
    public string Describe() => classifier.Function.Describe(classifier.Labels);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        classifier.Write(writer, isOne: true);
        writer.Number("Threshold", Threshold);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LinearSVCModel Read(StageReader reader)
    {
        double threshold = reader.Number("Threshold");
        return new LinearSVCModel(LinearClassifier<ThresholdRule>.Read(reader, classes =>
            classes == 2 ? new ThresholdRule(threshold) : throw reader.Wrong("NumClasses", $"is {classes}, and wanted is 2"), isOne: true));
    }
}
