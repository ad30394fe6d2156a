using Dsl;

namespace BenchModels;

/// <summary>ResNet-20 on 3×32×32 (K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2; shortcuts of other sizes by 1×1 convolutions), the network of the row `resnet-step`.</summary>
[Model]
[Input(3, 32, 32)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU]
[Use<Residual16>(Repeat = 3, Name = "Stage1")]
[Conv2d(32, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d(Name = "Branch2")]
[Conv2d(32, 1, Stride = 2, Bias = false, From = "Stage1"), BatchNorm2d, Add("Branch2"), ReLU]
[Use<Residual32>(Repeat = 2, Name = "Stage2")]
[Conv2d(64, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d(Name = "Branch3")]
[Conv2d(64, 1, Stride = 2, Bias = false, From = "Stage2"), BatchNorm2d, Add("Branch3"), ReLU]
[Use<Residual64>(Repeat = 2)]
[GlobalAvgPool2d, Linear(10)]
[CrossEntropy, SGD(1e-3, Momentum = 0.9, WeightDecay = 1e-4)]
public partial class ResNet20;

/// <summary>A residual of 16 channels.</summary>
[Block, Input(16, 32, 32)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, Add("Input"), ReLU]
public partial class Residual16;

/// <summary>A residual of 32 channels.</summary>
[Block, Input(32, 16, 16)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, Add("Input"), ReLU]
public partial class Residual32;

/// <summary>A residual of 64 channels.</summary>
[Block, Input(64, 8, 8)]
[Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, Conv2d(64, 3, Padding = 1, Bias = false), BatchNorm2d, Add("Input"), ReLU]
public partial class Residual64;
