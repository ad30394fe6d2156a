using Dsl.Generator.Checking;

namespace Dsl.Generator.Optimizers;

/// <summary>Gradient descent with PyTorch's momentum.</summary>
internal sealed partial class SGDOptimizer : Optimizer
{
    public override string Name => "SGD";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Momentum");
        if (site.Entry.Bool("Nesterov") && site.Entry.Double("Momentum") == 0)
            site.Fail(Descriptors.OutOfRange, "Nesterov", "needs Momentum above 0 for Nesterov");
    }
}
