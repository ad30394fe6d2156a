using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>ln(1 + eˣ). Operations: three per element.</summary>
internal sealed partial class SoftplusLayer : Layer
{
    public override string Name => "Softplus";

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);
}
