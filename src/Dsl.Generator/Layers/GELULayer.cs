using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>x·Φ(x). Operations: four per element.</summary>
internal sealed partial class GELULayer : Layer
{
    public override string Name => "GELU";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
