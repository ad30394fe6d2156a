namespace Dsl;

/// <summary>Text, or a number as its invariant text → class number with labels.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class StringIndexerAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>How labels are numbered.</summary>
    public StringOrder StringOrderType { get; set; }

    /// <summary>What becomes of null and text that was not seen; <c>Keep</c>: one class more, <c>__unknown</c>.</summary>
    public HandleInvalid HandleInvalid { get; set; }

    /// <summary>How many labels there are at most, at least 1, so that the compiler knows; more are an error in <c>Fit</c>.</summary>
    public int Classes { get; set; }
}
