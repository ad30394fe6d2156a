using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>ZeroPad2d</c> declares.</summary>
internal sealed record ZeroPad2dOptions(int Padding);

/// <summary>Zeros around the image: C×H×W → C×(H + 2p)×(W + 2p). No operations: values are copied.</summary>
internal sealed class ZeroPad2dLayer : ImageLayer
{
    public override string Name => "ZeroPad2d";

    public override object ReadOptions(Entry entry) => new ZeroPad2dOptions(entry.Attribute<ZeroPad2dAttribute>().P);

    public override void CheckArguments(Site site) => site.AtLeast("p", 0);

    public override Shape OutputOf(LayerSite site)
    {
        long both = 2L * site.Entry.Options<ZeroPad2dOptions>().Padding;
        return Sized(site, site.Input[0], site.Input[1] + both, site.Input[2] + both);
    }

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Operand padding = group.Head.Entry.Options<ZeroPad2dOptions>().Padding;
        Tensor x = lowering.Image(lowering.InputOf(group));
        Tensor y = lowering.NewImage(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.ZeroPad2d, padding, Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.ZeroPad2dBackward, padding, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        int padding = node.Entry.Options<ZeroPad2dOptions>().Padding;
        graph.Node("Pad", node, OnnxGraph.Int64s(0, 0, padding, padding, 0, 0, padding, padding));
    }
}
