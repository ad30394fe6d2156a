namespace Dsl;

/// <summary>The largest value of each window: C×H×W → C×H'×W'. Padding counts as nothing.</summary>
/// <param name="k">The window's side in elements, at least 1.</param>
public sealed class MaxPool2dAttribute(int k) : PoolNodeAttribute(k);
