using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>Adam with weight decay apart from the gradient.</summary>
internal sealed class AdamWOptimizer : Optimizer
{
    public override string Name => "AdamW";

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Beta1");
        site.InUnit("Beta2");
        site.Positive("Epsilon");
    }

    protected override double DefaultWeightDecay => 0.01;

    public override int Buffers(Entry entry) => 2;

    protected override Signature Operation => Operations.Adam;

    protected override Operand[] Arguments(Entry entry) => [entry.Double("Beta1", 0.9), entry.Double("Beta2", 0.999), entry.Double("Epsilon", 1e-8), true];
}
