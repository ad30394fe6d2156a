using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>max(0, x). Operations: one per element.</summary>
internal sealed class ReLULayer : ActivationLayer
{
    public override string Name => "ReLU";

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.ReLU);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Relu", node);
}
