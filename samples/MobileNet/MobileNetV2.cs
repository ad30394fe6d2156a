using Dsl;

namespace MobileNet;

/// <summary>
/// MobileNetV2 1.0 (M. Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018): an RGB photo of 224×224, each value x / 127.5 - 1, to scores of 1,001
/// classes, the first of which is none of ImageNet's. Layers as torchvision has them, with TensorFlow's padding.
/// </summary>
[Model, Input(3, 224, 224)]
[Use<MobileNetBody>, Dropout(0.2), Linear(1001)]
public partial class MobileNetV2;

/// <summary>All but the classifier: 1,280 features of a photo.</summary>
[Block, Input(3, 224, 224)]
[Conv2d(32, 3, Stride = 2, Same = true, Bias = false), BatchNorm2d, ReLU6]
[DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(16, 1, Bias = false), BatchNorm2d]
[Conv2d(96, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Stride = 2, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(24, 1, Bias = false), BatchNorm2d]
[Use<Bottleneck24>]
[Conv2d(144, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Stride = 2, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(32, 1, Bias = false), BatchNorm2d]
[Use<Bottleneck32>(Repeat = 2)]
[Conv2d(192, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Stride = 2, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(64, 1, Bias = false), BatchNorm2d]
[Use<Bottleneck64>(Repeat = 3)]
[Conv2d(384, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(96, 1, Bias = false), BatchNorm2d]
[Use<Bottleneck96>(Repeat = 2)]
[Conv2d(576, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Stride = 2, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(160, 1, Bias = false), BatchNorm2d]
[Use<Bottleneck160>(Repeat = 2)]
[Conv2d(960, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(320, 1, Bias = false), BatchNorm2d]
[Conv2d(1280, 1, Bias = false), BatchNorm2d, ReLU6, GlobalAvgPool2d]
public partial class MobileNetBody;

/// <summary>An inverted residual of 24 channels: six times as many inside.</summary>
[Block, Input(24, 56, 56)]
[Conv2d(144, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(24, 1, Bias = false), BatchNorm2d, Add("Input")]
public partial class Bottleneck24;

/// <summary>An inverted residual of 32 channels.</summary>
[Block, Input(32, 28, 28)]
[Conv2d(192, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(32, 1, Bias = false), BatchNorm2d, Add("Input")]
public partial class Bottleneck32;

/// <summary>An inverted residual of 64 channels.</summary>
[Block, Input(64, 14, 14)]
[Conv2d(384, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(64, 1, Bias = false), BatchNorm2d, Add("Input")]
public partial class Bottleneck64;

/// <summary>An inverted residual of 96 channels.</summary>
[Block, Input(96, 14, 14)]
[Conv2d(576, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(96, 1, Bias = false), BatchNorm2d, Add("Input")]
public partial class Bottleneck96;

/// <summary>An inverted residual of 160 channels.</summary>
[Block, Input(160, 7, 7)]
[Conv2d(960, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Same = true, Bias = false), BatchNorm2d, ReLU6, Conv2d(160, 1, Bias = false), BatchNorm2d, Add("Input")]
public partial class Bottleneck160;
