namespace Dsl;

/// <summary>The mean of each window: C×H×W → C×H'×W'. Padding counts as zeros in the mean.</summary>
/// <param name="k">The window's side in elements, at least 1.</param>
public sealed class AvgPool2dAttribute(int k) : PoolNodeAttribute(k);
