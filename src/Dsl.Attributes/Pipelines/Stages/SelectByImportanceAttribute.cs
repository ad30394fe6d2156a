namespace Dsl;

/// <summary>Vector → its elements of highest importance in a tree, forest or boosting before it, in their order.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="top">How many, from 1 to the size.</param>
public sealed class SelectByImportanceAttribute(string input, string output, int top) : ColumnStageAttribute(input, output)
{
    /// <summary>How many, from 1 to the size.</summary>
    public int Top { get; } = top;

    /// <summary>The name of the tree, forest or boosting whose features these are; without it the last one.</summary>
    public string? From { get; set; }
}
