using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>LayerNorm</c> declares.</summary>
internal sealed record LayerNormOptions(float Epsilon);

/// <summary>Normalisation of each row of the last dimension. Operations: four per element (centre, scale, scale, shift).</summary>
internal sealed class LayerNormLayer : Layer
{
    private static readonly LayerParameter Weight = new("weight", node => new Shape(node.Shape.Last), _ => Initialisation.Ones);

    private static readonly LayerParameter Bias = new("bias", node => new Shape(node.Shape.Last), _ => Initialisation.Zeros);

    public override string Name => "LayerNorm";

    public override object ReadOptions(Entry entry) => new LayerNormOptions((float)entry.Attribute<LayerNormAttribute>().Epsilon);

    public override void CheckArguments(Site site) => site.Positive("Epsilon");

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => [Weight, Bias];

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override bool KeepsFeatures => true;

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        NormParameters parameters = NormParameters.Of(lowering, node, "");
        lowering.OnBackward(group, y, Emit(lowering, lowering.NameOf(group), parameters, node.Entry.Options<LayerNormOptions>().Epsilon, x, y));
    }

    public override void Export(OnnxGraph graph, Node node) =>
        Export(graph, node, node.Path, graph.Input(node), "", node.Entry.Options<LayerNormOptions>().Epsilon);

    /// <summary>Adds the norm of a value, with parameters whose names start with <paramref name="prefix"/>.</summary>
    public static void Export(OnnxGraph graph, Node node, string output, string x, string prefix, float epsilon) =>
        graph.Node("LayerNormalization", output, x, OnnxGraph.Parameter(node, prefix + Weight.Name), OnnxGraph.Parameter(node, prefix + Bias.Name)).Float("epsilon", epsilon);

    /// <summary>Calls the operation; what is returned calls that of its gradient.</summary>
    /// <param name="lowering">Where to.</param>
    /// <param name="name">For what is kept on the way.</param>
    /// <param name="parameters">Scale, shift and where their gradients go.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="x">The input, in row-major order.</param>
    /// <param name="y">The output.</param>
    public static Action<Storage> Emit(Lowering lowering, string name, NormParameters parameters, float epsilon, Tensor x, Tensor y)
    {
        int length = x.Shape.Last;
        long rowsPerSample = x.Shape.Count / length;
        Operand rows = Operand.PerSample(rowsPerSample);
        bool needsGradient = y.Gradient.IsNeeded;
        Storage? mean = needsGradient ? lowering.NewSamples(name + "Mean", rowsPerSample) : null;
        Storage? scale = needsGradient ? lowering.NewSamples(name + "Scale", rowsPerSample) : null;
        lowering.Call(
            Operations.LayerNorm, Operand.Buffer(x), parameters.Weight, parameters.Bias, epsilon, Operand.Buffer(y), Operand.BufferOrNone(mean), Operand.BufferOrNone(scale), rows, length);
        return dy => lowering.WithGradient(x, dx => lowering.Call(
            Operations.LayerNormBackward,
            Operand.Buffer(x),
            parameters.Weight,
            Operand.BufferOrNone(mean),
            Operand.BufferOrNone(scale),
            Operand.Buffer(dy),
            Operand.BufferOrNone(dx),
            parameters.WeightGradient,
            parameters.BiasGradient,
            rows,
            length));
    }
}

/// <summary>What a norm scales and shifts by, and where the gradients go.</summary>
internal readonly record struct NormParameters(Operand Weight, Operand Bias, Operand WeightGradient, Operand BiasGradient)
{
    /// <summary>Those of a layer, whose names start with <paramref name="prefix"/>.</summary>
    public static NormParameters Of(Lowering lowering, Node node, string prefix) => new(
        lowering.Parameter(node, prefix + "weight"),
        lowering.Parameter(node, prefix + "bias"),
        lowering.ParameterGradient(node, prefix + "weight"),
        lowering.ParameterGradient(node, prefix + "bias"));
}
