using Dsl;

namespace Importance;

/// <summary>Reads a digit by ten of its pixels.</summary>
[Model, Input(10), Linear(64), ReLU, Linear(32), ReLU, Linear(10), CrossEntropy, Adam(3e-3)]
public sealed partial class FewPixels;

/// <summary>The same with all of them.</summary>
[Model, Input(64), Linear(64), ReLU, Linear(32), ReLU, Linear(10), CrossEntropy, Adam(3e-3)]
public sealed partial class AllPixels;
