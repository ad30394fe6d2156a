namespace Dsl;

/// <summary>x·Φ(x), exact: by the error function. Hendrycks and Gimpel, 2016; any shape, the same comes out.</summary>
public sealed class GELUAttribute : NodeAttribute;
