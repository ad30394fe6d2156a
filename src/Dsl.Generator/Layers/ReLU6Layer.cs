using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>min(max(0, x), 6). Operations: two per element.</summary>
internal sealed partial class ReLU6Layer : Layer
{
    public override string Name => "ReLU6";

    public override long OperationsOf(Node node) => Counting.Multiply(2, node.Shape.Count);
}
