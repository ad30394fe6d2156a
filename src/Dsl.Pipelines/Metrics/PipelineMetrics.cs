using System;
using System.ComponentModel;
using System.Globalization;
using Dsl.Pipelines.Metrics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines;

/// <summary>
/// How good a pipeline's predictions are, as Spark MLlib's evaluators measure it. Rows whose label is NaN, which is null in a column of numbers, are left out; where no row is left there is
/// nothing to measure, which is an error. The functions are called as the metrics of <c>Evaluate</c> are.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PipelineMetrics
{
    /// <summary>The share of rows whose class is right.</summary>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="labels">A class a row.</param>
    /// <param name="predictions">As many predicted classes.</param>
    /// <exception cref="PipelineException">No row has a label.</exception>
    public static double Accuracy(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions) => ClassCounts.Of(score, labels, predictions).Accuracy;

    /// <summary>Of the rows predicted as a class the share that is of it, 0 where none is; over all classes weighted by their size.</summary>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="labels">A class a row.</param>
    /// <param name="predictions">As many predicted classes.</param>
    /// <param name="class">That class alone; -1: all.</param>
    /// <exception cref="PipelineException">No row has a label.</exception>
    public static double Precision(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions, int @class = -1) =>
        ClassCounts.Of(score, labels, predictions).Over(@class, counts => counts.Precision);

    /// <summary>Of the rows of a class the share that is predicted as it, 0 where none is; over all classes weighted by their size.</summary>
    /// <inheritdoc cref="Precision"/>
    public static double Recall(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions, int @class = -1) =>
        ClassCounts.Of(score, labels, predictions).Over(@class, counts => counts.Recall);

    /// <summary>The harmonic mean of precision and recall of a class, 0 where both are; over all classes weighted by their size.</summary>
    /// <inheritdoc cref="Precision"/>
    public static double F1(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions, int @class = -1) =>
        ClassCounts.Of(score, labels, predictions).Over(@class, counts => counts.F1);

    /// <summary>The mean of -ln p of the right class, with p held between 1e-15 and 1 - 1e-15.</summary>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="labels">A class a row.</param>
    /// <param name="probabilities">Row behind row a probability a class.</param>
    /// <param name="classes">How many classes, at least 1.</param>
    /// <exception cref="PipelineException">No row has a label, or a label has no probability.</exception>
    public static double LogLoss(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> probabilities, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        CheckCount(labels, probabilities.Length / classes);
        LogLossSum sum = new(score);
        for (int row = 0; row < labels.Length; row++)
        {
            if (!double.IsNaN(labels[row]))
                sum.Add(labels[row], classes, LogLossSum.IsClass(labels[row], classes) ? probabilities[(row * classes) + (int)labels[row]] : double.NaN, row);
        }

        return sum.Mean(labels.Length);
    }

    /// <inheritdoc cref="LogLoss(string, ReadOnlySpan{double}, ReadOnlySpan{double}, int)"/>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="label">The column of classes.</param>
    /// <param name="probability">The column of vectors of probabilities.</param>
    public static double LogLoss(string score, ColumnBatch batch, int label, int probability)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<double> labels = RowColumns.Numbers(batch, label);
        LogLossSum sum = new(score);
        if (labels.Length == 0)
            return sum.Mean(0);
        FeatureRows vectors = batch.Vectors(probability);
        for (int row = 0; row < labels.Length; row++)
        {
            if (!double.IsNaN(labels[row]))
                sum.Add(labels[row], vectors.Size, LogLossSum.IsClass(labels[row], vectors.Size) ? vectors.At(row)[(int)labels[row]] : double.NaN, batch.RowOf(row));
        }

        return sum.Mean(labels.Length);
    }

    /// <summary>
    /// The area under the curve of true over false positive rates, a point a different score, from (0, 0) to (1, 1); exact, MLlib's with <c>numBins</c> 0. Where only one class occurs the
    /// rate of the other is 0.
    /// </summary>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="labels">1 for a positive row, 0 for another.</param>
    /// <param name="scores">As many scores, higher for positive rows.</param>
    /// <exception cref="PipelineException">No row has a label.</exception>
    public static double AreaUnderRoc(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> scores) => ScoreCurve.Of(score, labels, scores).AreaUnderRoc;

    /// <inheritdoc cref="AreaUnderRoc(string, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="label">The column of two classes.</param>
    /// <param name="scores">The column of vectors of probabilities or scores, of which element 1 counts.</param>
    public static double AreaUnderRoc(string score, ColumnBatch batch, int label, int scores)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return ScoreCurve.Of(score, RowColumns.Numbers(batch, label), PositiveScores(batch, scores)).AreaUnderRoc;
    }

    /// <summary>The area under the curve of precision over recall, a point a different score, from (0, precision of the highest score) on; exact, MLlib's with <c>numBins</c> 0.</summary>
    /// <inheritdoc cref="AreaUnderRoc(string, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double AreaUnderPr(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> scores) => ScoreCurve.Of(score, labels, scores).AreaUnderPr;

    /// <inheritdoc cref="AreaUnderPr(string, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="label">The column of two classes.</param>
    /// <param name="scores">The column of vectors of probabilities or scores, of which element 1 counts.</param>
    public static double AreaUnderPr(string score, ColumnBatch batch, int label, int scores)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return ScoreCurve.Of(score, RowColumns.Numbers(batch, label), PositiveScores(batch, scores)).AreaUnderPr;
    }

    /// <summary>The root of the mean squared difference.</summary>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="labels">A number a row.</param>
    /// <param name="predictions">As many predictions.</param>
    /// <exception cref="PipelineException">No row has a label.</exception>
    public static double Rmse(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions) => Math.Sqrt(Differences.Of(score, labels, predictions).MeanSquare);

    /// <summary>The mean absolute difference.</summary>
    /// <inheritdoc cref="Rmse"/>
    public static double Mae(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions) => Differences.Of(score, labels, predictions).MeanAbsolute;

    /// <summary>1 - Σ (label - prediction)² / Σ (label - mean label)²: -∞ of labels that are all the same, NaN where the predictions are those too.</summary>
    /// <inheritdoc cref="Rmse"/>
    public static double R2(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions) => Differences.Of(score, labels, predictions).R2;

    /// <summary>
    /// The mean over rows of 1 - a / b where a &lt; b, of b / a - 1 where a &gt; b, else 0: a is the mean distance to the other rows of the own cluster, b that to the rows of the next. A row that is
    /// its cluster alone counts 0. Distances are squared Euclidean ones, or 1 - cosine.
    /// </summary>
    /// <param name="score">What the score is called, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column of clusters.</param>
    /// <param name="cosine">By 1 - cosine.</param>
    /// <exception cref="PipelineException">There are no rows, all are in one cluster, or the cosine is asked for of a row of zeros.</exception>
    public static double Silhouette(string score, ColumnBatch batch, int features, int prediction, bool cosine)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0)
            throw NothingToMeasure(score, 0);
        return SilhouetteScore.Of(score, batch.Vectors(features), batch.Numbers(prediction), cosine);
    }

    /// <summary>No row is left.</summary>
    internal static PipelineException NothingToMeasure(string score, int rows) =>
        new(score, rows == 0 ? "has nothing to measure: there are no rows" : string.Create(CultureInfo.InvariantCulture, $"has nothing to measure: none of {rows} rows has a label"));

    /// <summary>Holds two columns of one length.</summary>
    internal static void CheckCount(ReadOnlySpan<double> labels, int others)
    {
        if (labels.Length != others)
            throw new ArgumentException($"There are {labels.Length} labels beside {others} predictions.", nameof(labels));
    }

    private static double[] PositiveScores(ColumnBatch batch, int column)
    {
        double[] scores = new double[batch.Count];
        if (scores.Length == 0)
            return scores;
        FeatureRows vectors = batch.Vectors(column);
        for (int row = 0; row < scores.Length; row++)
            scores[row] = vectors.At(row)[1];
        return scores;
    }
}
