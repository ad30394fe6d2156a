namespace Dsl;

/// <summary>min(max(x + 3, 0), 6) / 6; any shape, the same comes out.</summary>
public sealed class HardSigmoidAttribute : NodeAttribute;
