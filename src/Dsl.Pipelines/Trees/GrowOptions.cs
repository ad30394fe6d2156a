namespace Dsl.Pipelines.Trees;

/// <summary>What bounds the growth of trees; names, defaults and meaning are MLlib's.</summary>
internal sealed record GrowOptions
{
    public int MaxDepth { get; init; } = 5;

    public int MaxBins { get; init; } = 32;

    public int MinInstancesPerNode { get; init; } = 1;

    public double MinWeightFractionPerNode { get; init; }

    public double MinInfoGain { get; init; }

    /// <summary>How many features a node looks at; drawn anew for each where it is not all.</summary>
    public int FeaturesPerNode { get; init; } = int.MaxValue;
}
