namespace Dsl;

/// <summary>Zeros around the image: C×H×W → C×(H + 2p)×(W + 2p).</summary>
/// <param name="p">Rows and columns on each side, at least 0.</param>
public sealed class ZeroPad2dAttribute(int p) : NodeAttribute
{
    /// <summary>Rows and columns on each side.</summary>
    public int P { get; } = p;
}
