namespace Dsl;

/// <summary>Long short-term memory: T×F → T×hidden (2·hidden if bidirectional). A sample's padded steps give 0. Hochreiter and Schmidhuber, 1997, with the forget gate of Gers, Schmidhuber and Cummins, 2000.</summary>
/// <param name="hidden">Features of a step's result, at least 1.</param>
public sealed class LSTMAttribute(int hidden) : RecurrentNodeAttribute(hidden);
