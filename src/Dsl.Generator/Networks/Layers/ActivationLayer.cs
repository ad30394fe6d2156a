using System;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>An element-wise function: rides on another operation's way out where that can take it along, else one pass of its own.</summary>
internal abstract class ActivationLayer : Layer
{
    public override bool KeepsFeatures => true;

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Epilogue function = EpilogueOf(group.Head);
        Tensor x = lowering.InputOf(group);
        Tensor y = lowering.NewLike(group, x, lowering.NeedsGradient(group));
        lowering.OnBackward(group, y, Emit(lowering, function, x, y));
    }

    /// <summary>Calls the operation; what is returned calls that of its gradient, in place.</summary>
    public static Action<Storage> Emit(Lowering lowering, Epilogue function, Tensor x, Tensor y)
    {
        lowering.Call(Operations.Unary, Operand.Of(function), Operand.View(x), Operand.View(y), Operand.Batch);
        return dy => lowering.WriteGradientInPlace(x, dy, dx => lowering.Call(
            Operations.UnaryBackward,
            Operand.Of(function),
            function.FollowsFromOutput ? Operand.None : Operand.View(x),
            function.FollowsFromOutput ? Operand.View(y) : Operand.None,
            Lowering.GradientView(dy, y),
            Lowering.GradientView(dx, x),
            Operand.Batch));
    }
}
