namespace Dsl;

/// <summary>Clusters by k-means; the prediction is the cluster.</summary>
/// <param name="features">The features: one vector.</param>
public sealed class KMeansAttribute(string features) : PredictorAttribute(features)
{
    /// <summary>How many clusters, at least 2.</summary>
    public int K { get; set; } = 2;

    /// <summary>The most steps, at least 0.</summary>
    public int MaxIter { get; set; } = 20;

    /// <summary>Stops where no centre moves by more than this, at least 0.</summary>
    public double Tol { get; set; } = 1e-4;

    /// <summary>How first centres are chosen.</summary>
    public KMeansInit InitMode { get; set; }

    /// <summary>Rounds of <c>KMeansParallel</c>, at least 1.</summary>
    public int InitSteps { get; set; } = 2;

    /// <summary>How far a row is from a centre.</summary>
    public KMeansDistance DistanceMeasure { get; set; }

    /// <summary>Where the drawing starts; the <c>Seed</c> of <c>PipelineOptions</c> is added to it.</summary>
    public ulong Seed { get; set; }
}
