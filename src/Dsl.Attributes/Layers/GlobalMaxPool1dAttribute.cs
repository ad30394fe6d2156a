namespace Dsl;

/// <summary>The largest value of every feature over a sample's own steps: T×F → F.</summary>
public sealed class GlobalMaxPool1dAttribute : NodeAttribute;
