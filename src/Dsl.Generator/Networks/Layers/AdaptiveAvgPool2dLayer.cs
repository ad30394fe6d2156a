using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>AdaptiveAvgPool2d</c> declares.</summary>
internal sealed record AdaptiveAvgPool2dOptions(int Height, int Width);

/// <summary>Output row i is the mean of rows floor(i·H/height) to ceil((i+1)·H/height), columns alike. Operations: one per element of the input.</summary>
internal sealed class AdaptiveAvgPool2dLayer : ImageLayer
{
    public override string Name => "AdaptiveAvgPool2d";

    public override object ReadOptions(Entry entry)
    {
        AdaptiveAvgPool2dAttribute written = entry.Attribute<AdaptiveAvgPool2dAttribute>();
        return new AdaptiveAvgPool2dOptions(written.Height, written.Width);
    }

    public override void CheckArguments(Site site)
    {
        site.AtLeast("height", 1);
        site.AtLeast("width", 1);
    }

    public override Shape OutputOf(LayerSite site)
    {
        AdaptiveAvgPool2dOptions options = site.Entry.Options<AdaptiveAvgPool2dOptions>();
        return Sized(site, site.Input[0], options.Height, options.Width);
    }

    public override long OperationsOf(Node node) => node.InputShape.Count;

    public override void Lower(Lowering lowering, FusedGroup group) => LowerAverage(lowering, group, lowering.Image(lowering.InputOf(group)));

    /// <summary>The mean over the part of the input that each output pixel stands for; all of it for a vector.</summary>
    internal static void LowerAverage(Lowering lowering, FusedGroup group, Tensor x)
    {
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = group.Last.Shape.Rank == 3 ? lowering.NewImage(group, needsGradient) : lowering.NewFlat(group, needsGradient);
        lowering.Call(Operations.AdaptiveAvgPool2d, Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.AdaptiveAvgPool2dBackward, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        (int height, int width) = (node.InputShape[1] / node.Shape[1], node.InputShape[2] / node.Shape[2]);
        if (height * node.Shape[1] == node.InputShape[1] && width * node.Shape[2] == node.InputShape[2])
            graph.Node("AveragePool", node).Ints("kernel_shape", height, width).Ints("strides", height, width);
        else
            graph.Call("AdaptiveAveragePool", node.Path, graph.Input(node), node.InputShape[1], node.InputShape[2], node.Shape[1], node.Shape[2]);
    }
}
