using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>x·sigmoid(x). Operations: four per element.</summary>
internal sealed partial class SiLULayer : Layer
{
    public override string Name => "SiLU";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
