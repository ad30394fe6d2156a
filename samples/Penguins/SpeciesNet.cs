using Dsl;

namespace Penguins;

/// <summary>The species of a penguin by six figures about it.</summary>
[Model, Input(6), Linear(32), ReLU, Linear(3), CrossEntropy, Adam(1e-2)]
public sealed partial class SpeciesNet;
