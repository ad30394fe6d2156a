using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>The gradient over the root of its mean square.</summary>
internal sealed partial class RMSpropOptimizer : Optimizer
{
    public override string Name => "RMSprop";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Alpha");
        site.Positive("Epsilon");
        site.InUnit("Momentum");
    }

    protected override double DefaultRate => 1e-2;

    public override string[] State(Entry entry) => HasMomentum(entry) ? ["square_avg", "momentum_buffer"] : ["square_avg"];

    private static bool HasMomentum(Entry entry) => entry.Float("Momentum") > 0;

    protected override void LowerUpdate(Lowering lowering, Entry entry, Operand count, Operand regularization, Operand norm) => lowering.Call(
        "RmsProp",
        "Parameters",
        "Gradients",
        "State0",
        HasMomentum(entry) ? "State1" : Operand.None,
        count,
        "context.LearningRate",
        Literal.Float(entry.Float("Alpha", 0.99)),
        Literal.Float(entry.Float("Epsilon", 1e-8)),
        Literal.Float(entry.Float("Momentum")),
        regularization,
        norm,
        "context.Verdict",
        "context.Step + 1");
}
