namespace Dsl;

/// <summary>How far a row is from a centre.</summary>
public enum KMeansDistance
{
    /// <summary>The Euclidean distance.</summary>
    Euclidean,

    /// <summary>One minus the cosine of the angle.</summary>
    Cosine,
}
