using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>x·Φ(x). Operations: four per element.</summary>
internal sealed class GELULayer : ActivationLayer
{
    public override string Name => "GELU";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.GELU);

    public override void Export(OnnxGraph graph, Node node) => graph.Call("Gelu", node.Path, graph.Input(node));
}
