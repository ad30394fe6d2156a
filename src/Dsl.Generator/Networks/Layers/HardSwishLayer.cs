using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>x·min(max(x + 3, 0), 6) / 6. Operations: five per element.</summary>
internal sealed class HardSwishLayer : ActivationLayer
{
    public override string Name => "HardSwish";

    public override long OperationsOf(Node node) => Counting.Multiply(5, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.HardSwish);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("HardSwish", node);
}
