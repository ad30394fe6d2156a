namespace Dsl;

/// <summary>Vector → same size, each element by its median and the range between two quantiles (exact).</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class RobustScalerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The lower quantile, above 0 and below <c>Upper</c>.</summary>
    public double Lower { get; set; } = 0.25;

    /// <summary>The upper quantile, below 1.</summary>
    public double Upper { get; set; } = 0.75;

    /// <summary>Takes the median off; sparse vectors become dense.</summary>
    public bool WithCentering { get; set; }

    /// <summary>Divides by the range.</summary>
    public bool WithScaling { get; set; } = true;
}
