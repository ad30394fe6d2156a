using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The logarithm of the softmax along the last dimension. Operations: four per element.</summary>
internal sealed class LogSoftmaxLayer : RowLayer
{
    public override string Name => "LogSoftmax";

    protected override Signature Forward => Operations.LogSoftmax;

    protected override Signature Backward => Operations.LogSoftmaxBackward;

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("LogSoftmax", node).Int("axis", -1);
}
