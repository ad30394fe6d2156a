using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>Adam with weight decay apart from the gradient.</summary>
internal sealed partial class AdamWOptimizer : Optimizer
{
    public override string Name => "AdamW";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Beta1");
        site.InUnit("Beta2");
        site.Positive("Epsilon");
    }

    protected override double DefaultWeightDecay => 0.01;

    public override string[] State(Entry entry) => AdamOptimizer.AdamState();

    protected override void LowerUpdate(Lowering lowering, Entry entry, Operand count, Operand regularization, Operand norm) =>
        AdamOptimizer.LowerAdam(lowering, entry, count, regularization, norm, decoupled: true);
}
