namespace Dsl;

/// <summary>Vector → its first principal components, not centred; of a component the element of the largest absolute value is positive.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="k">How many, from 1 to the size.</param>
public sealed class PCAAttribute(string input, string output, int k) : ColumnStageAttribute(input, output)
{
    /// <summary>How many, from 1 to the size.</summary>
    public int K { get; } = k;
}
