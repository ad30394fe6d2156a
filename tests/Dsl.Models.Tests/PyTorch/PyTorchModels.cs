// Written by tests/fixtures/make_fixtures.py together with the figures in tests/fixtures/pytorch.
using System;
using Dsl;

namespace ModelTests.PyTorch;

/// <summary>PyTorch's SiLU, written by a user.</summary>
[Layer]
public partial struct Swish
{
    private static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] / (1 + MathF.Exp(-x[i]));
    }

    private static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        for (int i = 0; i < x.Length; i++)
        {
            float s = 1 / (1 + MathF.Exp(-x[i]));
            dx[i] = dy[i] * (s + (y[i] * (1 - s)));
        }
    }
}

/// <summary>PyTorch's PReLU, a slope for each of four features.</summary>
[Layer]
public partial struct Slopes
{
    private const int ParameterCount = 4;

    private static void Initialize(Span<float> parameters, Random random) => parameters.Fill(0.25f);

    private static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] > 0 ? x[i] : parameters[i] * x[i];
    }

    private static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] = x[i] > 0 ? dy[i] : dy[i] * parameters[i];
            parameterGradients[i] += x[i] > 0 ? 0 : dy[i] * x[i];
        }
    }
}

[Block]
[Input(4, 5, 6)]
[Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU, Conv2d(4, 3, Padding = 1), BatchNorm2d, Add("Input"), ReLU]
public partial class Residual;

[Model]
[Input(7)]
[Linear(5)]
[MeanSquaredError, SGD(0.05)]
public partial class LinearVector;

