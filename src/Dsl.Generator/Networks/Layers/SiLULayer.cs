using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>x·sigmoid(x). Operations: four per element.</summary>
internal sealed class SiLULayer : ActivationLayer
{
    public override string Name => "SiLU";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.SiLU);

    public override void Export(OnnxGraph graph, Node node)
    {
        string sigmoid = OnnxGraph.Inner(node, "Sigmoid");
        graph.Node("Sigmoid", sigmoid, graph.Input(node));
        graph.Node("Mul", node.Path, graph.Input(node), sigmoid);
    }
}
