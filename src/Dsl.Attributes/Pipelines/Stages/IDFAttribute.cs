namespace Dsl;

/// <summary>Vector → same size, each element times ln((n + 1) / (m + 1)), where m of n rows have it above 0.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class IDFAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>Elements that fewer rows have become 0; at least 0.</summary>
    public int MinDocFreq { get; set; }
}
