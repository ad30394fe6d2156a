namespace Dsl;

/// <summary>Text → tokens: lower case, split at every single ASCII white space; empty tokens stay but at the end, and empty text is one empty token.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class TokenizerAttribute(string input, string output) : ColumnStageAttribute(input, output);
