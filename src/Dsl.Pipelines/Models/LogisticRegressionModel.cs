using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines;

/// <summary>A fitted logistic regression, Spark MLlib's: of two classes one set of coefficients and a threshold, of more a set a class and the largest margin.</summary>
public sealed class LogisticRegressionModel : IStageModel<LogisticRegressionModel>
{
    private readonly LinearClassifier<LogisticRule> classifier;

    private LogisticRegressionModel(LinearClassifier<LogisticRule> classifier) => this.classifier = classifier;

    /// <summary>How many classes, at least 2.</summary>
    public int NumClasses => classifier.Rule.Classes;

    /// <summary>How many features.</summary>
    public int NumFeatures => classifier.Function.Size;

    /// <summary>What the features are called, in their order: <c>BillLength</c>, <c>IslandVector_Biscoe</c>, <c>Spectrum_4</c>.</summary>
    public IReadOnlyList<string> FeatureNames => classifier.Function.Elements;

    /// <summary>The coefficients, classes × features, or 1 × features of a binomial family; a copy.</summary>
    public double[,] CoefficientMatrix => classifier.Function.ToMatrix();

    /// <summary>The intercepts, as many as <see cref="CoefficientMatrix"/> has rows.</summary>
    public Vector InterceptVector => Vector.Dense(classifier.Function.Intercepts);

    /// <summary>The coefficients of class 1 of two.</summary>
    /// <exception cref="InvalidOperationException">There are more classes.</exception>
    public Vector Coefficients => classifier.OfTwoClasses().Coefficients;

    /// <summary>The intercept of class 1 of two; infinite where only one label was there to learn.</summary>
    /// <exception cref="InvalidOperationException">There are more classes.</exception>
    public double Intercept => classifier.OfTwoClasses().Intercept;

    /// <summary>Of the binomial family: class 1 is predicted where its probability is above this. The multinomial family does not know it.</summary>
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
    /// <param name="elasticNetParam">How much of it is on absolute values, from 0 to 1.</param>
    /// <param name="tol">Where the steps end.</param>
    /// <param name="fitIntercept">With an intercept.</param>
    /// <param name="standardization">The penalty is on the coefficients of features divided by their deviations.</param>
    /// <param name="threshold">Of the binomial family: the probability above which class 1 is predicted.</param>
    /// <param name="family">How many sets of coefficients.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, or a binomial family has more classes than two.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LogisticRegressionModel Fit(
        FitStep step,
        ColumnBatch batch,
        int features,
        int label,
        int weight,
        int classes,
        int maxIter,
        double regParam,
        double elasticNetParam,
        double tol,
        bool fitIntercept,
        bool standardization,
        double threshold,
        LogisticFamily family)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        int count = Math.Max(2, rows.Classes(step, batch, label, classes));
        if (family == LogisticFamily.Binomial && count != 2)
            throw step.Wrong($"is of the binomial family, which has two classes, but {batch.NameOf(label)} has {count}");
        LinearFitOptions options = new()
        {
            MaxIter = maxIter,
            RegParam = regParam,
            ElasticNetParam = elasticNetParam,
            Tol = tol,
            FitIntercept = fitIntercept,
            Standardization = standardization,
        };
        LinearFitted fitted = count == 2 && family != LogisticFamily.Multinomial
            ? LogisticFit.Binomial(rows.Features, rows.Labels, rows.Weights, options, step.Iterates, step.Cancellation)
            : LogisticFit.Multinomial(rows.Features, rows.Labels, rows.Weights, count, options, step.Iterates, step.Cancellation);
        return new LogisticRegressionModel(
            new LinearClassifier<LogisticRule>(step.Stage, LinearFunction.Of(step, fitted, rows.Elements), new LogisticRule(count, threshold), batch.LabelsOf(label)));
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1.</param>
    /// <param name="rawPrediction">The column that gets vectors of margins, or -1.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction, int probability, int rawPrediction) =>
        classifier.Transform(batch, features, prediction, probability, rawPrediction);

    /// <summary>The class of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="probability">Gets the classes' probabilities; empty: not asked for.</param>
    /// <param name="rawPrediction">Gets their margins, of two classes of both signs; empty: not asked for.</param>
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
        classifier.Write(writer);
        writer.Number("Threshold", Threshold);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LogisticRegressionModel Read(StageReader reader)
    {
        double threshold = reader.Number("Threshold");
        return new LogisticRegressionModel(LinearClassifier<LogisticRule>.Read(reader, classes => new LogisticRule(classes, threshold)));
    }
}
