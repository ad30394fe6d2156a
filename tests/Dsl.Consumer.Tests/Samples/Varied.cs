// Declarations of every kind, as a consumer writes them. Compiled by SettingsTests under every combination of project settings.
using Dsl;

[Model, Input(3), Linear(2), CrossEntropy, Adam]
internal partial class InGlobalNamespace;

namespace Plain
{
    [Model]
    [Input(1, 8, 8)]
    [Conv2d(16, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
    [Conv2d(32, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
    [Flatten, Dropout(0.25), Linear(10)]
    [CrossEntropy, Adam(1e-3)]
    internal partial class DigitNet;

    [Model, Input(64), Linear(64), ReLU, Linear(10), CrossEntropy(LabelSmoothing = 0.1, IgnoreLabel = -1), AdamW(1e-3, WeightDecay = 0.05), Cosine(WarmupSteps = 5)]
    [Budget(Parameters = 10_000, MegaFlops = 1, Megabytes = 4, Batch = 32)]
    internal partial class Mlp;

    [Block, Input(8, 6, 6)]
    [Conv2d(8, 3, Padding = 1, Bias = false, Name = "network"), BatchNorm2d(Name = "first"), ReLU, Conv2d(8, 3, Same = true), Add("Input"), ReLU]
    internal partial class Residual;

    [Block, Input(8, 6, 6), Use<Residual>(Name = "pair", Repeat = 2), DepthwiseConv2d(3, Same = true), Conv2d(8, 1)]
    internal partial class Stage;

    [Block, Input(8, 6, 6), SiLU]
    internal partial class WithoutParameters;

    [Model, Input(1, 6, 6), Conv2d(8, 3, Padding = 1), Use<Stage>, Use<Residual>(Repeat = 3, Trainable = false), Use<WithoutParameters>(Repeat = 2), GlobalAvgPool2d, Linear(3)]
    [CrossEntropy, SGD(0.1, Momentum = 0.9, Nesterov = true, ClipNorm = 1, L1 = 1e-5), OneCycle(0.4)]
    internal partial class Residuals;

    [Model]
    [Input(1, 8, 8, Name = "picture"), Input(5, Name = "facts"), Input(5, Name = "Facts")]
    [Conv2d(4, 3, From = "picture", Init = Init.KaimingNormal), GELU, AdaptiveAvgPool2d(2, 2), Flatten(Name = "seen"), Expose("Look")]
    [Linear(5, From = "facts", Name = "Gate"), Sigmoid, Multiply("Facts"), Concat("seen", "Gate"), Linear(7, Name = "joined"), Output("Middle"), Linear(3)]
    [Huber(0.5), RMSprop(1e-3, Momentum = 0.1), WarmupLinear(10)]
    internal partial class SeveralPorts;

    [Model, Input(12), Linear(4, Name = "Code"), Expose("Encode", "Decode"), Tanh, Linear(12), Reconstruction, Adagrad, StepDecay(3, 0.5)]
    internal partial class Autoencoder;

    [Model, Input(5), Linear(1), BinaryCrossEntropy, SGD(0.1)]
    internal partial class Binary;

    [Model, Input(5), Linear(1), Hinge, SGD(0.1)]
    internal partial class Hinged;

    [Model, Input(5), Linear(2), MeanSquaredError]
    internal partial class OnlyMeasured;

    [Model, Input(5), Linear(2), MeanAbsoluteError, RMSprop]
    internal partial class Absolute;

    [Model, Input(5), Linear(4), LogSoftmax, KLDivergence, Adam(ClipNorm = 2)]
    internal partial class Distribution;

    [Model, Tokens(5, Vocabulary = 9, Padding = 0), Embedding(6), SinusoidalPosition, MultiheadAttention(2, Causal = true), LSTM(4, Layers = 2), Linear(9), CrossEntropy, Adam]
    internal partial class Going;

    [Model, Input(4, 6), Linear(5), BatchNorm1d, ReLU6, Linear(3), CrossEntropy, Adam]
    internal partial class Steps;

    [Model, Input(2, 5, 7), ZeroPad2d(1), Upsample2d(2), AvgPool2d(2), Permute(1, 2, 0), Reshape(7, 18), Flatten, LeakyReLU(0.2), ELU, Softplus, HardSwish, HardSigmoid, Softmax]
    internal partial class WithoutParametersOrLoss;

    [Model, Input(2, 6, 6), Conv2d(4, 3, Trainable = false), BatchNorm2d(Trainable = false), ReLU, GlobalMaxPool2d, Linear(2), CrossEntropy, Adam]
    internal partial class Frozen;
}

// Names that C# or the runtime has other plans for.
namespace @namespace.@class
{
    [Model, Input(3), Linear(4, Name = "record"), Linear(4, Name = "value"), Linear(4, Name = "field"), Linear(2, Name = "größe")]
    [CrossEntropy, Adam]
    internal partial class @class;

    internal partial struct @struct
    {
        internal partial interface IHolder
        {
            internal sealed partial record @record
            {
                [Model, Input(3, Name = "x"), Input(3, Name = "value"), Linear(2, From = "x", Name = "async"), Concat("value"), Output("get"), Linear(2), Expose("await"), MeanSquaredError, Adam]
                private partial class @event;
            }
        }
    }
}

namespace Shadows
{
    internal sealed class Network;
    internal sealed class NetworkProgram;
    internal sealed class Parameter;
    internal sealed class Layers;
    internal sealed class Program;
    internal sealed class InputBatch;
    internal sealed class CpuBackend;
    internal sealed class System;
    internal sealed class Span<T>;
    internal sealed class ReadOnlySpan<T>;
    internal sealed class MethodImpl;
    internal sealed class StepContext;
    internal sealed class TensorLayout;
    internal sealed class Schedule;
    internal sealed class Runtime;

    [Model, Input(1, 8, 8), Conv2d(4, 3), BatchNorm2d, ReLU, MaxPool2d(2), Use<Inner>, Flatten, Linear(2), Expose("Part", "Rest"), Softplus, Linear(2), CrossEntropy, AdamW, Cosine]
    internal sealed partial class Shadowed
    {
        // Members with the names of what the base class has for the generated part alone, and of namespaces.
        private int System => 1;
        private static int Dsl => 2;
        public int Sum() => System + Dsl + Generated();
        private static int Generated() => 3;
    }

    [Block, Input(4, 3, 3), Conv2d(4, 1)]
    internal partial class Inner;

    namespace Dsl
    {
        [global::Dsl.Model, global::Dsl.Input(3), global::Dsl.Linear(2), global::Dsl.CrossEntropy, global::Dsl.Adam]
        internal partial class InNamespaceDsl;
    }
}
