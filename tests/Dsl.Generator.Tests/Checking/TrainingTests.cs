using System;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>DSL112, 113 and 301 to 305: losses, optimizers, schedules and budgets. DSL118: cuts.</summary>
public sealed class TrainingTests
{
    [Theory]
    [InlineData("CrossEntropy, Adam, Cosine")]
    [InlineData("CrossEntropy(LabelSmoothing = 0.1, IgnoreLabel = -1), SGD(0.1, Momentum = 0.9, Nesterov = true), StepDecay(3, 0.1)")]
    [InlineData("BinaryCrossEntropy, AdamW(1e-4, WeightDecay = 0), WarmupLinear(0)")]
    [InlineData("MeanSquaredError, RMSprop, OneCycle(0.1)")]
    [InlineData("MeanAbsoluteError, Adagrad(1, ClipNorm = 1, L1 = 0.1)")]
    [InlineData("Huber(2)")]
    [InlineData("MeanSquaredError, SGD(1e-45, WeightDecay = 1e-50, L1 = 1e-50, Momentum = 1e-50), StepDecay(1, 1e-50)")]
    [InlineData("Budget(MegaFlops = 1e50, Megabytes = 1e50)")]
    [InlineData("KLDivergence")]
    [InlineData("Budget(Parameters = 1000000, MegaFlops = 1, Megabytes = 1, Batch = 64)")]
    public void Right_trainings(string attributes) => Marked.Model($"[Input(4), Linear(3)] [{attributes}]");

    [Theory]
    [InlineData("CrossEntropy, {|DSL112:MeanSquaredError|}")]
    [InlineData("CrossEntropy, {|DSL112:CrossEntropy|}")]
    [InlineData("CrossEntropy, Adam, {|DSL112:SGD(0.1)|}, {|DSL112:Adam(2)|}")]
    [InlineData("CrossEntropy, Adam, Cosine, {|DSL112:OneCycle(1)|}")]
    [InlineData("Budget, {|DSL112:Budget(Parameters = 1)|}")]
    [InlineData("{|DSL113:Adam|}")]
    [InlineData("{|DSL113:Adam|}, {|DSL113:Cosine|}")]
    [InlineData("{|DSL113:Cosine|}")]
    [InlineData("CrossEntropy, {|DSL113:Cosine|}")]
    public void Company(string attributes) => Marked.Model($"[Input(4), Linear(3)] [{attributes}]");

    [Theory]
    [InlineData("{|DSL112:CrossEntropy|}, {|DSL112:Adam|}, {|DSL112:Cosine|}, {|DSL112:Budget|}")]
    [InlineData("{|DSL112:Expose(\"A\")|}, {|DSL112:Output(\"class\")|}, {|DSL112:Input(5)|}, {|DSL112:Input(5)|}")]
    public void Not_on_a_block(string attributes) => Marked.Verify($"[Block, Input(4), Linear(3)] [{attributes}] partial class B;");

