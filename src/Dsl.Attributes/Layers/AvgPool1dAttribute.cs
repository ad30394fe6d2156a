namespace Dsl;

/// <summary>The mean of each window of steps: T×F → T'×F. Padding, and what lies beyond a sample's own steps, counts as zeros in the mean.</summary>
/// <param name="k">The window's length in steps, at least 1.</param>
public sealed class AvgPool1dAttribute(int k) : StepPoolNodeAttribute(k);
