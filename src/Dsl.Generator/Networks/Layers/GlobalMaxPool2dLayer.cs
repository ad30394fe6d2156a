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

    public override void Lower(Lowering lowering, FusedGroup group) => LowerWhole(lowering, group, lowering.Image(lowering.InputOf(group)));

    /// <summary>One window over all of an image; the operation sees the vector that comes out as an image of one pixel.</summary>
    internal static void LowerWhole(Lowering lowering, FusedGroup group, Tensor x)
    {
        PoolShape window = new(x.Layout.Height, x.Layout.Width, x.Layout.Height, x.Layout.Width);
        MaxPoolLayer.LowerMaxPool(lowering, group, x, lowering.NewFlat(group, lowering.NeedsGradient(group)), window);
    }

    public override void Export(OnnxGraph graph, Node node) => GlobalAvgPool2dLayer.ExportWhole(graph, node, "GlobalMaxPool");
}
