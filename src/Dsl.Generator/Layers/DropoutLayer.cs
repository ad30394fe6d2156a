using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>Zeros at random in training. No operations: outside training it is not there.</summary>
internal sealed class DropoutLayer : Layer
{
    public override string Name => "Dropout";

    public override bool EndsUntrained => true;

    public override void CheckArguments(Site site) => site.InUnit("p");

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.InputOf(group);
        float probability = group.Head.Entry.Float("p", 0.5);
        if (!lowering.Training || probability == 0)
        {
            lowering.SetOutput(group, x.Reinterpret(x.Name, group.Last.Shape, x.Layout));
            return;
        }

        Operand key = $"new global::Dsl.Runtime.DropoutKey(Seed, {Literal.Int(group.Head.Index)}u, context.Step)";
        Tensor y = lowering.NewLike(group, x, lowering.NeedsGradient(group));
        lowering.Call("Dropout", key, Literal.Float(probability), Operand.View(x), Operand.View(y), "batch");

        // The same key drops the same elements, so the gradient is the same operation.
        lowering.OnBackward(group, y, dy => lowering.WriteGradientInPlace(x, dy, dx =>
            lowering.Call("Dropout", key, Literal.Float(probability), Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), "batch")));
    }
}
