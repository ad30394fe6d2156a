namespace Dsl;

/// <summary>How first centres are chosen.</summary>
public enum KMeansInit
{
    /// <summary>k-means||, a parallel k-means++ (Bahmani et al., 2012).</summary>
    KMeansParallel,

    /// <summary>Rows drawn at random.</summary>
    Random,
}
