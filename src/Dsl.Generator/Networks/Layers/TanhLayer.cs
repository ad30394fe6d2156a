using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The hyperbolic tangent. Operations: four per element.</summary>
internal sealed class TanhLayer : ActivationLayer
{
    public override string Name => "Tanh";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.Tanh);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Tanh", node);
}
