using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>RMSNorm</c> declares.</summary>
internal sealed record RMSNormOptions(float Epsilon);

/// <summary>Each row of the last dimension by its root mean square. Operations: three per element (square, scale, scale).</summary>
internal sealed class RMSNormLayer : Layer
{
    private static readonly LayerParameter Weight = new("weight", node => new Shape(node.Shape.Last), _ => Initialisation.Ones);

    public override string Name => "RMSNorm";

    public override object ReadOptions(Entry entry) => new RMSNormOptions((float)entry.Attribute<RMSNormAttribute>().Epsilon);

    public override void CheckArguments(Site site) => site.Positive("Epsilon");

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => [Weight];

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);

    public override bool KeepsFeatures => true;

    public override bool IsCausal(Node node) => true;

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
        Operand scale = Operand.BufferOrNone(needsGradient ? lowering.NewSamples(lowering.NameOf(group) + "Scale", rowsPerSample) : null);
        lowering.Call(Operations.RmsNorm, Operand.Buffer(x), gamma, node.Entry.Options<RMSNormOptions>().Epsilon, Operand.Buffer(y), scale, rows, length);
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx => lowering.Call(
            Operations.RmsNormBackward,
            Operand.Buffer(x),
            gamma,
            scale,
            Operand.Buffer(dy),
            Operand.BufferOrNone(dx),
            lowering.ParameterGradient(node, Weight.Name),
            rows,
            length)));
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Call("RmsNorm", node.Path, graph.Input(node), OnnxGraph.Parameter(node, Weight.Name), node.Entry.Options<RMSNormOptions>().Epsilon);
}
