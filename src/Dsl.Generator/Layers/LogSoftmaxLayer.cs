using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>The logarithm of the softmax along the last dimension. Operations: four per element.</summary>
internal sealed class LogSoftmaxLayer : RowLayer
{
    public override string Name => "LogSoftmax";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
