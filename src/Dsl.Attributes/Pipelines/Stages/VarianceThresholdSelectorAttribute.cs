namespace Dsl;

/// <summary>Vector → the elements whose variance is higher.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class VarianceThresholdSelectorAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The variance, at least 0.</summary>
    public double VarianceThreshold { get; set; }
}
