namespace Dsl;

/// <summary>Hides the values of a column. Takes null, which stays null.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="how">How.</param>
public sealed class MaskAttribute(string input, string output, Masking how) : ColumnStageAttribute(input, output)
{
    /// <summary>How.</summary>
    public Masking How { get; } = how;

    /// <summary><c>Bucket</c>: how wide a bucket is, above 0.</summary>
    public double Width { get; set; }

    /// <summary><c>Noise</c>: its scale, above 0.</summary>
    public double Scale { get; set; }
}
