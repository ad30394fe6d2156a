using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The largest value of every feature over a sample's own steps: T×F → F. Operations: one per element of the input.</summary>
internal sealed class GlobalMaxPool1dLayer : StepLayer
{
    public override string Name => "GlobalMaxPool1d";

    public override void Lower(Lowering lowering, FusedGroup group) =>
        GlobalMaxPool2dLayer.LowerWhole(lowering, group, lowering.OwnSteps(lowering.InputOf(group), float.NegativeInfinity));

    public override void Export(OnnxGraph graph, Node node) =>
        graph.Node("ReduceMax", node.Path, graph.OwnSteps(node, float.NegativeInfinity)).Ints("axes", 1).Int("keepdims", 0);
}
