namespace Dsl;

/// <summary>Vector of n → all products of up to <c>Degree</c> elements, binomial(n + Degree, Degree) - 1.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class PolynomialExpansionAttribute(string input, string output) : ColumnStageAttribute(input, output)
{
    /// <summary>The highest degree, at least 1.</summary>
    public int Degree { get; set; } = 2;
}
