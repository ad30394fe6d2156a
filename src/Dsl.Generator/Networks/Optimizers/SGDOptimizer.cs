using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Optimizers;

/// <summary>What <c>SGD</c> declares.</summary>
internal sealed record SGDOptions(double Rate, Regularization Added, float Momentum, bool Nesterov)
    : OptimizerOptions(Rate, Added)
{
    public SGDOptions(SGDAttribute declared)
        : this(declared.LearningRate, RegularizationOf(declared, declared.WeightDecay), (float)declared.Momentum, declared.Nesterov)
    {
    }
}

/// <summary>Gradient descent with PyTorch's momentum.</summary>
internal sealed class SGDOptimizer : Optimizer
{
    public override string Name => "SGD";

    public override object ReadOptions(Entry entry) => new SGDOptions(entry.Attribute<SGDAttribute>());

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Momentum");
        if (site.Entry.Options<SGDOptions>() is { Nesterov: true, Momentum: 0 })
            site.Fail(Descriptors.OutOfRange, "Nesterov", "needs Momentum above 0 for Nesterov");
    }

    public override string[] State(Entry entry) => entry.Options<SGDOptions>().Momentum > 0 ? ["momentum_buffer"] : [];

    protected override Signature Operation => Operations.Sgd;

    protected override Operand[] Arguments(Entry entry)
    {
        SGDOptions options = entry.Options<SGDOptions>();
        return [options.Momentum, options.Nesterov];
    }
}
