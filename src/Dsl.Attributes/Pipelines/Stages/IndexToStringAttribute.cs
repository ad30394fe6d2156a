namespace Dsl;

/// <summary>Class number with labels, or any number with <c>Labels</c> → text.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class IndexToStringAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The texts of 0, 1, ...; without any those of the class number.</summary>
    public string[] Labels { get; set; } = [];
}
