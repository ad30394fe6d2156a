namespace Dsl.Report.Tests;

/// <summary>A block with a skip around two convolutions.</summary>
[Block, Input(8, 6, 6)]
[Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, Conv2d(8, 3, Padding = 1), BatchNorm2d, Add("Input"), ReLU]
public partial class Residual;

/// <summary>Skips within blocks, and one over all of them.</summary>
[Model, Input(1, 6, 6)]
[Conv2d(8, 3, Padding = 1, Name = "Stem"), ReLU, Use<Residual>(Repeat = 2), Concat("Stem"), GlobalAvgPool2d, Linear(3), CrossEntropy, Adam]
public partial class ResidualNet;

/// <summary>Two inputs, two branches from one of them, two outputs.</summary>
[Model]
[Input(3, 8, 8, Name = "Image"), Input(5, Name = "Facts")]
[Conv2d(4, 3, From = "Image", Padding = 1), ReLU, GlobalAvgPool2d(Name = "Seen")]
[Conv2d(6, 3, From = "Image", Stride = 2), ReLU, GlobalMaxPool2d(Name = "Peaks")]
[Linear(4, From = "Facts"), Tanh, Concat("Seen", "Peaks", Name = "All"), Output("Mixture"), Linear(2, Name = "Score")]
[MeanSquaredError, Adam]
public partial class Mixed;

/// <summary>A layer after another.</summary>
[Model, Input(4), Linear(8), ReLU, Dropout(0.1), Linear(2), CrossEntropy, Adam(1e-2)]
public partial class Plain;
