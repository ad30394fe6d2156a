namespace Dsl;

/// <summary>Vector → the elements whose variance (over n - 1) is above a threshold.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class VarianceThresholdSelectorAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The variance that is not enough, at least 0.</summary>
    public double VarianceThreshold { get; set; }
}
