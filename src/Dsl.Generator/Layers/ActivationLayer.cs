using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>An element-wise function: rides on another operation's way out where that can take it along, else one pass of its own.</summary>
internal abstract class ActivationLayer : Layer
{
    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Epilogue function = EpilogueOf(group.Head);
        Tensor x = lowering.InputOf(group);
        Tensor y = lowering.NewLike(group, x, lowering.NeedsGradient(group));
        lowering.Call("Unary", function.Text, Operand.View(x), Operand.View(y), "batch");
        lowering.OnBackward(group, y, dy => lowering.WriteGradientInPlace(x, dy, dx => lowering.Call(
            "UnaryBackward",
            function.Text,
            function.IsFromOutput ? Operand.NoView : Operand.View(x),
            function.IsFromOutput ? Operand.View(y) : Operand.NoView,
            Lowering.GradientView(dy, y),
            Lowering.GradientView(dx, x),
            "batch")));
    }
}