    [Theory]
    [InlineData("CrossEntropy(LabelSmoothing = {|DSL202:1|})")]
    [InlineData("CrossEntropy(LabelSmoothing = {|DSL202:-0.5|})")]
    [InlineData("Huber({|DSL202:0|})")]
    [InlineData("MeanSquaredError, SGD({|DSL202:0|})")]
    [InlineData("MeanSquaredError, SGD(learningRate: {|DSL202:-1|})")]
    [InlineData("MeanSquaredError, SGD(1e-40, Momentum = {|DSL202:1|})")]
    [InlineData("MeanSquaredError, SGD(1, Nesterov = {|DSL202:true|})")]
    [InlineData("MeanSquaredError, SGD(1, Nesterov = {|DSL202:true|}, Momentum = 0)")]
    [InlineData("MeanSquaredError, SGD({|DSL202:double.PositiveInfinity|})")]
    [InlineData("MeanSquaredError, SGD({|DSL202:double.NaN|})")]
    [InlineData("MeanSquaredError, SGD({|DSL202:double.Epsilon|})")]
    [InlineData("MeanSquaredError, SGD({|DSL202:1e-50|})")]
    [InlineData("MeanSquaredError, SGD({|DSL202:1e39|})")]
    [InlineData("MeanSquaredError, SGD(1, Momentum = {|DSL202:1 - 1e-9|})")]
    [InlineData("MeanSquaredError, SGD(1, Momentum = 1e-50, Nesterov = {|DSL202:true|})")]
    [InlineData("MeanSquaredError, SGD(1, ClipNorm = {|DSL202:1e-50|})")]
    [InlineData("MeanSquaredError, SGD(1, ClipNorm = {|DSL202:1e39|})")]
    [InlineData("MeanSquaredError, SGD(1, WeightDecay = {|DSL202:1e39|})")]
    [InlineData("MeanSquaredError, SGD(1, L1 = {|DSL202:1e39|})")]
    [InlineData("MeanSquaredError, Adam(Beta1 = {|DSL202:0.99999999999|})")]
    [InlineData("MeanSquaredError, AdamW(Beta2 = {|DSL202:0.99999999999|})")]
    [InlineData("MeanSquaredError, Adam(Epsilon = {|DSL202:1e-50|})")]
    [InlineData("MeanSquaredError, AdamW(Epsilon = {|DSL202:1e39|})")]
    [InlineData("MeanSquaredError, RMSprop(Alpha = {|DSL202:0.99999999999|})")]
    [InlineData("MeanSquaredError, RMSprop(Epsilon = {|DSL202:1e-50|}, Momentum = 0)")]
    [InlineData("MeanSquaredError, RMSprop(Momentum = {|DSL202:0.99999999999|})")]
    [InlineData("MeanSquaredError, Adagrad(Epsilon = {|DSL202:1e-50|})")]
    [InlineData("MeanSquaredError, Adam, Cosine(FinalRate = {|DSL202:1e39|})")]
    [InlineData("MeanSquaredError, Adam, OneCycle({|DSL202:1e-50|})")]
    [InlineData("CrossEntropy(LabelSmoothing = {|DSL202:0.99999999999|})")]
    [InlineData("Huber({|DSL202:1e-50|})")]
    [InlineData("Huber({|DSL202:1e39|})")]
    [InlineData("MeanSquaredError, Adam(Beta1 = {|DSL202:1|})")]
    [InlineData("MeanSquaredError, Adam(Beta2 = {|DSL202:1.5|})")]
    [InlineData("MeanSquaredError, Adam(Epsilon = {|DSL202:0|})")]
    [InlineData("MeanSquaredError, AdamW(WeightDecay = {|DSL202:-1|})")]
    [InlineData("MeanSquaredError, RMSprop(Alpha = {|DSL202:1|})")]
    [InlineData("MeanSquaredError, Adagrad(L1 = {|DSL202:-1|})")]
    [InlineData("MeanSquaredError, Adagrad(ClipNorm = {|DSL202:-1|})")]
    [InlineData("MeanSquaredError, Adam, StepDecay({|DSL202:0|}, 1)")]
    [InlineData("MeanSquaredError, Adam, StepDecay(1, {|DSL202:0|})")]
    [InlineData("MeanSquaredError, Adam, Cosine(WarmupSteps = {|DSL202:-1|})")]
    [InlineData("MeanSquaredError, Adam, Cosine(FinalRate = {|DSL202:-1|})")]
    [InlineData("MeanSquaredError, Adam, WarmupLinear({|DSL202:-1|})")]
    [InlineData("MeanSquaredError, Adam, OneCycle({|DSL202:0|})")]
    [InlineData("Budget(Batch = {|DSL202:0|})")]
    [InlineData("Budget(MegaFlops = {|DSL202:double.NaN|})")]
    public void Ranges(string attributes) => Marked.Model($"[Input(4), Linear(3)] [{attributes}]");

    [Theory]
    [InlineData("[Input(4)] [Linear(1)] [{|DSL301:CrossEntropy|}]")]
    [InlineData("[Input(4, 4, 4)] [Conv2d(4, 3)] [{|DSL301:CrossEntropy|}]")]
    [InlineData("[Input(5, 4)] [Linear(3)] [CrossEntropy]")]
    [InlineData("[Input(5, 4)] [Linear(1)] [{|DSL301:CrossEntropy|}]")]
    [InlineData("[Input(4)] [Linear(2)] [{|DSL301:Hinge|}]")]
    [InlineData("[Input(4)] [Linear(1)] [Hinge]")]
    [InlineData("[Input(4, 4)] [Linear(1)] [{|DSL301:Hinge|}]")]
    [InlineData("[Input(4)] [Linear(3)] [{|DSL301:Reconstruction|}]")]
    [InlineData("[Input(4)] [Linear(4)] [Reconstruction]")]
    [InlineData("[Input(4, Name = \"x\"), Input(4, Name = \"y\")] [Linear(4, From = \"x\"), Add(\"y\")] [{|DSL301:Reconstruction|}]")]
    public void Losses_that_do_not_fit(string attributes) => Marked.Model(attributes);

    [Theory]
    [InlineData("[Input(4)] [Linear(3), {|DSL302:Softmax|}] [CrossEntropy]")]
    [InlineData("[Input(4)] [Linear(3), {|DSL302:LogSoftmax|}, Output(\"A\")] [CrossEntropy]")]
    [InlineData("[Input(4)] [Linear(3), {|DSL302:Sigmoid|}] [BinaryCrossEntropy]")]
    [InlineData("[Input(4)] [Linear(3), Sigmoid] [CrossEntropy]")]
    [InlineData("[Input(4)] [Linear(3), LogSoftmax] [KLDivergence]")]
    [InlineData("[Input(4)] [Linear(3), {|DSL305:Dropout|}] [CrossEntropy]")]
    [InlineData("[Input(4)] [Linear(3), {|DSL305:BatchNorm1d|}] [CrossEntropy]")]
    [InlineData("[Input(4, 5, 5)] [Conv2d(3, 3), {|DSL305:BatchNorm2d|}] [MeanSquaredError]")]
    [InlineData("[Input(4)] [Linear(3), Dropout]")]
    [InlineData("[Input(4)] [ReLU] [MeanSquaredError, {|DSL303:Adam|}]")]
    [InlineData("[Input(4)] [Linear(3, Trainable = false)] [CrossEntropy, {|DSL303:SGD(0.1)|}]")]
    [InlineData("[Input(4)] [Linear(3, Trainable = false), Linear(3)] [CrossEntropy, SGD(0.1)]")]
    public void Warnings(string attributes) => Marked.Model(attributes);

