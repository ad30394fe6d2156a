namespace Dsl;

/// <summary>Linear support vector machine of two classes.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: two classes.</param>
public sealed class LinearSVCAttribute(string features, string label) : SupervisedAttribute(features, label)
{
    /// <summary>The most quasi-Newton steps, at least 0.</summary>
    public int MaxIter { get; set; } = 100;

    /// <summary>How much large coefficients cost, at least 0.</summary>
    public double RegParam { get; set; }

    /// <summary>Stops where a step lowers the objective by no more than this share of its first value, or where the gradient is as small beside the objective; at least 0.</summary>
    public double Tol { get; set; } = 1e-6;

    /// <summary>Adds an intercept.</summary>
    public bool FitIntercept { get; set; } = true;

    /// <summary>Features are scaled to deviation 1 for the fit, so that large coefficients cost them alike; what is learnt is for them as they are.</summary>
    public bool Standardization { get; set; } = true;

    /// <summary>The raw score above which it is class 1, finite.</summary>
    public double Threshold { get; set; }

    /// <summary>The column of raw scores, a vector of the classes; without one there is none.</summary>
    public string? RawPrediction { get; set; }
}
