namespace Dsl;

/// <summary>Vector → same size, each element from <c>Min</c> to <c>Max</c>; one that never changes becomes their middle, and new values may lie outside.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class MinMaxScalerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>Where the smallest value goes; finite, below <c>Max</c>.</summary>
    public double Min { get; set; }

    /// <summary>Where the largest value goes; finite, above <c>Min</c>.</summary>
    public double Max { get; set; } = 1;
}
