namespace Dsl;

/// <summary>Linear regression, by normal equations or quasi-Newton steps as MLlib chooses.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: a number.</param>
public sealed class LinearRegressionAttribute(string features, string label) : SupervisedAttribute(features, label)
{
    /// <summary>The most quasi-Newton steps, at least 0.</summary>
    public int MaxIter { get; set; } = 100;

    /// <summary>How much large coefficients cost, at least 0.</summary>
    public double RegParam { get; set; }

    /// <summary>The share of L1 in that, 0 to 1; the rest is L2.</summary>
    public double ElasticNetParam { get; set; }

    /// <summary>Stops where a step lowers the objective by no more than this share of its first value, or where the gradient is as small beside the objective; at least 0.</summary>
    public double Tol { get; set; } = 1e-6;

    /// <summary>Adds an intercept.</summary>
    public bool FitIntercept { get; set; } = true;

    /// <summary>Features are scaled to deviation 1 for the fit, so that large coefficients cost them alike; what is learnt is for them as they are.</summary>
    public bool Standardization { get; set; } = true;

    /// <summary>What is minimised; <c>Huber</c> takes no L1.</summary>
    public RegressionLoss Loss { get; set; }

    /// <summary>Where <c>Huber</c>'s square turns into a line, in units of the scale that is estimated along; above 1.</summary>
    public double Epsilon { get; set; } = 1.35;
}
