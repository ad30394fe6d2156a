namespace Dsl;

/// <summary>Repeats every pixel scale × scale times (nearest neighbour): C×H×W → C×scale·H×scale·W.</summary>
/// <param name="scale">The factor, at least 1.</param>
public sealed class Upsample2dAttribute(int scale) : NodeAttribute
{
    /// <summary>The factor.</summary>
    public int Scale { get; } = scale;
}
