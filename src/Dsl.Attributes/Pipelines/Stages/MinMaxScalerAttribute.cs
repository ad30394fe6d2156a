namespace Dsl;

/// <summary>Vector → same size, each element from <c>Min</c> to <c>Max</c>.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class MinMaxScalerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The lower end, below <c>Max</c>.</summary>
    public double Min { get; set; }

    /// <summary>The upper end.</summary>
    public double Max { get; set; } = 1;
}
