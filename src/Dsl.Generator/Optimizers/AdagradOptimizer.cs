using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Optimizers;

/// <summary>The gradient over the root of the sum of its squares.</summary>
internal sealed class AdagradOptimizer : Optimizer
{
    public override string Name => "Adagrad";

    protected override void CheckOwn(Site site)
    {
        site.Positive("Epsilon");
    }

    protected override double DefaultRate => 1e-2;

    public override int Buffers(Entry entry) => 1;

    protected override Signature Operation => Operations.Adagrad;

    protected override Operand[] Arguments(Entry entry) => [entry.Double("Epsilon", 1e-10)];
}
