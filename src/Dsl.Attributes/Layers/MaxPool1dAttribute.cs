namespace Dsl;

/// <summary>The largest value of each window of steps: T×F → T'×F. Padding, and what lies beyond a sample's own steps, counts as nothing.</summary>
/// <param name="k">The window's length in steps, at least 1.</param>
public sealed class MaxPool1dAttribute(int k) : StepPoolNodeAttribute(k);
