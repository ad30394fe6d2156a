using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>eˣ over its sum along the last dimension. Operations: four per element.</summary>
internal sealed class SoftmaxLayer : RowLayer
{
    public override string Name => "Softmax";

    protected override Signature Forward => Operations.Softmax;

    protected override Signature Backward => Operations.SoftmaxBackward;

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Softmax", node).Int("axis", -1);
}
