namespace Dsl;

/// <summary>A figure of how good predictions are.</summary>
public enum Metric
{
    /// <summary>The share of rows whose class is right.</summary>
    Accuracy,

    /// <summary>Of those predicted as a class the share that is of it.</summary>
    Precision,

    /// <summary>Of those of a class the share that is predicted as it.</summary>
    Recall,

    /// <summary>The harmonic mean of precision and recall.</summary>
    F1,

    /// <summary>The mean negative logarithm of the probability of the right class, each at least 1e-15; lower is better.</summary>
    LogLoss,

    /// <summary>The area under the curve of true over false positive rates; class 1 is positive.</summary>
    AreaUnderRoc,

    /// <summary>The area under the curve of precision over recall; class 1 is positive.</summary>
    AreaUnderPr,

    /// <summary>The root of the mean squared difference; lower is better.</summary>
    Rmse,

    /// <summary>The mean absolute difference; lower is better.</summary>
    Mae,

    /// <summary>The share of the variance that is explained.</summary>
    R2,

    /// <summary>How much nearer rows are to their own cluster than to the next, squared Euclidean, or cosine where KMeans has it.</summary>
    Silhouette,
}
