namespace Dsl;

/// <summary>Naive Bayes.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: classes.</param>
public sealed class NaiveBayesAttribute(string features, string label) : ClassifierAttribute(features, label)
{
    /// <summary>How features are distributed.</summary>
    public NaiveBayesType ModelType { get; set; }

    /// <summary>Added to every count, at least 0; <c>Gaussian</c> counts nothing.</summary>
    public double Smoothing { get; set; } = 1;
}
