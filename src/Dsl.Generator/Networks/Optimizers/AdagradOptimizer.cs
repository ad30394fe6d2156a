using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Optimizers;

/// <summary>What <c>Adagrad</c> declares.</summary>
internal sealed record AdagradOptions(double Rate, Regularization Added, float Epsilon)
    : OptimizerOptions(Rate, Added)
{
    public AdagradOptions(AdagradAttribute declared)
        : this(declared.LearningRate, RegularizationOf(declared, declared.WeightDecay), (float)declared.Epsilon)
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

    public override string[] State(Entry entry) => ["sum"];

    protected override Signature Operation => Operations.Adagrad;

    protected override Operand[] Arguments(Entry entry) => [entry.Options<AdagradOptions>().Epsilon];
}
