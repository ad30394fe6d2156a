namespace Dsl;

/// <summary>Gated recurrent unit, its reset gate behind the product as in PyTorch: T×F → T×hidden (2·hidden if bidirectional). A sample's padded steps give 0. Cho et al., 2014.</summary>
/// <param name="hidden">Features of a step's result, at least 1.</param>
public sealed class GRUAttribute(int hidden) : RecurrentNodeAttribute(hidden);
