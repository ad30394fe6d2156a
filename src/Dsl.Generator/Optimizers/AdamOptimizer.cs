using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>Adam with PyTorch's formulas; weight decay is part of the gradient.</summary>
internal sealed partial class AdamOptimizer : Optimizer
{
    public override string Name => "Adam";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Beta1");
        site.InUnit("Beta2");
        site.Positive("Epsilon");
    }

    public override string[] State(Entry entry) => AdamState();

    protected override void LowerUpdate(Lowering lowering, Entry entry, Operand count, Operand regularization, Operand norm) =>
        LowerAdam(lowering, entry, count, regularization, norm, decoupled: false);

    /// <summary>What Adam keeps: the running means of the gradient and of its square.</summary>
    internal static string[] AdamState() => ["exp_avg", "exp_avg_sq"];

    /// <summary>Adam's operation, with weight decay in the gradient or apart from it.</summary>
    internal static void LowerAdam(Lowering lowering, Entry entry, Operand count, Operand regularization, Operand norm, bool decoupled) => lowering.Call(
        "Adam",
        "Parameters",
        "Gradients",
        "State0",
        "State1",
        count,
        "context.LearningRate",
        Literal.Float(entry.Float("Beta1", 0.9)),
        Literal.Float(entry.Float("Beta2", 0.999)),
        Literal.Float(entry.Float("Epsilon", 1e-8)),
        Literal.Bool(decoupled),
        regularization,
        norm,
        "context.Verdict",
        "context.Step + 1");
}
