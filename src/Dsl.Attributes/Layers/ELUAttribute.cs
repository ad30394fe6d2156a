namespace Dsl;

/// <summary>x where positive, alpha·(eˣ - 1) elsewhere; any shape, the same comes out. Clevert et al., 2015.</summary>
/// <param name="alpha">The negative of the limit at -∞, finite.</param>
public sealed class ELUAttribute(double alpha = 1) : NodeAttribute
{
    /// <summary>The negative of the limit at -∞.</summary>
    public double Alpha { get; } = alpha;
}
