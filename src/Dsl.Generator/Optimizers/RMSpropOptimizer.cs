using Dsl.Generator.Checking;

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
}
