namespace Dsl.Pipelines.Linear.Stochastic;

/// <summary>What a classifier by stochastic gradient descent is fitted with; names, defaults and meaning are scikit-learn's.</summary>
internal sealed record SgdOptions
{
    public SgdLoss Loss { get; init; }

    public SgdPenalty Penalty { get; init; }

    public double Alpha { get; init; } = 1e-4;

    public double L1Ratio { get; init; } = 0.15;

    public bool FitIntercept { get; init; } = true;

    public int MaxIter { get; init; } = 1000;

    public double Tol { get; init; } = 1e-3;

    public int NIterNoChange { get; init; } = 5;

    public bool Shuffle { get; init; } = true;

    public SgdLearningRate LearningRate { get; init; }

    public double Eta0 { get; init; } = 0.01;

    public double PowerT { get; init; } = 0.5;

    public ulong Seed { get; init; }
}
