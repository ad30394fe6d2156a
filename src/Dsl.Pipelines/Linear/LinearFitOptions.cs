namespace Dsl.Pipelines.Linear;

/// <summary>What a linear or logistic regression is fitted with; names, defaults and meaning are MLlib's.</summary>
internal sealed record LinearFitOptions
{
    public int MaxIter { get; init; } = 100;

    public double RegParam { get; init; }

    public double ElasticNetParam { get; init; }

    public double Tol { get; init; } = 1e-6;

    public bool FitIntercept { get; init; } = true;

    public bool Standardization { get; init; } = true;
}
