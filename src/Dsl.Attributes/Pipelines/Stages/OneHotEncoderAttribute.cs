namespace Dsl;

/// <summary>Class number → vector with a 1 at its place: as many elements as classes, less one with <c>DropLast</c>, one more with <c>Keep</c>.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class OneHotEncoderAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The last class is all zeros.</summary>
    public bool DropLast { get; set; } = true;

    /// <summary>What becomes of a class that was not seen: <c>Error</c>, or with <c>Keep</c> an element of its own; no <c>Skip</c>.</summary>
    public HandleInvalid HandleInvalid { get; set; }

    /// <summary>How many elements the vector has, at least 1, so that the compiler knows; a class beyond is an error.</summary>
    public int Size { get; set; }
}
