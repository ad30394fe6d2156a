namespace Dsl;

/// <summary>What a linear regression minimises.</summary>
public enum RegressionLoss
{
    /// <summary>Half the squared difference.</summary>
    SquaredError,

    /// <summary>A square that turns into a line, with a scale that is estimated along.</summary>
    Huber,
}
