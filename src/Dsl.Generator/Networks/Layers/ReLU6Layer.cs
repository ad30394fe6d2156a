using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>min(max(0, x), 6). Operations: two per element.</summary>
internal sealed class ReLU6Layer : ActivationLayer
{
    public override string Name => "ReLU6";

    public override long OperationsOf(Node node) => Counting.Multiply(2, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.ReLU6);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Clip", node, OnnxGraph.Float(0), OnnxGraph.Float(6));
}
