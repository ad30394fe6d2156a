namespace Dsl;

/// <summary>ln(1 + eˣ); any shape, the same comes out.</summary>
public sealed class SoftplusAttribute : NodeAttribute;
