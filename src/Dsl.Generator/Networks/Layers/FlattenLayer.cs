using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>All dimensions → one, row-major in channels-first order. No operations.</summary>
internal sealed class FlattenLayer : Layer
{
    public override string Name => "Flatten";

    public override Shape OutputOf(LayerSite site) => Sized(site, site.Input.Count);

    public override long OperationsOf(Node node) => 0;

    /// <summary>Nothing moves: the vector keeps the image's order, and who needs the user's order converts.</summary>
    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Contiguous(lowering.InputOf(group));
        lowering.SetOutput(group, x.Reinterpret(x.Name, group.Last.Shape, x.Layout));
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Flatten", node);
}
