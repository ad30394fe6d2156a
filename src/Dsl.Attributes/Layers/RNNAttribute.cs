namespace Dsl;

/// <summary>Elman's recurrent layer, h' = tanh(W·x + b + V·h + d) at each step: T×F → T×hidden (2·hidden if bidirectional). A sample's padded steps give 0. Elman, 1990.</summary>
/// <param name="hidden">Features of a step's result, at least 1.</param>
public sealed class RNNAttribute(int hidden) : RecurrentNodeAttribute(hidden);
