namespace Dsl;

/// <summary>
/// Draws from normal distributions: 2F → F features, means first, then the logarithms v of variances. In training mean + e^(v/2) · noise, noise from N(0, 1), outside it the mean.
/// The loss gets a further term, the Kullback-Leibler divergence from N(0, 1): `Weight` times the mean over samples of -½ Σ (1 + v - mean² - e^v). It is in what `Loss`, `TrainStep`,
/// `Gradients`, `Fit` and `Evaluate` report, and its gradient in that of `GradientsFrom` too. Kingma and Welling, 2013.
/// </summary>
public sealed class GaussianSampleAttribute : NodeAttribute
{
    /// <summary>The weight of the divergence in the loss, at least 0.</summary>
    public double Weight { get; set; } = 1;
}
