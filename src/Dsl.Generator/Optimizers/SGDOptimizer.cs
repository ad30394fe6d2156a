using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>Gradient descent with PyTorch's momentum.</summary>
internal sealed class SGDOptimizer : Optimizer
{
    public override string Name => "SGD";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Momentum");
        if (site.Entry.Bool("Nesterov") && site.Entry.Double("Momentum") == 0)
            site.Fail(Descriptors.OutOfRange, "Nesterov", "needs Momentum above 0 for Nesterov");
    }

    public override int Buffers(Entry entry) => entry.Double("Momentum") > 0 ? 1 : 0;

    protected override Signature Operation => Operations.Sgd;

    protected override Operand[] Arguments(Entry entry) => [entry.Double("Momentum"), entry.Bool("Nesterov")];
}
