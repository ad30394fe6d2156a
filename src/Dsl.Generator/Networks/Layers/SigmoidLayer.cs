using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>1 / (1 + e⁻ˣ). Operations: three per element.</summary>
internal sealed class SigmoidLayer : ActivationLayer
{
    public override string Name => "Sigmoid";

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.Sigmoid);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Sigmoid", node);
}
