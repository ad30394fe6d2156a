namespace Dsl.Pipelines.Clustering;

/// <summary>How clusters are found; what is not set is MLlib's default.</summary>
internal sealed record KMeansOptions
{
    /// <summary>How many clusters, at least 2.</summary>
    public int K { get; init; } = 2;

    /// <summary>The most steps.</summary>
    public int MaxIter { get; init; } = 20;

    /// <summary>How far centres may move in the last step.</summary>
    public double Tol { get; init; } = 1e-4;

    /// <summary>How the first centres are chosen.</summary>
    public KMeansInit InitMode { get; init; } = KMeansInit.KMeansParallel;

    /// <summary>Rounds of k-means||.</summary>
    public int InitSteps { get; init; } = 2;

    /// <summary>By 1 - cosine, else by squared Euclidean distances.</summary>
    public bool Cosine { get; init; }

    /// <summary>Where the drawing starts.</summary>
    public long Seed { get; init; }
}
