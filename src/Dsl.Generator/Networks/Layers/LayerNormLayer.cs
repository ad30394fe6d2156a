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

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        int length = node.Shape.Last;
        long rowsPerSample = node.Shape.Count / length;
        Operand rows = Operand.PerSample(rowsPerSample);
        Operand gamma = lowering.Parameter(node, Weight.Name);
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = lowering.NewFlat(group, needsGradient);
        Storage? mean = needsGradient ? lowering.NewSamples(lowering.NameOf(group) + "Mean", rowsPerSample) : null;
        Storage? scale = needsGradient ? lowering.NewSamples(lowering.NameOf(group) + "Scale", rowsPerSample) : null;
        lowering.Call(
            Operations.LayerNorm,
            Operand.Buffer(x),
            gamma,
            lowering.Parameter(node, Bias.Name),
            node.Entry.Options<LayerNormOptions>().Epsilon,
            Operand.Buffer(y),
            Operand.BufferOrNone(mean),
            Operand.BufferOrNone(scale),
            rows,
            length);
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx => lowering.Call(
            Operations.LayerNormBackward,
            Operand.Buffer(x),
            gamma,
            Operand.BufferOrNone(mean),
            Operand.BufferOrNone(scale),
            Operand.Buffer(dy),
            Operand.BufferOrNone(dx),
            lowering.ParameterGradient(node, Weight.Name),
            lowering.ParameterGradient(node, Bias.Name),
            rows,
            length)));
    }
}
