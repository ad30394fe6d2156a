using Dsl.Generator.Checking;

namespace Dsl.Generator.Optimizers;

/// <summary>The gradient over the root of the sum of its squares.</summary>
internal sealed partial class AdagradOptimizer : Optimizer
{
    public override string Name => "Adagrad";

    protected override void CheckOwn(Site site)
    {
        site.Positive("Epsilon");
    }
}
