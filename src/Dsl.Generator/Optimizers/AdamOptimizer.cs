using Dsl.Generator.Checking;

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
}
