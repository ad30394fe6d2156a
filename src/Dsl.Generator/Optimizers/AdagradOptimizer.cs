using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Optimizers;

/// <summary>What <c>Adagrad</c> declares.</summary>
internal sealed record AdagradOptions(double Rate, Regularization Added, double Epsilon)
    : OptimizerOptions(Rate, Added)
{
    public AdagradOptions(AdagradAttribute declared)
        : this(declared.LearningRate, RegularizationOf(declared, declared.WeightDecay), declared.Epsilon)
    {
    }
}

/// <summary>The gradient over the root of the sum of its squares.</summary>
internal sealed class AdagradOptimizer : Optimizer
{
    public override string Name => "Adagrad";

    public override object ReadOptions(Entry entry) => new AdagradOptions(entry.Attribute<AdagradAttribute>());

    protected override void CheckOwn(Site site)
    {
        site.Positive("Epsilon");
    }

    public override int Buffers(Entry entry) => 1;

    protected override Signature Operation => Operations.Adagrad;

    protected override Operand[] Arguments(Entry entry) => [entry.Options<AdagradOptions>().Epsilon];
}
