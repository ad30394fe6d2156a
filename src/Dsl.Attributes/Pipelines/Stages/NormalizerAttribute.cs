namespace Dsl;

/// <summary>Vector → same size, divided by its norm; one of zeros stays.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class NormalizerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>Which norm, at least 1; infinity: the largest absolute value.</summary>
    public double P { get; set; } = 2;
}