    [Fact]
    public void Budgets()
    {
        string message = Marked.Message("[Input(40), Linear(30), ReLU, Linear(3)] [Budget(Parameters = {|DSL304:1000|}, MegaFlops = 1)]");
        Assert.Equal("M has 1,323 parameters, more than its budget of 1,000; the largest: Linear1 1,230, Linear2 93", message);
        Marked.Model("[Input(40), Linear(30)] [Budget(Parameters = {|DSL304:0|}, MegaFlops = {|DSL304:0.0024|}, Megabytes = {|DSL304:0.005|}, Batch = 100)]");
        Marked.Model("[Input(40), Linear(30)] [Budget(Parameters = 1230, MegaFlops = 0.00243, Megabytes = 0.03292, Batch = 100)]");
    }

    [Theory]
    [InlineData("[Input(8)] [Linear(4, Name = \"code\"), Expose(\"Encode\", \"Decode\"), Linear(8), Add(\"Input\")]", "\"Input\"")]
    [InlineData("[Input(8)] [Linear(4), Linear(8, Name = \"code\"), Expose(\"Encode\", \"Decode\"), Linear(4), Concat(\"code\", \"Linear3\", \"Linear1\")]", "\"Linear1\"")]
    [InlineData("[Input(8)] [Linear(4), Linear(8), Expose(\"Encode\", \"Decode\"), ReLU(From = \"Linear1\"), Linear(3)]", "\"Linear1\"")]
    [InlineData("[Input(8)] [Linear(4), Linear(8), Expose(\"Encode\"), ReLU(From = \"Linear1\"), Linear(8), Add(\"Linear2\")]", null)]
    [InlineData("[Input(8)] [Linear(4), Expose(\"Encode\", \"Decode\"), Linear(4), Add(\"Linear1\")]", null)]
    // Through the name of a mark: what counts is the value that it marks.
    [InlineData("[Input(8)] [Linear(8), Output(\"A\", Name = \"a\"), Linear(8), Expose(\"Encode\", \"Decode\"), Linear(8), Add(\"a\")]", "\"a\"")]
    [InlineData("[Input(8)] [Linear(8), Output(\"A\", Name = \"a\"), Linear(8), Expose(\"Encode\", \"Decode\"), Linear(8, From = \"a\")]", "\"a\"")]
    [InlineData("[Input(8)] [Linear(8), Linear(8), Output(\"A\", Name = \"a\"), Expose(\"Encode\", \"Decode\"), Linear(8), Add(\"a\")]", null)]
    [InlineData("[Input(8)] [Linear(8), Output(\"A\", Name = \"a\"), Linear(8), Output(\"B\"), Expose(\"Encode\", \"Decode\", From = \"a\"), Linear(8, From = \"a\")]", null)]
    [InlineData("[Input(8)] [Linear(8), Expose(\"Encode\", \"Decode\", Name = \"e\"), Linear(8), Add(\"e\")]", null)]
    // An output before the cut is no part of the rest: that is the main one alone.
    [InlineData("[Input(8)] [Linear(8), Output(\"A\"), Linear(8), Expose(\"Encode\", \"Decode\"), Linear(8)]", null)]
    // A value that From names may lie further back than the mark: the layers between are part of the rest too.
    [InlineData("[Input(8)] [Linear(8), Linear(8), Add(\"Input\"), Expose(\"Encode\", \"Decode\", From = \"Linear2\")]", "\"Input\"")]
    [InlineData("[Input(8)] [Linear(8), Output(\"A\", Name = \"a\"), Linear(8), Add(\"a\"), Expose(\"Encode\", \"Decode\", From = \"Linear2\")]", "\"a\"")]
    [InlineData("[Input(8)] [Linear(8), Linear(8), Add(\"Linear1\"), Output(\"A\"), Expose(\"Encode\", \"Decode\", From = \"Linear1\")]", null)]
    [InlineData("[Input(8)] [Linear(8), Linear(8, From = \"Input\"), Add(\"Linear1\"), Expose(\"Encode\", \"Decode\", From = \"Linear1\")]", "Add(\"Linear1\")")]
    [InlineData("[Input(8)] [Linear(8), Linear(8), Expose(\"Encode\", \"Decode\")]", null)]
    public void Cuts(string attributes, string? crossed)
    {
        if (crossed is not null)
        {
            int at = attributes.LastIndexOf(crossed, StringComparison.Ordinal);
            attributes = attributes[..at] + "{|DSL118:" + crossed + "|}" + attributes[(at + crossed.Length)..];
        }
        Marked.Model(attributes);
    }
}
