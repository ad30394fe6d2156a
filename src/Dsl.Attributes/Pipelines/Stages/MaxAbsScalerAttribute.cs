namespace Dsl;

/// <summary>Vector → same size, each element divided by its largest absolute value.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
public sealed class MaxAbsScalerAttribute(string input, string output) : ColumnStageAttribute(input, output);
