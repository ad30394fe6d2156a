namespace Dsl;

/// <summary>
/// Linear classifier by stochastic gradient descent, as scikit-learn's; several classes one against the rest. Probabilities with <c>LogLoss</c> and
/// <c>ModifiedHuber</c> alone.
/// </summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: classes.</param>
public sealed class SGDClassifierAttribute(string features, string label) : ClassifierAttribute(features, label)
{
    /// <summary>What is minimised.</summary>
    public SgdLoss Loss { get; set; }

    /// <summary>What large coefficients cost.</summary>
    public SgdPenalty Penalty { get; set; }

    /// <summary>How much they cost, at least 0; above 0 with <c>Optimal</c>, whose steps follow from it.</summary>
    public double Alpha { get; set; } = 1e-4;

    /// <summary>The share of L1 in <c>ElasticNet</c>, 0 to 1.</summary>
    public double L1Ratio { get; set; } = 0.15;

    /// <summary>Adds an intercept.</summary>
    public bool FitIntercept { get; set; } = true;

    /// <summary>The most passes over the rows, at least 1.</summary>
    public int MaxIter { get; set; } = 1000;

    /// <summary>A pass makes progress if its mean loss is below the lowest before it by more than this, at least 0.</summary>
    public double Tol { get; set; } = 1e-3;

    /// <summary>Stops after so many passes without progress, at least 1; with <c>Adaptive</c> the step size falls first.</summary>
    public int NIterNoChange { get; set; } = 5;

    /// <summary>Deals the rows anew for each pass.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>How the step size goes.</summary>
    public SgdLearningRate LearningRate { get; set; }

    /// <summary>The first step size, above 0; <c>Optimal</c> has its own.</summary>
    public double Eta0 { get; set; } = 0.01;

    /// <summary>The exponent of <c>InvScaling</c>, finite.</summary>
    public double PowerT { get; set; } = 0.5;

    /// <summary>Where the dealing starts; the <c>Seed</c> of <c>PipelineOptions</c> is added to it.</summary>
    public ulong Seed { get; set; }
}
