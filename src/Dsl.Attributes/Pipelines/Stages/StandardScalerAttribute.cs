namespace Dsl;

/// <summary>Vector → same size, each element by its mean and deviation (over n - 1); divided, one that never changes becomes 0.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class StandardScalerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>Takes the mean off; sparse vectors become dense.</summary>
    public bool WithMean { get; set; }

    /// <summary>Divides by the deviation.</summary>
    public bool WithStd { get; set; } = true;
}
