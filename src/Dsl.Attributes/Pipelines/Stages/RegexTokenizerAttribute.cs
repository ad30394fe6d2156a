namespace Dsl;

/// <summary>Text → tokens, by a regular expression of .NET with <c>\s</c>, <c>\w</c>, <c>\d</c> in ASCII.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class RegexTokenizerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>A regular expression.</summary>
    public string Pattern { get; set; } = @"\s+";

    /// <summary>It matches what stands between tokens, not the tokens.</summary>
    public bool Gaps { get; set; } = true;

    /// <summary>The fewest characters of a token; at least 0, shorter ones are left out.</summary>
    public int MinTokenLength { get; set; } = 1;

    /// <summary>Lower case first.</summary>
    public bool ToLowercase { get; set; } = true;
}
