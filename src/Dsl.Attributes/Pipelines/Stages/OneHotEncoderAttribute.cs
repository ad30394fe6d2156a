namespace Dsl;

/// <summary>Class number, or a number that is one, → vector with a 1 at its place: as many elements as classes, less one with <c>DropLast</c>, one more with <c>Keep</c>.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class OneHotEncoderAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The last class is all zeros; with <c>Keep</c> that is the one of unseen classes.</summary>
    public bool DropLast { get; set; } = true;

    /// <summary>What becomes of a class that was not there in <c>Fit</c>; <c>Keep</c>: one class more, the last. There is no <c>Skip</c>.</summary>
    public HandleInvalid HandleInvalid { get; set; }

    /// <summary>How many elements the vector has, at least 1, so that the compiler knows; a class beyond is an error.</summary>
    public int Size { get; set; }
}
