namespace Dsl;

/// <summary>max(0, x); any shape, the same comes out.</summary>
public sealed class ReLUAttribute : NodeAttribute;
