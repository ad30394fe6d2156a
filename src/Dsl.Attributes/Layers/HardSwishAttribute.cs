namespace Dsl;

/// <summary>x·min(max(x + 3, 0), 6) / 6. Howard et al., 2019; any shape, the same comes out.</summary>
public sealed class HardSwishAttribute : NodeAttribute;
