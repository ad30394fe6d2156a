namespace Dsl;

/// <summary>1 / (1 + e⁻ˣ); any shape, the same comes out. <c>BinaryCrossEntropy</c> applies it itself (DSL302).</summary>
public sealed class SigmoidAttribute : NodeAttribute;
