namespace Dsl;

/// <summary>x·sigmoid(x), also called swish; any shape, the same comes out.</summary>
public sealed class SiLUAttribute : NodeAttribute;
