namespace Dsl;

/// <summary>What boosted regression trees minimise.</summary>
public enum BoostingLoss
{
    /// <summary>The squared difference.</summary>
    Squared,

    /// <summary>The absolute difference.</summary>
    Absolute,
}