[Model]
[Input(7)]
[Linear(6, Bias = false), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class LinearNoBias;

[Model]
[Input(4, 3)]
[Linear(6), Linear(2, Bias = false)]
[MeanSquaredError, SGD(0.05)]
public partial class LinearSteps;

[Model]
[Input(70)]
[Linear(37), ReLU, Linear(19)]
[MeanSquaredError, SGD(0.05)]
public partial class LinearWide;

[Model]
[Input(3, 7, 9)]
[Conv2d(5, 3, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dPadded;

[Model]
[Input(1, 9, 10)]
[Conv2d(8, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Conv2d(16, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(6)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dReLUPool;

[Model]
[Input(32, 8, 8)]
[Conv2d(32, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dWide;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dPlain;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(5, 3, Stride = 2, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dStrided;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 2, Dilation = 2)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dDilated;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[Conv2d(6, 3, Padding = 1, Groups = 2, Bias = false)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dGroups;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Stride = 2, Same = true)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dSame;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 4, Same = true), Conv2d(2, 2, Stride = 3, Same = true)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dSameEven;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, KernelHeight = 1, StrideWidth = 2, PaddingWidth = 2)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dOneSided;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[Conv2d(9, 1)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dPointwise;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(4, 5, Padding = 2)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dFive;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[Conv2d(20, 3, Padding = 1), ReLU, Conv2d(17, 3, Stride = 2)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv2dManyChannels;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[DepthwiseConv2d(3, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class DepthwisePadded;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[DepthwiseConv2d(3, Stride = 2, Padding = 1, Bias = false)]
[MeanSquaredError, SGD(0.05)]
public partial class DepthwiseStrided;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[DepthwiseConv2d(2, Dilation = 2)]
[MeanSquaredError, SGD(0.05)]
public partial class DepthwiseDilated;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[DepthwiseConv2d(5, Stride = 2, Same = true), Conv2d(3, 1)]
[MeanSquaredError, SGD(0.05)]
public partial class DepthwiseSame;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[ConvTranspose2d(3, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class TransposedPlain;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[ConvTranspose2d(4, 3, Stride = 2, Padding = 1, OutputPadding = 1), ReLU, ConvTranspose2d(1, 2, Stride = 2), Sigmoid]
[MeanSquaredError, SGD(0.05)]
public partial class TransposedStrided;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[ConvTranspose2d(6, 3, Padding = 1, Groups = 2, Bias = false), GELU, Conv2d(2, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class TransposedGroups;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[ConvTranspose2d(3, 2, Stride = 3, OutputPadding = 2), Tanh]
[MeanSquaredError, SGD(0.05)]
public partial class TransposedSparse;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[ConvTranspose2d(3, 3, KernelHeight = 1, StrideWidth = 2, PaddingWidth = 2), BatchNorm2d, ReLU, Conv2d(2, 1)]
[MeanSquaredError, SGD(0.05)]
public partial class TransposedOneSided;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[MaxPool2d(3, Stride = 2, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class MaxPoolOverlapping;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[MaxPool2d(2, KernelWidth = 3, StrideHeight = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class MaxPoolOneSided;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[AvgPool2d(3, Stride = 2, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class AvgPoolPadded;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[AvgPool2d(2)]
[MeanSquaredError, SGD(0.05)]
public partial class AvgPoolPlain;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[AdaptiveAvgPool2d(2, 4)]
[MeanSquaredError, SGD(0.05)]
public partial class AdaptivePool;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(4, 3), GlobalAvgPool2d, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class GlobalAvgPool;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(4, 3), GlobalMaxPool2d, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class GlobalMaxPool;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(5, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv1dPlain;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(6, 3, Padding = 1), ReLU, MaxPool1d(2), Conv1d(3, 2)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv1dReLUPool;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(5, 4, Stride = 2, Padding = 2, Bias = false)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv1dStrided;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(3, 3, Padding = 3, Dilation = 2)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv1dDilated;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(6, 3, Groups = 2), Tanh, Conv1d(6, 1, Groups = 6)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv1dGroups;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(5, 4, Stride = 2, Same = true), Conv1d(2, 3, Same = true)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv1dSame;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(5, 3), BatchNorm1d, ReLU, Conv1d(2, 2)]
[MeanSquaredError, SGD(0.05)]
public partial class Conv1dNorm;

[Model]
[Input(9, 3)]
[Linear(4)]
[MaxPool1d(3, Stride = 2, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class MaxPool1dOverlapping;

[Model]
[Input(9, 3)]
[Linear(4)]
[AvgPool1d(3, Stride = 2, Padding = 1)]
[MeanSquaredError, SGD(0.05)]
public partial class AvgPool1dPadded;

[Model]
[Input(9, 3)]
[Linear(4)]
[AvgPool1d(2)]
[MeanSquaredError, SGD(0.05)]
public partial class AvgPool1dPlain;

[Model]
[Input(9, 3)]
[Linear(4)]
[Conv1d(4, 3), GlobalAvgPool1d]
[GlobalMaxPool1d(From = "Conv1d1"), Concat("GlobalAvgPool1d1"), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class GlobalPools1d;

[Model]
[Input(4)]
[Linear(7)]
[BatchNorm1d, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class BatchNormVector;

[Model]
[Tokens(4, Vocabulary = 6)]
[Embedding(3), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class EmbeddingWhole;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(5), Tanh, LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EmbeddingLast;

[Model]
[Tokens(4, Vocabulary = 6)]
[Embedding(3, Trainable = false), LayerNorm, LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EmbeddingFrozen;

[Model]
[Input(4, 3)]
[Linear(5)]
[LastStep]
[MeanSquaredError, SGD(0.05)]
public partial class LastStepWhole;

[Model]
[Input(4, 3)]
[Linear(5)]
[PositionalEmbedding, LastStep, Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class PositionsTrained;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[PositionalEmbedding, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class PositionsAdded;

[Model]
[Input(4, 3)]
[Linear(5)]
[SinusoidalPosition, Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class PositionsSinusoidal;

[Model]
[Input(6, 7)]
[Linear(7)]
[SinusoidalPosition, LastStep]
[MeanSquaredError, SGD(0.05)]
public partial class PositionsSinusoidalOdd;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[BatchNorm1d, ReLU, Linear(3), LastStep]
[MeanSquaredError, SGD(0.05)]
public partial class BatchNormPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(5), BatchNorm1d(Momentum = 0.3), Flatten, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class BatchNormPaddedEnded;

[Model]
[Tokens(6, Vocabulary = 9, Padding = 0)]
[Embedding(5), PositionalEmbedding, Linear(4)]
[CrossEntropy, Adam(0.05)]
public partial class EmbeddingLabels;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(4)]
[CrossEntropy(IgnoreLabel = 1, LabelSmoothing = 0.1), AdamW(0.05, ClipNorm = 0.5)]
public partial class EmbeddingLabelsIgnored;

[Model]
[Input(4)]
[Linear(7)]
[LayerNorm, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class LayerNormVector;

[Model]
[Input(4, 3)]
[Linear(5)]
[LayerNorm(Epsilon = 1e-2), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class LayerNormSteps;

[Model]
[Input(4)]
[Linear(7)]
[RMSNorm, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class RMSNormVector;

[Model]
[Input(4, 3)]
[Linear(5)]
[RMSNorm(Epsilon = 1e-2), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class RMSNormSteps;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[GroupNorm(2), ReLU, Conv2d(3, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class GroupNormImage;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[Conv2d(6, 3, Padding = 1), GroupNorm(3, Epsilon = 1e-2), Sigmoid]
[MeanSquaredError, SGD(0.05)]
public partial class GroupNormOptions;

[Model]
[Input(4, 3)]
[Linear(6)]
[GroupNorm(2), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class GroupNormSteps;

[Model]
[Input(4, 3)]
[Linear(5)]
[BatchNorm1d(Momentum = 0.3, Epsilon = 1e-3), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class BatchNormSteps;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[BatchNorm2d, Conv2d(3, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class BatchNormImage;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(4, 3, Bias = false), BatchNorm2d(Momentum = 0.25, Epsilon = 1e-2), ReLU, Conv2d(2, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class BatchNormOptions;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(4, 3), BatchNorm2d(Trainable = false), ReLU, Conv2d(2, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class BatchNormFrozen;

[Model]
[Input(4, 3)]
[Linear(5)]
[RNN(6), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class RNNPlain;

[Model]
[Input(7, 5)]
[RNN(37), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class RNNWide;

[Model]
[Input(4, 3)]
[Linear(5)]
[RNN(4, Layers = 2), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class RNNStacked;

[Model]
[Input(4, 3)]
[Linear(5)]
[RNN(5, Layers = 2, Bidirectional = true, Dropout = 0), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class RNNBidirectional;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[RNN(6, Layers = 2), LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class RNNPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[RNN(5, Bidirectional = true), Linear(4), LastStep]
[MeanSquaredError, SGD(0.05)]
public partial class RNNPaddedBothWays;

[Model]
[Input(4, 3)]
[Linear(5)]
[LSTM(6), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class LSTMPlain;

[Model]
[Input(7, 5)]
[LSTM(37), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class LSTMWide;

[Model]
[Input(4, 3)]
[Linear(5)]
[LSTM(4, Layers = 2), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class LSTMStacked;

[Model]
[Input(4, 3)]
[Linear(5)]
[LSTM(5, Layers = 2, Bidirectional = true, Dropout = 0), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class LSTMBidirectional;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[LSTM(6, Layers = 2), LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class LSTMPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[LSTM(5, Bidirectional = true), Linear(4), LastStep]
[MeanSquaredError, SGD(0.05)]
public partial class LSTMPaddedBothWays;

[Model]
[Input(4, 3)]
[Linear(5)]
[GRU(6), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class GRUPlain;

[Model]
[Input(7, 5)]
[GRU(37), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class GRUWide;

[Model]
[Input(4, 3)]
[Linear(5)]
[GRU(4, Layers = 2), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class GRUStacked;

[Model]
[Input(4, 3)]
[Linear(5)]
[GRU(5, Layers = 2, Bidirectional = true, Dropout = 0), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class GRUBidirectional;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[GRU(6, Layers = 2), LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class GRUPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[GRU(5, Bidirectional = true), Linear(4), LastStep]
[MeanSquaredError, SGD(0.05)]
public partial class GRUPaddedBothWays;

[Model]
[Input(6, 5)]
[Linear(8)]
[MultiheadAttention(2), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionSelf;

[Model]
[Input(6, 5)]
[Linear(8)]
[MultiheadAttention(4, Causal = true), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionCausal;

[Model]
[Input(6, 5)]
[Linear(8)]
[MultiheadAttention(1), MultiheadAttention(8), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionOneHead;

[Model]
[Input(5, 4, Name = "Asked"), Input(7, 3, Name = "Told")]
[Linear(6, From = "Told", Name = "Memory"), Tanh(Name = "Known")]
[Linear(6, From = "Asked"), MultiheadAttention(3, KeyValue = "Known"), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionCross;

[Model]
[Input(6, 5)]
[Linear(8)]
[Tanh, MultiheadAttention(2, KeyValue = "Linear1"), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionCrossItself;

[Model]
[Input(6, 5)]
[Linear(8)]
[MultiheadAttention(2, Trainable = false), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionFrozen;

[Model]
[Input(150, 2)]
[Linear(6)]
[MultiheadAttention(2), MultiheadAttention(3, Causal = true), Linear(1)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionLong;

[Model]
[Input(6, 5)]
[Linear(8)]
[TransformerEncoderLayer(2, 11, Dropout = 0), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EncoderNormFirst;

[Model]
[Input(6, 5)]
[Linear(8)]
[TransformerEncoderLayer(4, 7, Dropout = 0, NormFirst = false), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EncoderNormLast;

[Model]
[Input(6, 5)]
[Linear(8)]
[TransformerEncoderLayer(1, 9, Dropout = 0, Activation = Activation.ReLU, Causal = true), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EncoderReLU;

[Model]
[Input(6, 5)]
[Linear(8)]
[TransformerEncoderLayer(2, 6, Dropout = 0, NormFirst = false, Activation = Activation.ReLU), TransformerEncoderLayer(2, 16, Dropout = 0), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EncoderTwo;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[MultiheadAttention(2), LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[MultiheadAttention(4, Causal = true), LayerNorm, LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionPaddedCausal;

[Model]
[Input(3, 4, Name = "Asked"), Tokens(5, Vocabulary = 7, Padding = 2, Name = "Told")]
[Embedding(4, From = "Told", Name = "Known")]
[MultiheadAttention(2, From = "Asked", KeyValue = "Known"), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class AttentionPaddedCross;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[SinusoidalPosition, TransformerEncoderLayer(2, 7, Dropout = 0), LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EncoderPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[TransformerEncoderLayer(1, 7, Dropout = 0, NormFirst = false), LastStep, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class EncoderPaddedLast;

[Model]
[Input(6)]
[Linear(19), ReLU, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationReLU;

[Model]
[Input(6)]
[Linear(19), ReLU6, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationReLU6;

[Model]
[Input(6)]
[Linear(19), LeakyReLU, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationLeakyReLU;

[Model]
[Input(6)]
[Linear(19), LeakyReLU(0.2), Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationLeakyReLUSlope;

[Model]
[Input(6)]
[Linear(19), ELU, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationELU;

[Model]
[Input(6)]
[Linear(19), ELU(0.7), Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationELUAlpha;

[Model]
[Input(6)]
[Linear(19), GELU, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationGELU;

[Model]
[Input(6)]
[Linear(19), SiLU, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationSiLU;

[Model]
[Input(6)]
[Linear(19), Sigmoid, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationSigmoid;

[Model]
[Input(6)]
[Linear(19), Tanh, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationTanh;

[Model]
[Input(6)]
[Linear(19), Softplus, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationSoftplus;

[Model]
[Input(6)]
[Linear(19), HardSwish, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationHardSwish;

[Model]
[Input(6)]
[Linear(19), HardSigmoid, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationHardSigmoid;

[Model]
[Input(6)]
[Linear(19), Softmax, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationSoftmax;

[Model]
[Input(6)]
[Linear(19), LogSoftmax, Linear(3)]
[MeanSquaredError, SGD(0.002)]
public partial class ActivationLogSoftmax;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), GELU, MaxPool2d(2), GELU]
[MeanSquaredError, SGD(0.05)]
public partial class ImageGELU;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), SiLU, MaxPool2d(2), SiLU]
[MeanSquaredError, SGD(0.05)]
public partial class ImageSiLU;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), Tanh, MaxPool2d(2), Tanh]
[MeanSquaredError, SGD(0.05)]
public partial class ImageTanh;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), Softplus, MaxPool2d(2), Softplus]
[MeanSquaredError, SGD(0.05)]
public partial class ImageSoftplus;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), Softmax, MaxPool2d(2), Softmax]
[MeanSquaredError, SGD(0.05)]
public partial class ImageSoftmax;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), LogSoftmax, MaxPool2d(2), LogSoftmax]
[MeanSquaredError, SGD(0.05)]
public partial class ImageLogSoftmax;

[Model]
[Input(4, 3)]
[Linear(5)]
[Softmax, Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class StepsSoftmax;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), Flatten, Linear(4)]
[MeanSquaredError, SGD(0.05)]
public partial class FlattenImage;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(4, 2), Permute(1, 2, 0), Reshape(10, 8), Linear(3), Permute(1, 0), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class ReshapePermute;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Permute(2, 0, 1), Conv2d(3, 2), ReLU]
[MeanSquaredError, SGD(0.05)]
public partial class PermuteImage;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Upsample2d(2), ZeroPad2d(1), Conv2d(2, 3, Stride = 2)]
[MeanSquaredError, SGD(0.05)]
public partial class UpsamplePad;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[ZeroPad2d(2), Upsample2d(3)]
[MeanSquaredError, SGD(0.05)]
public partial class PadUpsample;

[Model]
[Input(4)]
[Linear(7)]
[Linear(10), GaussianSample(Weight = 0.3), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class Gaussian;

[Model]
[Input(6)]
[Linear(8), GaussianSample, Tanh, Linear(4), GaussianSample(Weight = 0), Linear(6)]
[Reconstruction, Adam(1e-2)]
public partial class GaussianTwo;

[Model]
[Input(4, 3)]
[Linear(5)]
[Custom<Swish>, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class OwnSwish;

[Model]
[Input(4)]
[Linear(7)]
[Linear(4), Custom<Slopes>, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class OwnSlopes;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3), Dropout(0), ReLU, Flatten, Dropout(0), Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class DropoutZero;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(2, 3, Padding = 1, Name = "First"), ReLU, Conv2d(2, 3, Padding = 1), Add("First", "Reshape1"), ReLU]
[MeanSquaredError, SGD(0.05)]
public partial class AddNamed;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(2, 3, Padding = 1, Name = "First"), Sigmoid, Multiply("First", "Reshape1"), Flatten, Linear(2)]
[MeanSquaredError, SGD(0.05)]
public partial class MultiplyNamed;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1), ReLU, Concat("Reshape1", "Conv2d1"), Conv2d(2, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class ConcatChannels;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(2, 3, Padding = 1), Concat("Reshape1", Axis = 1), Conv2d(2, 3)]
[MeanSquaredError, SGD(0.05)]
public partial class ConcatRows;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(2, 3, Padding = 1), Concat("Reshape1", Axis = 2), MaxPool2d(2)]
[MeanSquaredError, SGD(0.05)]
public partial class ConcatColumns;

[Model]
[Input(4)]
[Linear(7)]
[Tanh, Concat("Linear1", "Input"), Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class ConcatVectors;

[Model]
[Input(5)]
[Linear(60), Reshape(2, 5, 6)]
[Conv2d(3, 3, Padding = 1, Name = "Left"), ReLU]
[Conv2d(3, 1, From = "Reshape1"), Add("ReLU1", "Left"), Flatten, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class Branches;

[Model]
[Input(2, 4, 5, Name = "Picture"), Input(6, Name = "Facts")]
[Conv2d(3, 3, From = "Picture"), ReLU, Flatten]
[Linear(5, From = "Facts"), Tanh, Concat("Flatten1"), Linear(4)]
[MeanSquaredError, SGD(0.05)]
public partial class TwoInputs;

[Model]
[Input(6)]
[Linear(8), ReLU, Output("Features")]
[Linear(5), Tanh, Linear(3)]
[MeanSquaredError, SGD(0.05)]
public partial class TwoOutputs;

[Model]
[Input(6)]
[Linear(8, Trainable = false), Tanh, Linear(5), Tanh, Linear(3, Trainable = false)]
[MeanSquaredError, SGD(0.05)]
public partial class FrozenFirst;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[Use<Residual>(Repeat = 2)]
[GlobalAvgPool2d, Linear(3)]
[CrossEntropy, SGD(0.1, Momentum = 0.9)]
public partial class ResidualBlocks;

[Model]
[Input(5)]
[Linear(120), Reshape(4, 5, 6)]
[Use<Residual>(Trainable = false), Use<Residual>]
[GlobalAvgPool2d, Linear(3)]
[CrossEntropy, SGD(0.1)]
public partial class ResidualFrozen;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.3)]
public partial class LossCrossEntropy;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy(LabelSmoothing = 0.1), SGD(0.3)]
public partial class LossCrossEntropySmoothed;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy(IgnoreLabel = 2), SGD(0.3)]
public partial class LossCrossEntropyIgnored;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy(LabelSmoothing = 0.2, IgnoreLabel = -1), SGD(0.3)]
public partial class LossCrossEntropyBoth;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[BinaryCrossEntropy, SGD(0.3)]
public partial class LossBinaryCrossEntropy;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[MeanSquaredError, SGD(0.3)]
public partial class LossMeanSquaredError;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[MeanAbsoluteError, SGD(0.3)]
public partial class LossMeanAbsoluteError;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[Huber, SGD(0.3)]
public partial class LossHuber;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[Huber(0.4), SGD(0.3)]
public partial class LossHuberDelta;

[Model]
[Input(4, 3)]
[Linear(5)]
[Tanh, Linear(4)]
[CrossEntropy(IgnoreLabel = -100), SGD(0.3)]
public partial class LossCrossEntropySteps;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(1)]
[Hinge, SGD(0.1)]
public partial class LossHinge;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[LogSoftmax]
[KLDivergence, SGD(0.3)]
public partial class LossKLDivergence;

[Model]
[Input(4, 3)]
[Linear(5)]
[LogSoftmax]
[KLDivergence, SGD(0.3)]
public partial class LossKLDivergenceSteps;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(5), Tanh, Linear(3)]
[MeanSquaredError, SGD(0.1)]
public partial class LossMeanSquaredErrorPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(5), Tanh, Linear(3)]
[MeanAbsoluteError, SGD(0.1)]
public partial class LossMeanAbsoluteErrorPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(5), Tanh, Linear(3)]
[Huber(0.7), SGD(0.1)]
public partial class LossHuberPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(5), Tanh, Linear(3)]
[BinaryCrossEntropy, SGD(0.1)]
public partial class LossBinaryCrossEntropyPadded;

[Model]
[Tokens(5, Vocabulary = 7, Padding = 2)]
[Embedding(4)]
[Linear(5), Tanh, Linear(3), LogSoftmax]
[KLDivergence, SGD(0.1)]
public partial class LossKLDivergencePadded;

[Model]
[Input(1, 4, 4)]
[Flatten, Linear(5), Tanh, Linear(16), Reshape(1, 4, 4)]
[Reconstruction, SGD(0.5)]
public partial class LossReconstruction;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.1)]
public partial class OptimizerSGD;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.05, Momentum = 0.9)]
public partial class OptimizerSGDMomentum;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.05, Momentum = 0.8, Nesterov = true, WeightDecay = 0.01)]
public partial class OptimizerSGDNesterov;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, Adam]
public partial class OptimizerAdam;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, Adam(0.01, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-4, WeightDecay = 0.02)]
public partial class OptimizerAdamOptions;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, AdamW(0.01)]
public partial class OptimizerAdamW;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, AdamW(0.005, Beta1 = 0.7, Beta2 = 0.9, Epsilon = 1e-5, WeightDecay = 0.1)]
public partial class OptimizerAdamWOptions;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, RMSprop(1e-3)]
public partial class OptimizerRMSprop;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, RMSprop(1e-3, Alpha = 0.9, Epsilon = 1e-4, Momentum = 0.5, WeightDecay = 0.05)]
public partial class OptimizerRMSpropOptions;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, Adagrad]
public partial class OptimizerAdagrad;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, Adagrad(0.05, Epsilon = 1e-3, WeightDecay = 0.03)]
public partial class OptimizerAdagradOptions;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.5, Momentum = 0.9, WeightDecay = 0.01, ClipNorm = 0.1)]
public partial class OptimizerClipNorm;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.1, ClipNorm = 1000)]
public partial class OptimizerClipNormIdle;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.1, L1 = 0.01)]
public partial class OptimizerL1;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, Adam(1e-2, L1 = 0.003, WeightDecay = 0.01, ClipNorm = 0.2)]
public partial class OptimizerL1Adam;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.2), StepDecay(2, 0.5)]
public partial class ScheduleStepDecay;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.2), Cosine]
public partial class ScheduleCosine;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, Adam(0.01), Cosine(WarmupSteps = 3, FinalRate = 0.001)]
public partial class ScheduleCosineOptions;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, AdamW(0.01), WarmupLinear(4)]
public partial class ScheduleWarmupLinear;

[Model]
[Input(6)]
[Linear(9), Tanh, Linear(4)]
[CrossEntropy, SGD(0.1, Momentum = 0.9), OneCycle(0.5)]
public partial class ScheduleOneCycle;

[Model]
[Input(64)]
[Linear(64), ReLU, Linear(10)]
[CrossEntropy, Adam(1e-3)]
public partial class Mlp;

[Model]
[Input(1, 8, 8)]
[Conv2d(8, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Dropout(0), Linear(10)]
[CrossEntropy, Adam(1e-3)]
public partial class DigitsCnn;

[Model]
[Input(1, 8, 8)]
[Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(16, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Dropout(0), Linear(10)]
[CrossEntropy(LabelSmoothing = 0.1), SGD(0.05, Momentum = 0.9, WeightDecay = 5e-4), OneCycle(0.1)]
public partial class DigitsCnnMomentum;

[Model]
[Input(3, 10, 10)]
[Conv2d(8, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm2d, ReLU6]
[Conv2d(16, 1, Bias = false), BatchNorm2d, ReLU6, DepthwiseConv2d(3, Padding = 1, Bias = false), BatchNorm2d, ReLU6]
[Conv2d(8, 1, Bias = false), BatchNorm2d, Add("ReLU61")]
[GlobalAvgPool2d, Linear(5)]
[CrossEntropy, RMSprop(1e-3)]
public partial class Mobile;
