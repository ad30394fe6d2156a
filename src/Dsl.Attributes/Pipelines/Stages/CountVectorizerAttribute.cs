namespace Dsl;

/// <summary>Tokens → sparse vector of how often each word of a learnt vocabulary occurs.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class CountVectorizerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The most words, at least 1.</summary>
    public int VocabSize { get; set; } = 262144;

    /// <summary>The fewest rows that a word must be in, at least 0; below 1 a share of them.</summary>
    public double MinDF { get; set; } = 1;

    /// <summary>The most rows that a word may be in, at least 0; below 1 a share of them.</summary>
    public double MaxDF { get; set; } = long.MaxValue;

    /// <summary>How often a word must occur in a row to count there, at least 0; below 1 a share of its tokens.</summary>
    public double MinTF { get; set; } = 1;

    /// <summary>1 for every word that occurs.</summary>
    public bool Binary { get; set; }
}
