using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>ln(1 + eˣ). Operations: three per element.</summary>
internal sealed class SoftplusLayer : ActivationLayer
{
    public override string Name => "Softplus";

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.Softplus);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Softplus", node);
}
