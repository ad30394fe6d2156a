using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>The mean of each window; padding counts as zeros.</summary>
internal sealed class AvgPool2dLayer : PoolLayer
{
    public override string Name => "AvgPool2d";

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Image(lowering.InputOf(group));
        Operand shape = lowering.Constant("PoolShape", lowering.NameOf(group) + "Shape", ShapeText(group.Head));
        Tensor y = lowering.NewImage(group, lowering.NeedsGradient(group));
        lowering.Call("AvgPool2d", shape, Operand.View(x), Operand.View(y), "batch");
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call("AvgPool2dBackward", shape, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), "batch")));
    }
}
