namespace Dsl;

/// <summary>All dimensions → one, row-major in channels-first order: C×H×W → C·H·W.</summary>
public sealed class FlattenAttribute : NodeAttribute;
