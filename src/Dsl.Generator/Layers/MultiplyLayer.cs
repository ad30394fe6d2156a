using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>The elementwise product. Operations: one per element of every further input.</summary>
internal sealed partial class MultiplyLayer : MergeLayer
{
    public override string Name => "Multiply";

    public override Shape OutputOf(Site site) => HasEqualShapes(site) ? site.Input : Shape.Unknown;

    public override long OperationsOf(Node node) => Counting.Multiply(node.Inputs.Count - 1, node.Shape.Count);
}
