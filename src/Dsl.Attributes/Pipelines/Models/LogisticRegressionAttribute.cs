namespace Dsl;

/// <summary>Logistic regression of two or more classes.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: classes.</param>
public sealed class LogisticRegressionAttribute(string features, string label) : ClassifierAttribute(features, label)
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

    /// <summary>Of the binomial family: the probability above which it is class 1, 0 to 1. The multinomial family does not know it.</summary>
    public double Threshold { get; set; } = 0.5;

    /// <summary>Which form is fitted.</summary>
    public LogisticFamily Family { get; set; }
}
