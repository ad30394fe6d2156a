using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>The hyperbolic tangent. Operations: four per element.</summary>
internal sealed partial class TanhLayer : Layer
{
    public override string Name => "Tanh";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
