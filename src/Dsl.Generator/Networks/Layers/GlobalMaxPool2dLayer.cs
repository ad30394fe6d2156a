using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The largest value of every channel: C×H×W → C. Operations: one per element of the input.</summary>
internal sealed class GlobalMaxPool2dLayer : ImageLayer
{
    public override string Name => "GlobalMaxPool2d";

    public override Shape OutputOf(LayerSite site) => new(site.Input[0]);

    public override long OperationsOf(Node node) => node.InputShape.Count;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Shape input = group.Head.InputShape;
        MaxPool2dLayer.LowerMaxPool(lowering, group, new PoolShape(input[1], input[2], input[1], input[2]), input[0]);
    }
}
