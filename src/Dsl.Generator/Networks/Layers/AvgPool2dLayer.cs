using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The mean of each window; padding counts as zeros.</summary>
internal sealed class AvgPool2dLayer : PoolLayer
{
    public override string Name => "AvgPool2d";

    public override object ReadOptions(Entry entry) => WindowOptions.Of(entry.Attribute<AvgPool2dAttribute>(), entry);

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Image(lowering.InputOf(group));
        Operand shape = Operand.Of(ShapeOf(group.Head), lowering.NameOf(group) + "Shape");
        Tensor y = lowering.NewImage(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.AvgPool2d, shape, Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.AvgPool2dBackward, shape, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }
}
