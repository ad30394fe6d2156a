using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>x·min(max(x + 3, 0), 6) / 6. Operations: five per element.</summary>
internal sealed partial class HardSwishLayer : Layer
{
    public override string Name => "HardSwish";

    public override long OperationsOf(Node node) => Counting.Multiply(5, node.Shape.Count);
}
