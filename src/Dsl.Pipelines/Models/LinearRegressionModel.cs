using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>A fitted linear regression, Spark MLlib's, by squared errors or by Huber's loss.</summary>
public sealed class LinearRegressionModel : IStageModel<LinearRegressionModel>
{
    private readonly string stage;
    private readonly LinearFunction function;

    private LinearRegressionModel(string stage, LinearFunction function, double scale)
    {
        this.stage = stage;
        this.function = function;
        Scale = scale;
    }

    /// <summary>How many features.</summary>
    public int NumFeatures => function.Size;

    /// <summary>What the features are called, in their order: <c>BillLength</c>, <c>IslandVector_Biscoe</c>, <c>Spectrum_4</c>.</summary>
    public IReadOnlyList<string> FeatureNames => function.Elements;

    /// <summary>A coefficient a feature.</summary>
    public Vector Coefficients => Vector.Dense(function.CoefficientsOf(0));

    /// <summary>What a row of zeros predicts.</summary>
    public double Intercept => function.Intercepts[0];

    /// <summary>Of Huber's loss σ, by which errors are divided before they are near or far; else 1.</summary>
    public double Scale { get; }

    /// <summary>Learns from the rows that have a label and a weight.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="label">The column of numbers.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <param name="maxIter">The most steps.</param>
    /// <param name="regParam">The penalty.</param>
    /// <param name="elasticNetParam">How much of it is on absolute values, from 0 to 1; 0 of Huber's loss.</param>
    /// <param name="tol">Where the steps end.</param>
    /// <param name="fitIntercept">With an intercept.</param>
    /// <param name="standardization">The penalty is on the coefficients of features divided by their deviations.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="epsilon">Of Huber's loss: how many σ an error may be large before it is a far one, above 1.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, or nothing is left to learn from.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LinearRegressionModel Fit(
        FitStep step,
        ColumnBatch batch,
        int features,
        int label,
        int weight,
        int maxIter,
        double regParam,
        double elasticNetParam,
        double tol,
        bool fitIntercept,
        bool standardization,
        RegressionLoss loss,
        double epsilon)
    {
        TrainingRows rows = loss == RegressionLoss.Huber ? TrainingRows.Of(step, batch, features, label, weight) : TrainingRows.Unchecked(step, batch, features, label, weight);
        if (loss == RegressionLoss.Huber)
            rows.CheckSquaresOfLabels(step);
        LinearFitOptions options = new()
        {
            MaxIter = maxIter,
            RegParam = regParam,
            ElasticNetParam = elasticNetParam,
            Tol = tol,
            FitIntercept = fitIntercept,
            Standardization = standardization,
        };
        if (!fitIntercept && regParam > 0 && OnlyLabel(rows.Labels, rows.Weights) is { } only and not 0)
        {
            throw step.Wrong(FormattableString.Invariant(
                $"has RegParam {regParam} and no intercept, and penalties are by the deviation of {batch.NameOf(label)}, but that of all its rows is {only}: RegParam 0 or an intercept"));
        }

        (LinearFitted fitted, double scale) = loss == RegressionLoss.Huber
            ? HuberFit.Fit(rows.Features, rows.Labels, rows.Weights, options, epsilon, step.Iterates, step.Cancellation)
            : (LeastSquaresFit.Fit(rows.Features, rows.Labels, rows.Weights, options, step.Iterates, step.Cancellation, () => rows.CheckFeatures(step, batch, features)), 1);
        return new LinearRegressionModel(step.Stage, LinearFunction.Of(step, fitted, rows.Elements), scale);
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets numbers.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction)
    {
        function.Check(stage, batch, features);
        double[] predictions = new double[batch.Count];
        EachRow.Run(batch, batch.Vectors(features), (block, i) => predictions[block.First + i] = function.Margin(RowElements.Of(block, i), 0));
        batch.Set(prediction, predictions);
    }

    /// <summary>What one row predicts.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features) => Predict(new RowElements(features));

    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features) => Predict(RowElements.Of(features));

    /// <inheritdoc/>
    public string Describe() => function.Describe(null);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        function.Write(writer, isOne: true);
        writer.Number("Scale", Scale);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LinearRegressionModel Read(StageReader reader) => new(reader.Stage, LinearFunction.Read(reader, isOne: true), reader.Number("Scale"));

    /// <summary>The label that all rows of some weight have; null where they differ, which mostly the first two tell.</summary>
    private static double? OnlyLabel(double[] labels, double[]? weights)
    {
        double? only = null;
        for (int row = 0; row < labels.Length; row++)
        {
            if (weights is not null && weights[row] == 0)
                continue;
            if (only is not null && labels[row] != only)
                return null;
            only = labels[row];
        }

        return only;
    }

    private double Predict(RowElements features)
    {
        function.Check(stage, features.Size);
        return function.Margin(features, 0);
    }
}
