using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Upsample2d</c> declares.</summary>
internal sealed record Upsample2dOptions(int Scale);

/// <summary>Nearest neighbour: C×H×W → C×scale·H×scale·W. No operations: values are copied.</summary>
internal sealed class Upsample2dLayer : ImageLayer
{
    public override string Name => "Upsample2d";

    public override object ReadOptions(Entry entry) => new Upsample2dOptions(entry.Attribute<Upsample2dAttribute>().Scale);

    public override void CheckArguments(Site site) => site.AtLeast("scale", 1);

    public override Shape OutputOf(LayerSite site)
    {
        long scale = site.Entry.Options<Upsample2dOptions>().Scale;
        return Sized(site, site.Input[0], scale * site.Input[1], scale * site.Input[2]);
    }

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Operand scale = group.Head.Entry.Options<Upsample2dOptions>().Scale;
        Tensor x = lowering.Image(lowering.InputOf(group));
        Tensor y = lowering.NewImage(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.Upsample2d, scale, Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.Upsample2dBackward, scale, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        float scale = node.Entry.Options<Upsample2dOptions>().Scale;
        graph.Node("Resize", node.Path, graph.Input(node), "", new OnnxCall("Floats", 1f, 1f, scale, scale))
            .Text("mode", "nearest").Text("coordinate_transformation_mode", "asymmetric").Text("nearest_mode", "floor");
    }
}
