using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The mean of each window; padding counts as zeros.</summary>
internal abstract class AvgPoolLayer : PoolLayer
{
    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor x = InputImage(lowering, group, 0);
        Operand shape = Operand.Of(ShapeOf(node), lowering.NameOf(group) + "Shape");
        Tensor y = OutputImage(lowering, group, WindowOf(node, node.Entry.Options<WindowOptions>()), lowering.NeedsGradient(group));
        lowering.Call(Operations.AvgPool2d, shape, Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.AvgPool2dBackward, shape, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node) => Export(graph, node, "AveragePool", node.Entry.Options<WindowOptions>(), 0).Int("count_include_pad", 1);
}
