namespace Dsl;

/// <summary>What a stage has that makes one column of another.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public abstract class ColumnStageAttribute(string input, string output) : StageAttribute
{
    /// <summary>The column to read.</summary>
    public string Input { get; } = input;

    /// <summary>The column to make.</summary>
    public string Output { get; } = output;
}
