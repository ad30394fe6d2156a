using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Linear.Stochastic;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines;

/// <summary>A linear classifier fitted by stochastic gradient descent, scikit-learn's: of two classes one set of coefficients, of more a set a class against the rest.</summary>
public sealed class SGDClassifierModel : IStageModel<SGDClassifierModel>
{
    private readonly LinearClassifier<SgdRule> classifier;

    private SGDClassifierModel(LinearClassifier<SgdRule> classifier) => this.classifier = classifier;

    /// <summary>How many classes, at least 2.</summary>
    public int NumClasses => classifier.Rule.Classes;

    /// <summary>How many features.</summary>
    public int NumFeatures => classifier.Function.Size;

    /// <summary>What the features are called, in their order: <c>BillLength</c>, <c>IslandVector_Biscoe</c>, <c>Spectrum_4</c>.</summary>
    public IReadOnlyList<string> FeatureNames => classifier.Function.Elements;

    /// <summary>The coefficients, 1 × features of two classes, else classes × features; a copy.</summary>
    public double[,] CoefficientMatrix => classifier.Function.ToMatrix();

    /// <summary>The intercepts, as many as <see cref="CoefficientMatrix"/> has rows.</summary>
    public Vector InterceptVector => Vector.Dense(classifier.Function.Intercepts);

    /// <summary>The coefficients of class 1 of two.</summary>
    /// <exception cref="InvalidOperationException">There are more classes.</exception>
    public Vector Coefficients => classifier.OfTwoClasses().Coefficients;

    /// <summary>The intercept of class 1 of two.</summary>
    /// <exception cref="InvalidOperationException">There are more classes.</exception>
    public double Intercept => classifier.OfTwoClasses().Intercept;

    /// <summary>Learns from the rows that have a label and a weight.</summary>
    /// <param name="step">Whose fit it is; the order of the rows comes from its seed.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="label">The column of classes.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <param name="classes">How many classes are known; 0: as the column says, else the highest label and one.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="penalty">What keeps coefficients small.</param>
    /// <param name="alpha">How much it does; above 0 with <see cref="SgdLearningRate.Optimal"/>.</param>
    /// <param name="l1Ratio">How much of <see cref="SgdPenalty.ElasticNet"/> is on absolute values, from 0 to 1.</param>
    /// <param name="fitIntercept">With an intercept.</param>
    /// <param name="maxIter">The most passes.</param>
    /// <param name="tol">A pass whose mean loss is not so much below the best is one without progress.</param>
    /// <param name="nIterNoChange">After so many of those it ends.</param>
    /// <param name="shuffle">Each pass takes the rows in another order.</param>
    /// <param name="learningRate">How large the steps are.</param>
    /// <param name="eta0">The first step, but for <see cref="SgdLearningRate.Optimal"/>.</param>
    /// <param name="powerT">The exponent of <see cref="SgdLearningRate.InvScaling"/>.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, nothing is left to learn from, or coefficients grew beyond all bounds.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static SGDClassifierModel Fit(
        FitStep step,
        ColumnBatch batch,
        int features,
        int label,
        int weight,
        int classes,
        SgdLoss loss,
        SgdPenalty penalty,
        double alpha,
        double l1Ratio,
        bool fitIntercept,
        int maxIter,
        double tol,
        int nIterNoChange,
        bool shuffle,
        SgdLearningRate learningRate,
        double eta0,
        double powerT)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        int count = Math.Max(2, rows.Classes(step, batch, label, classes));
        SgdOptions options = new()
        {
            Loss = loss,
            Penalty = penalty,
            Alpha = alpha,
            L1Ratio = l1Ratio,
            FitIntercept = fitIntercept,
            MaxIter = maxIter,
            Tol = tol,
            NIterNoChange = nIterNoChange,
            Shuffle = shuffle,
            LearningRate = learningRate,
            Eta0 = eta0,
            PowerT = powerT,
            Seed = step.Seed,
        };
        try
        {
            LinearFitted fitted = SgdFit.Fit(rows.Features, rows.Labels, rows.Weights, count, options, step.Iterates, step.Cancellation);
            return new SGDClassifierModel(new LinearClassifier<SgdRule>(step.Stage, new LinearFunction(fitted, rows.Elements), new SgdRule(count, loss), batch.LabelsOf(label)));
        }
        catch (ArithmeticException error)
        {
            throw step.Wrong(error.Message);
        }
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1; of <see cref="SgdLoss.LogLoss"/> and <see cref="SgdLoss.ModifiedHuber"/> alone.</param>
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
        writer.Texts("Loss", [classifier.Rule.Loss.ToString()]);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static SGDClassifierModel Read(StageReader reader)
    {
        if (reader.Texts("Loss") is not [string name] || !Enum.TryParse(name, out SgdLoss loss) || !Enum.IsDefined(loss))
            throw reader.Wrong("Loss", "is no loss");
        return new SGDClassifierModel(LinearClassifier<SgdRule>.Read(reader, classes => new SgdRule(classes, loss)));
    }
}
