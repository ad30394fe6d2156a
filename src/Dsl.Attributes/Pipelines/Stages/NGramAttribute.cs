namespace Dsl;

/// <summary>Tokens → every run of neighbours, joined by a space; none from fewer.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class NGramAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>How many neighbours, at least 1.</summary>
    public int N { get; set; } = 2;
}
