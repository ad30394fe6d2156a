namespace Dsl;

/// <summary>What large coefficients cost.</summary>
public enum SgdPenalty
{
    /// <summary>Their squares.</summary>
    L2,

    /// <summary>Their absolute values.</summary>
    L1,

    /// <summary>Both, by <c>L1Ratio</c>.</summary>
    ElasticNet,
}
