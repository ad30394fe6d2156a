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

    public override void Export(OnnxGraph graph, Node node) => ExportWhole(graph, node, "GlobalAveragePool");

    /// <summary>A pool over all of an image, without the single pixel that is left.</summary>
    internal static void ExportWhole(OnnxGraph graph, Node node, string operation)
    {
        string pixel = OnnxGraph.Inner(node, "Pixel");
        graph.Node(operation, pixel, graph.Input(node));
        graph.Node("Flatten", node.Path, pixel);
    }
}
