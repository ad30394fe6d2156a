using Dsl.Generator.Checking;

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
}
