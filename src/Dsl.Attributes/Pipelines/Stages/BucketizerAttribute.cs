namespace Dsl;

/// <summary>Number → class number of the interval that it lies in: [a, b), the last [a, b].</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="splits">At least three, ascending; infinities may stand at the ends.</param>
public sealed class BucketizerAttribute(string input, string output, params double[] splits) : ColumnStageAttribute(input, output)
{
    /// <summary>At least three, ascending; infinities may stand at the ends.</summary>
    public double[] Splits { get; } = splits;

    /// <summary>What becomes of null and NaN; <c>Keep</c>: one class more. A number outside the splits is an error.</summary>
    public HandleInvalid HandleInvalid { get; set; }
}
