namespace Dsl;

/// <summary>x where positive, slope·x elsewhere; any shape, the same comes out.</summary>
/// <param name="slope">The factor of negative values, finite.</param>
public sealed class LeakyReLUAttribute(double slope = 0.01) : NodeAttribute
{
    /// <summary>The factor of negative values.</summary>
    public double Slope { get; } = slope;
}
