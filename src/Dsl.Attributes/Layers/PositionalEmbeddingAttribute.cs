namespace Dsl;

/// <summary>Adds a trained row to each step, drawn from N(0, 0.02): T×F, same shape.</summary>
public sealed class PositionalEmbeddingAttribute : TrainableNodeAttribute;
