namespace Dsl;

/// <summary>
/// Adds to step t the sine of t / 10000^(i/F) at each even feature i, and the cosine with i - 1 at each odd one: T×F, same shape. Vaswani et al., 2017.
/// </summary>
public sealed class SinusoidalPositionAttribute : NodeAttribute;
