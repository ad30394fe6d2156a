namespace Dsl;

/// <summary>In training sets values to zero at random and scales the rest by 1 / (1 - p); outside training changes nothing. Same shape. Srivastava et al., 2014.</summary>
/// <param name="p">The probability of a zero, in [0, 1).</param>
public sealed class DropoutAttribute(double p = 0.5) : NodeAttribute
{
    /// <summary>The probability of a zero.</summary>
    public double P { get; } = p;
}
