using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>Gradient descent with PyTorch's momentum.</summary>
internal sealed partial class SGDOptimizer : Optimizer
{
    public override string Name => "SGD";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Momentum");
        if (site.Entry.Bool("Nesterov") && site.Entry.Float("Momentum") == 0)
            site.Fail(Descriptors.OutOfRange, "Nesterov", "needs Momentum above 0 for Nesterov");
    }

    public override string[] State(Entry entry) => HasMomentum(entry) ? ["momentum_buffer"] : [];

    private static bool HasMomentum(Entry entry) => entry.Float("Momentum") > 0;

    protected override void LowerUpdate(Lowering lowering, Entry entry, Operand count, Operand regularization, Operand norm) => lowering.Call(
        "Sgd",
        "Parameters",
        "Gradients",
        HasMomentum(entry) ? "State0" : Operand.None,
        count,
        "context.LearningRate",
        Literal.Float(entry.Float("Momentum")),
        Literal.Bool(entry.Bool("Nesterov")),
        regularization,
        norm,
        "context.Verdict",
        "context.Step + 1");
}
