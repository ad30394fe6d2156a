using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Reshape</c> declares.</summary>
internal sealed record ReshapeOptions(EquatableArray<int> Shape);

/// <summary>The same values in another shape. No operations.</summary>
internal sealed class ReshapeLayer : Layer
{
    public override string Name => "Reshape";

    public override object ReadOptions(Entry entry) => new ReshapeOptions(new EquatableArray<int>(entry.Attribute<ReshapeAttribute>().Shape));

    public override void CheckArguments(Site site) => site.AllAtLeast("shape", site.Entry.Options<ReshapeOptions>().Shape, 1);

    public override Shape OutputOf(LayerSite site)
    {
        EquatableArray<int> written = site.Entry.Options<ReshapeOptions>().Shape;
        int[] sizes = new int[written.Count];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = written[i];
        Shape shape = new(sizes);
        if (sizes.Length > 0 && shape.Count == site.Input.Count)
            return shape;
        site.FailHere(Descriptors.CannotReorder, $"cannot turn {site.Input} into {shape}: {site.Input.Count} elements are not {(sizes.Length == 0 ? 0 : shape.Count)}{site.Origin}");
        return Shape.Unknown;
    }

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        lowering.SetOutput(group, x.Reinterpret(x.Name, group.Last.Shape, x.Layout));
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Reshape", node, OnnxGraph.Int64s([0, .. node.Shape.ToArray()]));
}
