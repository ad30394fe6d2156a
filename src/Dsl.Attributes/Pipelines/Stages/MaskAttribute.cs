namespace Dsl;

/// <summary>Hides the values of a column: what it makes is not sensitive. Takes null, which stays null but with <c>Redact</c>.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="how">How they are hidden.</param>
public sealed class MaskAttribute(string input, string output, Masking how) : ColumnStageAttribute(input, output)
{
    /// <summary>How they are hidden.</summary>
    public Masking How { get; } = how;

    /// <summary>Needed by <c>Bucket</c>, and for it alone: how wide a bucket is, above 0.</summary>
    public double Width { get; set; }

    /// <summary>Needed by <c>Noise</c>, and for it alone: its scale, above 0.</summary>
    public double Scale { get; set; }
}
