namespace Dsl;

/// <summary>Number → class number of at most so many classes of about as many rows, from -∞ to ∞.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="numBuckets">At least 2.</param>
public sealed class QuantileDiscretizerAttribute(string input, string output, int numBuckets) : ColumnStageAttribute(input, output)
{
    /// <summary>At least 2.</summary>
    public int NumBuckets { get; } = numBuckets;

    /// <summary>What becomes of null and NaN; <c>Keep</c>: one class more.</summary>
    public HandleInvalid HandleInvalid { get; set; }
}
