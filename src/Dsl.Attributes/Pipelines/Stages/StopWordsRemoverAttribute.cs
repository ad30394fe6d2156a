namespace Dsl;

/// <summary>Tokens → tokens without the frequent words of a language.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class StopWordsRemoverAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>
    /// Whose words: danish, dutch, english, finnish, french, german, hungarian, italian, norwegian, portuguese, russian, spanish, swedish, turkish.
    /// </summary>
    public string Language { get; set; } = "english";

    /// <summary>Words in place of the language's.</summary>
    public string[] StopWords { get; set; } = [];

    /// <summary>Upper and lower case differ.</summary>
    public bool CaseSensitive { get; set; }
}
