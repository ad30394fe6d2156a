using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>1 / (1 + e⁻ˣ). Operations: three per element.</summary>
internal sealed partial class SigmoidLayer : Layer
{
    public override string Name => "Sigmoid";

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);
}
