using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>min(max(x + 3, 0), 6) / 6. Operations: four per element.</summary>
internal sealed class HardSigmoidLayer : ActivationLayer
{
    public override string Name => "HardSigmoid";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.HardSigmoid);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("HardSigmoid", node).Float("alpha", 1f / 6);
}
