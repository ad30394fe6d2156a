using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Bayes;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Models;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Fitted naive Bayes, Spark MLlib's. As there, a class is its position among the labels that were seen, ascending: labels 0 and 2 are predicted as 0 and 1.</summary>
public sealed class NaiveBayesModel : IStageModel<NaiveBayesModel>
{
    private readonly string stage;
    private readonly NaiveBayesScores scores;

    private NaiveBayesModel(string stage, NaiveBayesScores scores)
    {
        this.stage = stage;
        this.scores = scores;
    }

    /// <summary>How many classes vectors of probabilities have.</summary>
    public int NumClasses => scores.Classes;

    /// <summary>How many features.</summary>
    public int NumFeatures => Fitted.Size;

    /// <summary>The logarithm of each class's share, an element a label that was seen.</summary>
    public Vector Pi => Vector.Dense(Fitted.Pi);

    /// <summary>Classes × features: ln of a feature's probability in the class; of Complement minus that in the other classes; of Gaussian its mean. A copy.</summary>
    public double[,] Theta => Matrix(Fitted.Theta);

    /// <summary>Classes × features: of Gaussian the variances, else 0 × 0. A copy.</summary>
    public double[,] Sigma => Matrix(Fitted.Sigma);

    private NaiveBayesFitted Fitted => scores.Fitted;

    /// <summary>Learns from the rows that have a label and a weight.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="label">The column of classes.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <param name="classes">How many classes are known; 0: as the column says, else as many labels as occur.</param>
    /// <param name="modelType">How features are distributed.</param>
    /// <param name="smoothing">Added to every count; not of Gaussian.</param>
    /// <exception cref="PipelineException">A feature, label or weight cannot be learnt from, or nothing is left to learn from.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static NaiveBayesModel Fit(FitStep step, ColumnBatch batch, int features, int label, int weight, int classes, NaiveBayesType modelType, double smoothing)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, weight);
        rows.Classes(step, batch, label, classes);
        CheckFeatures(step, batch, features, label, weight, modelType);
        double[] seen = [.. new SortedSet<double>(rows.Labels)];
        int[] classOf = Array.ConvertAll(rows.Labels, value => Array.BinarySearch(seen, value));
        if (rows.Weights is not null)
            CheckWeights(step, batch, weight, seen, classOf, rows.Weights);
        NaiveBayesFitted fitted = NaiveBayesFit.Of(rows.Features, classOf, seen.Length, rows.Weights, modelType, smoothing);
        if (!Doubles.AreFinite(fitted.Sigma))
            throw step.TooLarge();
        IReadOnlyList<string>? names = batch.LabelsOf(label);
        return new NaiveBayesModel(
            step.Stage, new NaiveBayesScores(step.Stage, fitted, classes > 0 ? classes : batch.ClassesOf(label), names is null ? null : [.. seen.Select(value => names[(int)value])]));
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1.</param>
    /// <param name="rawPrediction">The column that gets vectors of log-probabilities, of Complement normalised ones, or -1.</param>
    /// <exception cref="PipelineException">A vector has another size, or elements that Bernoulli's features have not.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction, int probability, int rawPrediction)
    {
        ArgumentNullException.ThrowIfNull(batch);
        VectorForm.CheckSize(stage, batch, batch.Vectors(features), Fitted.Size);
        ClassifierColumns.Make(scores, batch, features, prediction, probability, rawPrediction);
    }

    /// <summary>The class of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="probability">Gets the classes' probabilities; empty: not asked for.</param>
    /// <param name="rawPrediction">Gets their log-probabilities; empty: not asked for.</param>
    /// <exception cref="PipelineException">It has another size, or elements that Bernoulli's features have not.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features, Span<double> probability = default, Span<double> rawPrediction = default) =>
        scores.Predict(new RowElements(features), probability, rawPrediction);

    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, Span{double}, Span{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features, Span<double> probability = default, Span<double> rawPrediction = default) =>
        scores.Predict(RowElements.Of(features), probability, rawPrediction);

    /// <inheritdoc/>
    public string Describe() =>
        $"{Fitted.Type}, {Fitted.Pi.Length} classes of {Fitted.Size} features; shares {Shown.Of(Fitted.Pi.Select(Math.Exp).ToArray())}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Number("ModelType", (int)Fitted.Type);
        writer.Numbers("Pi", Fitted.Pi);
        writer.Numbers("Theta", Fitted.Theta, Fitted.Pi.Length, Fitted.Size);
        if (Fitted.Sigma.Length > 0)
            writer.Numbers("Sigma", Fitted.Sigma, Fitted.Pi.Length, Fitted.Size);
        writer.Number("NumClasses", scores.Classes);
        writer.Texts("ClassLabels", scores.Labels ?? []);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static NaiveBayesModel Read(StageReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        NaiveBayesType type = (NaiveBayesType)reader.Whole("ModelType", 0, (int)NaiveBayesType.Gaussian);
        double[] pi = reader.Numbers("Pi", -1);
        double[] theta = reader.Numbers("Theta", pi.Length, -1);
        if (theta.Length == 0)
            throw reader.Wrong("Theta", "has no elements");
        int size = theta.Length / pi.Length;
        double[] sigma = type == NaiveBayesType.Gaussian ? reader.Numbers("Sigma", pi.Length, size) : [];
        int classes = reader.Whole("NumClasses", pi.Length, int.MaxValue);
        IReadOnlyList<string> labels = reader.Texts("ClassLabels");
        if (labels.Count != 0 && labels.Count != pi.Length)
            throw reader.Wrong("ClassLabels", $"has {labels.Count} labels for {pi.Length} classes");
        return new NaiveBayesModel(reader.Stage, new NaiveBayesScores(reader.Stage, new NaiveBayesFitted(type, size, pi, theta, sigma), classes, labels.Count == 0 ? null : labels));
    }

    private static void CheckFeatures(FitStep step, ColumnBatch batch, int features, int label, int weight, NaiveBayesType type)
    {
        foreach (FeatureBlock block in batch.Vectors(features).Blocks)
        {
            for (int i = 0; i < block.Rows; i++)
            {
                int row = block.First + i;
                if (double.IsNaN(batch.Numbers(label)[row]) || (weight >= 0 && double.IsNaN(batch.Numbers(weight)[row])))
                    continue;
                try
                {
                    NaiveBayesScores.Check(step.Stage, type, RowElements.Of(block, i));
                }
                catch (PipelineException flaw)
                {
                    throw flaw.At(batch.RowOf(row));
                }
            }
        }
    }

    private static void CheckWeights(FitStep step, ColumnBatch batch, int weight, double[] seen, int[] classOf, double[] weights)
    {
        double[] sums = new double[seen.Length];
        for (int row = 0; row < classOf.Length; row++)
            sums[classOf[row]] += weights[row];
        int empty = Array.IndexOf(sums, 0.0);
        if (empty >= 0)
            throw step.Wrong(FormattableString.Invariant($"has nothing to learn of class {seen[empty]}: every {batch.NameOf(weight)} of its rows is 0"));
    }

    private double[,] Matrix(double[] values)
    {
        double[,] matrix = new double[values.Length / Fitted.Size, values.Length == 0 ? 0 : Fitted.Size];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }
}
