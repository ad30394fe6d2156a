using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Optimizers;

/// <summary>What <c>RMSprop</c> declares.</summary>
internal sealed record RMSpropOptions(double Rate, Regularization Added, float Alpha, float Epsilon, float Momentum)
    : OptimizerOptions(Rate, Added)
{
    public RMSpropOptions(RMSpropAttribute declared)
        : this(declared.LearningRate, RegularizationOf(declared, declared.WeightDecay), (float)declared.Alpha, (float)declared.Epsilon, (float)declared.Momentum)
    {
    }
}

/// <summary>The gradient over the root of its mean square.</summary>
internal sealed class RMSpropOptimizer : Optimizer
{
    public override string Name => "RMSprop";

    public override object ReadOptions(Entry entry) => new RMSpropOptions(entry.Attribute<RMSpropAttribute>());

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Alpha");
        site.Positive("Epsilon");
        site.InUnit("Momentum");
    }

    public override string[] State(Entry entry) =>
        entry.Options<RMSpropOptions>().Momentum > 0 ? ["square_avg", "momentum_buffer"] : ["square_avg"];

    protected override Signature Operation => Operations.RmsProp;

    protected override Operand[] Arguments(Entry entry)
    {
        RMSpropOptions options = entry.Options<RMSpropOptions>();
        return [options.Alpha, options.Epsilon, options.Momentum];
    }
}
