using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>The elementwise sum. Operations: one per element of every further input.</summary>
internal sealed partial class AddLayer : MergeLayer
{
    public override string Name => "Add";

    public override Shape OutputOf(Site site) => HasEqualShapes(site) ? site.Input : Shape.Unknown;

    public override long OperationsOf(Node node) => Counting.Multiply(node.Inputs.Count - 1, node.Shape.Count);
}
