using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>The logarithm of the softmax along the last dimension. Operations: four per element.</summary>
internal sealed class LogSoftmaxLayer : RowLayer
{
    public override string Name => "LogSoftmax";

    protected override Signature Forward => Operations.LogSoftmax;

    protected override Signature Backward => Operations.LogSoftmaxBackward;

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
