namespace Dsl;

/// <summary>Tokens → sparse vector of how often each occurs, at a place by its hash (MurmurHash3 of UTF-8).</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class HashingTFAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The elements of the vector, at least 1.</summary>
    public int NumFeatures { get; set; } = 262144;

    /// <summary>1 for every token that occurs.</summary>
    public bool Binary { get; set; }
}
