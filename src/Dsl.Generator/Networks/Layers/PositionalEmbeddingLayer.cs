using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Positions that are trained.</summary>
internal sealed class PositionalEmbeddingLayer : PositionLayer
{
    private static readonly LayerParameter Weight = new("weight", node => node.Shape, _ => new Initialisation(ParameterStart.Normal, 0.02));

    public override string Name => "PositionalEmbedding";

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => [Weight];

    protected override Operand Positions(Lowering lowering, FusedGroup group) => lowering.Parameter(group.Head, Weight.Name);

    protected override void AddGradient(Lowering lowering, FusedGroup group, Storage dy)
    {
        Operand gradient = lowering.ParameterGradient(group.Head, Weight.Name);
        if (gradient.Kind != OperandKind.None)
            lowering.Call(Operations.SumOfSamples, Operand.Buffer(dy), gradient, group.Head.Shape.Count, Operand.Batch);
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Add", node, Weight.Name);
}
