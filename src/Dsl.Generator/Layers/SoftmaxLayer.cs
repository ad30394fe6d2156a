using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>eˣ over its sum along the last dimension. Operations: four per element.</summary>
internal sealed class SoftmaxLayer : RowLayer
{
    public override string Name => "Softmax";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
