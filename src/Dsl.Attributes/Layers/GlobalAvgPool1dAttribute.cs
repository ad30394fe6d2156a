namespace Dsl;

/// <summary>The mean of every feature over a sample's own steps: T×F → F.</summary>
public sealed class GlobalAvgPool1dAttribute : NodeAttribute;
