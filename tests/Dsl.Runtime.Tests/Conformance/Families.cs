using System;
using System.Collections.Generic;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>One family of operations: how many cases are drawn against the reference, and how.</summary>
internal sealed record Family(int Cases, Func<Draw, Scenario> Draw);

internal static class Families
{
    public static TheoryData<string> Names => new(All.Keys);

    public static IReadOnlyDictionary<string, Family> All { get; } = new Dictionary<string, Family>
    {
        ["Linear"] = new(120, LinearScenario.From),
        ["Conv2d"] = new(120, Conv2dScenario.Direct),
        ["Conv2d, Winograd"] = new(60, Conv2dScenario.Winograd),
        ["Conv2d, pooled"] = new(80, Conv2dScenario.Pooled),
        ["Conv2d, Winograd, pooled"] = new(60, Conv2dScenario.WinogradPooled),
        ["DepthwiseConv2d"] = new(100, Conv2dScenario.DepthwiseConv2d),
        ["MaxPool2d"] = new(80, PoolScenario.Max),
        ["AvgPool2d"] = new(60, PoolScenario.Average),
        ["AdaptiveAvgPool2d"] = new(60, PoolScenario.Adaptive),
        ["BatchNorm"] = new(80, BatchNormScenario.From),
        ["BatchNormAdd"] = new(80, BatchNormScenario.Adding),
        ["LayerNorm"] = new(80, LayerNormScenario.From),
        ["Running statistics"] = new(40, RunningStatisticsScenario.From),
        ["ScaleShift"] = new(80, ScaleShiftScenario.From),
        ["Unary"] = new(150, UnaryScenario.From),
        ["Add, Multiply, Accumulate, Copy"] = new(80, CombinationScenario.From),
        ["Dropout"] = new(50, DropoutScenario.From),
        ["ToChannelsLast, ToChannelsFirst"] = new(60, ChannelsScenario.From),
        ["CopyBlocks"] = new(60, CopyBlocksScenario.From),
        ["Permute"] = new(60, PermuteScenario.From),
        ["Upsample2d"] = new(40, ResizeScenario.Upsample),
        ["ZeroPad2d"] = new(40, ResizeScenario.Pad),
        ["Softmax"] = new(50, SoftmaxScenario.Softmax),
        ["LogSoftmax"] = new(50, SoftmaxScenario.LogSoftmax),
        ["Embedding"] = new(60, EmbeddingScenario.From),
        ["Positions"] = new(40, PositionScenario.From),
        ["BatchNormSteps"] = new(60, BatchNormStepsScenario.From),
        ["LastStep"] = new(60, LastStepScenario.From),
        ["CrossEntropy"] = new(60, CrossEntropyScenario.From),
        ["Hinge"] = new(30, HingeScenario.From),
        ["ElementLoss"] = new(60, ElementLossScenario.From),
        ["KLDivergence"] = new(30, KLDivergenceScenario.From),
        ["CountCorrect"] = new(30, CountCorrectScenario.From),
        ["GradientNorm"] = new(30, OptimizerScenario.Norm),
        ["Sgd"] = new(60, OptimizerScenario.Sgd),
        ["Adam"] = new(60, OptimizerScenario.Adam),
        ["RmsProp"] = new(60, OptimizerScenario.RmsProp),
        ["Adagrad"] = new(60, OptimizerScenario.Adagrad),
        ["Conv2d, grouped"] = new(160, Conv2dScenario.Grouped),
        ["CountTargetsMet"] = new(30, CountTargetsMetScenario.From),
        ["Recurrent, tanh"] = new(60, RecurrentScenario.Tanh),
        ["Recurrent, LSTM"] = new(100, RecurrentScenario.Lstm),
        ["Recurrent, GRU"] = new(100, RecurrentScenario.Gru),
        ["Attention"] = new(100, AttentionScenario.From),
        ["RmsNorm"] = new(80, RmsNormScenario.From),
        ["GroupNorm"] = new(100, GroupNormScenario.From),
        ["ConvTranspose2d"] = new(120, ConvTranspose2dScenario.From),
        ["MaskSteps, WindowLengths"] = new(80, StepsScenario.Mask),
        ["AverageSteps"] = new(60, StepsScenario.Average),
        ["DepthwiseConv2d, 3×3"] = new(100, Conv2dScenario.DepthwiseWindows),
        ["AttentionStep"] = new(60, AttentionStepScenario.From),
        ["GaussianSample"] = new(60, GaussianScenario.From),
        ["OwnRows"] = new(60, OwnRowsScenario.From),
        ["ElementLossOfSteps"] = new(60, StepsLossScenario.Element),
        ["KLDivergenceOfSteps"] = new(30, StepsLossScenario.Divergence),
        ["CountTargetsMetOfSteps"] = new(30, StepsLossScenario.Count),
    };
}
