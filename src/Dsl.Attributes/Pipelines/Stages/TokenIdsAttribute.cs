namespace Dsl;

/// <summary>Tokens → ids for <c>Tokens(length, Vocabulary = V, Padding = 0)</c>: 0 padding at the end, 1 unknown, then the most frequent.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="length">The ids of a row, at least 1; what is longer is cut.</param>
public sealed class TokenIdsAttribute(string input, string output, int length) : ColumnStageAttribute(input, output)
{
    /// <summary>The ids of a row, at least 1; what is longer is cut.</summary>
    public int Length { get; } = length;

    /// <summary>How many ids there are, at least 3.</summary>
    public int VocabSize { get; set; } = 10000;
}
