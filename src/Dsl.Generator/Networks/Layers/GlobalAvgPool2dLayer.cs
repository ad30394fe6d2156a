using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The mean of every channel: C×H×W → C. Operations: one per element of the input.</summary>
internal sealed class GlobalAvgPool2dLayer : ImageLayer
{
    public override string Name => "GlobalAvgPool2d";

    public override Shape OutputOf(LayerSite site) => new(site.Input[0]);

    public override long OperationsOf(Node node) => node.InputShape.Count;

    public override void Lower(Lowering lowering, FusedGroup group) => AdaptiveAvgPool2dLayer.LowerAverage(lowering, group, lowering.Image(lowering.InputOf(group)));
}
