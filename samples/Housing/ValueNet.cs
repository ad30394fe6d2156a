using Dsl;

namespace Housing;

/// <summary>The value of a district's houses by eight scaled figures.</summary>
[Model, Input(8), Linear(64), ReLU, Linear(64), ReLU, Linear(1), MeanSquaredError, Adam(2e-3)]
public sealed partial class ValueNet;
