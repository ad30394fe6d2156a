using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Clustering;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Fitted clusters, Spark MLlib's KMeans: a row belongs to the nearest centre, of equals the first.</summary>
public sealed class KMeansModel : IStageModel<KMeansModel>
{
    private readonly string stage;
    private readonly Centers centers;
    private readonly int clusters;
    private readonly bool cosine;

    private KMeansModel(string stage, Centers centers, double cost, int clusters, bool cosine)
    {
        this.stage = stage;
        this.centers = centers;
        this.clusters = clusters;
        this.cosine = cosine;
        TrainingCost = cost;
    }

    /// <summary>The centres; fewer than K where there were not as many different rows.</summary>
    public IReadOnlyList<Vector> ClusterCenters => [.. Enumerable.Range(0, centers.Count).Select(center => Vector.Dense(centers.At(center)))];

    /// <summary>How many classes its predictions have: K, though there may be fewer centres.</summary>
    public int NumClasses => clusters;

    /// <summary>The sum of squared Euclidean distances from the centres, or of 1 - cosine, by weight, as it was before the last step moved the centres; 0 without a step.</summary>
    public double TrainingCost { get; }

    /// <summary>Learns from the rows that have a weight.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <param name="k">How many clusters, at least 2.</param>
    /// <param name="maxIter">The most steps.</param>
    /// <param name="tol">How far centres may move in the last step.</param>
    /// <param name="initMode">How the first centres are chosen.</param>
    /// <param name="initSteps">Rounds of k-means||, at least 1.</param>
    /// <param name="distanceMeasure">How far a row is from a centre.</param>
    /// <exception cref="PipelineException">A feature or weight cannot be learnt from, nothing is left to learn from, or the cosine is asked for of a row of zeros.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static KMeansModel Fit(
        FitStep step, ColumnBatch batch, int features, int weight, int k, int maxIter, double tol, KMeansInit initMode, int initSteps, KMeansDistance distanceMeasure)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        TrainingRows rows = TrainingRows.Of(step, batch, features, -1, weight);
        bool cosine = distanceMeasure == KMeansDistance.Cosine;
        if (cosine)
            CheckLengths(step.Stage, batch, features);
        KMeansOptions options = new() { K = k, MaxIter = maxIter, Tol = tol, InitMode = initMode, InitSteps = initSteps, Cosine = cosine, Seed = unchecked((long)step.Seed) };
        KMeansFitted fitted = KMeansFit.Of(rows.Features, rows.Weights, options, step.Iterates, step.Cancellation);
        if (!double.IsFinite(fitted.Cost))
            throw step.TooLarge();
        return new KMeansModel(step.Stage, fitted.Centers, fitted.Cost, k, cosine);
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets clusters.</param>
    /// <exception cref="PipelineException">A vector has another size, or the cosine is asked for of a row of zeros.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int features, int prediction)
    {
        ArgumentNullException.ThrowIfNull(batch);
        FeatureRows rows = batch.Vectors(features);
        VectorForm.CheckSize(stage, batch, rows, centers.Size);
        if (cosine)
            CheckLengths(stage, batch, features);
        int[] nearest = new int[batch.Count];
        IReadOnlyList<FeatureBlock> blocks = batch.Count == 0 ? [] : rows.Blocks;
        ParallelParts.Run(blocks.Count, part => centers.Nearest(blocks[part], null, nearest));
        batch.Set(prediction, Array.ConvertAll(nearest, cluster => (double)cluster));
        batch.SetClasses(prediction, clusters, null);
    }

    /// <summary>The cluster of one row.</summary>
    /// <param name="features">Its features.</param>
    /// <exception cref="PipelineException">It has another size, or the cosine is asked for of zeros.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(ReadOnlySpan<double> features) => Predict(new RowElements(features));

    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Predict(Vector features) => Predict(RowElements.Of(features));

    /// <inheritdoc/>
    public string Describe() =>
        $"{centers.Count} centres, cost {Shown.Of(TrainingCost)}: {string.Join("; ", Enumerable.Range(0, Math.Min(centers.Count, 4)).Select(center => Shown.Of(centers.At(center))))}{(centers.Count > 4 ? "; …" : "")}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        double[] values = new double[centers.Count * centers.Size];
        for (int center = 0; center < centers.Count; center++)
            centers.At(center).CopyTo(values.AsSpan(center * centers.Size));
        writer.Numbers("ClusterCenters", values, centers.Count, centers.Size);
        writer.Number("TrainingCost", TrainingCost);
        writer.Number("K", clusters);
        writer.Number("Cosine", cosine ? 1 : 0);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static KMeansModel Read(StageReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        double[] values = reader.Numbers("ClusterCenters", -1, -1);
        IReadOnlyList<int> shape = reader.ShapeOf("ClusterCenters");
        if (shape[0] < 1 || shape[1] < 1)
            throw reader.Wrong("ClusterCenters", "has no elements");
        bool cosine = reader.Whole("Cosine", 0, 1) == 1;
        return new KMeansModel(reader.Stage, new Centers(values, shape[1], cosine), reader.Number("TrainingCost"), reader.Whole("K", shape[0], int.MaxValue), cosine);
    }

    private double Predict(RowElements row)
    {
        VectorForm.CheckSize(stage, row.Size, centers.Size);
        return cosine && IsZero(row) ? throw ZeroLength(stage) : centers.Nearest(row);
    }

    private static void CheckLengths(string stage, ColumnBatch batch, int features)
    {
        IReadOnlyList<FeatureBlock> blocks = batch.Count == 0 ? [] : batch.Vectors(features).Blocks;
        foreach (FeatureBlock block in blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                if (IsZero(RowElements.Of(block, row)))
                    throw ZeroLength(stage).At(batch.RowOf(block.First + row));
            }
        }
    }

    private static bool IsZero(RowElements row) => Centers.Square(row.Values) == 0;

    private static PipelineException ZeroLength(string stage) => new(stage, "measures by the cosine, which a vector of zeros has none of");
}
