using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>The gradient over the root of the sum of its squares.</summary>
internal sealed partial class AdagradOptimizer : Optimizer
{
    public override string Name => "Adagrad";

    protected override void CheckOwn(Site site)
    {
        site.Positive("Epsilon");
    }

    protected override double DefaultRate => 1e-2;

    public override string[] State(Entry entry) => ["sum"];

    protected override void LowerUpdate(Lowering lowering, Entry entry, Operand count, Operand regularization, Operand norm) => lowering.Call(
        "Adagrad",
        "Parameters",
        "Gradients",
        "State0",
        count,
        "context.LearningRate",
        Literal.Float(entry.Float("Epsilon", 1e-10)),
        regularization,
        norm,
        "context.Verdict",
        "context.Step + 1");
}
