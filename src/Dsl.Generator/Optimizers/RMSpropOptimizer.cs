using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>The gradient over the root of its mean square.</summary>
internal sealed class RMSpropOptimizer : Optimizer
{
    public override string Name => "RMSprop";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Alpha");
        site.Positive("Epsilon");
        site.InUnit("Momentum");
    }

    protected override double DefaultRate => 1e-2;

    public override int Buffers(Entry entry) => entry.Double("Momentum") > 0 ? 2 : 1;

    protected override Signature Operation => Operations.RmsProp;

    protected override Operand[] Arguments(Entry entry) => [entry.Double("Alpha", 0.99), entry.Double("Epsilon", 1e-8), entry.Double("Momentum")];
}
