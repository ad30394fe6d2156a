using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>min(max(x + 3, 0), 6) / 6. Operations: four per element.</summary>
internal sealed partial class HardSigmoidLayer : Layer
{
    public override string Name => "HardSigmoid";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
