namespace Dsl;

/// <summary>The hyperbolic tangent; any shape, the same comes out.</summary>
public sealed class TanhAttribute : NodeAttribute;
