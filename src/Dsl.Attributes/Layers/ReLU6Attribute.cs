namespace Dsl;

/// <summary>min(max(0, x), 6); any shape, the same comes out.</summary>
public sealed class ReLU6Attribute : NodeAttribute;
