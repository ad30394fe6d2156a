using Dsl;

namespace ModelTests.Behaviour;

[Model]
[Input(16)]
[Linear(24), ReLU, Linear(5)]
[CrossEntropy, Adam(1e-2)]
public partial class Mlp;

/// <summary>Functions that turn an infinity into a number, and the gradient behind it into none, before each of the optimizers.</summary>
[Model]
[Input(4)]
[Linear(3), Tanh, Linear(2)]
[MeanSquaredError, SGD(0.1, Momentum = 0.9)]
public partial class TanhSwallows;

[Model]
[Input(4)]
[Linear(3), Sigmoid, Linear(2)]
[MeanSquaredError, Adam(0.1, ClipNorm = 1)]
public partial class SigmoidSwallows;

[Model]
[Input(4)]
[Linear(3), ReLU6, Linear(2)]
[MeanSquaredError, RMSprop(0.01, Momentum = 0.9, ClipNorm = 1)]
public partial class ReLU6Swallows;

[Model]
[Input(4)]
[Linear(3), HardSigmoid, Linear(2)]
[MeanSquaredError, Adagrad(0.1)]
public partial class HardSigmoidSwallows;

/// <summary>A norm that makes numbers of what its variance cannot hold.</summary>
[Model]
[Input(4)]
[BatchNorm1d, Linear(2)]
[MeanSquaredError, SGD(0.1, WeightDecay = 0.01)]
public partial class NormSwallows;

/// <summary>Slopes that are 0 in single precision: whether a derivative comes from a function's output is decided by what kernels get.</summary>
[Model]
[Input(7)]
[Linear(8), LeakyReLU(-1e-50), Linear(8), LeakyReLU(1e-50), Linear(8), ELU(1e-50), Linear(8), ELU(-1e-50), Linear(3)]
[CrossEntropy, SGD(0.1)]
public partial class TinySlopes;

/// <summary>Large enough for the kernels to use several threads.</summary>
[Model]
[Input(128)]
[Linear(256), Tanh, Linear(256), ReLU, Linear(10)]
[CrossEntropy, SGD(0.1, Momentum = 0.9)]
public partial class WideMlp;

[Model]
[Input(1, 8, 8)]
[Conv2d(16, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Dropout(0.25), Linear(10)]
[CrossEntropy, Adam(1e-3)]
public partial class DigitNet;

/// <summary>What hides a NaN, if anything does: ReLU and max pooling in the convolution's own pass.</summary>
[Model]
[Input(1, 8, 8)]
[Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(4)]
[CrossEntropy(LabelSmoothing = 0.1), SGD(0.1)]
public partial class PoolNet;

[Model]
[Input(2, 7, 6)]
[DepthwiseConv2d(3, Padding = 1), SiLU, AvgPool2d(2), ZeroPad2d(1), Upsample2d(2), AdaptiveAvgPool2d(2, 3)]
[Permute(1, 2, 0), Reshape(12), Linear(3)]
[CrossEntropy, Adagrad(0.05)]
public partial class RearrangingNet;

[Model]
[Input(4, Name = "Left"), Input(3, Name = "Right")]
[Linear(6, From = "Left"), ReLU]
[Linear(6, From = "Right", Name = "Side"), Tanh]
[Concat("ReLU1"), Linear(3)]
[CrossEntropy, RMSprop(1e-2)]
public partial class TwoInputs;

[Model]
[Input(6)]
[Linear(5), Tanh, Output("Hidden")]
[Linear(4), Output("Middle")]
[Tanh, Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class ThreeOutputs;

[Model]
[Input(12)]
[Linear(8), Tanh, Linear(3), Expose("Encode", "Decode"), Tanh, Linear(12)]
[Reconstruction, Adam]
public partial class Autoencoder;

/// <summary>Exposes an image, which lies channels last inside.</summary>
[Model]
[Input(2, 5, 4)]
[Conv2d(3, 3, Padding = 1), ReLU, Expose("Features", "Head")]
[Flatten, Linear(2)]
[Huber(0.5), SGD(0.05)]
public partial class ExposedImage;

[Model]
[Input(4)]
[Linear(6), Tanh, Linear(1)]
[Hinge, SGD(0.1)]
public partial class SignNet;

[Model]
[Input(5)]
[Linear(8), ReLU, Linear(3)]
[BinaryCrossEntropy, AdamW(1e-2)]
public partial class TagNet;

[Model]
[Input(4, 3)]
[Linear(6), ReLU, Linear(3)]
[CrossEntropy(IgnoreLabel = -1), Adam(1e-2)]
public partial class StepLabels;

[Block]
[Input(4, 5, 5)]
[Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU, Add("Input")]
public partial class Cell;

[Model]
[Input(2, 5, 5)]
[Conv2d(4, 3, Padding = 1), Use<Cell>(Repeat = 2), GlobalAvgPool2d, Linear(3)]
[CrossEntropy, AdamW(1e-3)]
public partial class BlockNet;

/// <summary>A frozen convolution and norm, then ones that are trained.</summary>
[Model]
[Input(2, 6, 6)]
[Conv2d(4, 3, Padding = 1, Trainable = false), BatchNorm2d(Trainable = false), ReLU]
[Conv2d(4, 3), BatchNorm2d, ReLU, Flatten, Linear(3)]
[CrossEntropy, SGD(0.05, WeightDecay = 0.01)]
public partial class FrozenNet;

/// <summary>Nothing below the last layer is trained.</summary>
[Model]
[Input(2, 6, 6)]
[Conv2d(4, 3, Padding = 1, Trainable = false), BatchNorm2d(Trainable = false), GELU]
[DepthwiseConv2d(3, Trainable = false), BatchNorm2d(Trainable = false), ReLU6, MaxPool2d(2), Flatten, Linear(3)]
[CrossEntropy, SGD(0.05)]
public partial class FrozenBody;

[Model]
[Input(6)]
[Linear(8), BatchNorm1d, ReLU, Linear(3)]
[CrossEntropy, Adam(1e-2)]
public partial class NormNet;

[Model]
[Input(32)]
[Linear(32), Dropout(0.5), Linear(4)]
[MeanAbsoluteError, SGD(1e-6)]
public partial class DropoutNet;

[Model]
[Input(3)]
[Linear(2)]
[CrossEntropy, SGD(0.1), Cosine(WarmupSteps = 2, FinalRate = 0.01)]
public partial class CosineNet;

[Model]
[Input(3)]
[Linear(2)]
[CrossEntropy, SGD(0.1), WarmupLinear(3)]
public partial class WarmupNet;

[Model]
[Input(3)]
[Linear(2)]
[CrossEntropy, SGD(0.1), StepDecay(2, 0.5)]
public partial class StepDecayNet;

[Model]
[Input(3)]
[Linear(2)]
[CrossEntropy, SGD(0.1), OneCycle(0.5)]
public partial class OneCycleNet;

[Model]
[Input(3)]
[Linear(2)]
public partial class LossFree;

[Model]
[Input(3)]
[Linear(2)]
[MeanSquaredError]
public partial class OptimizerFree;

/// <summary>Reads its input after it began to write its output.</summary>
[Model]
[Input(64)]
[Linear(64)]
[MeanSquaredError, SGD(0.1)]
public partial class SquareNet;

/// <summary>Few parameters and a large arena.</summary>
[Model]
[Input(8)]
[Linear(512), ReLU, Linear(2)]
[CrossEntropy, SGD(0.1)]
public partial class BroadNet;
