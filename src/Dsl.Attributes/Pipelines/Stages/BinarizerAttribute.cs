namespace Dsl;

/// <summary>Number → class number, vector → vector: 1 above the threshold, else 0.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class BinarizerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>What is above it is 1; finite.</summary>
    public double Threshold { get; set; }
}
