using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Optimizers;

/// <summary>What <c>Adam</c> and <c>AdamW</c> declare.</summary>
internal sealed record AdamOptions(double Rate, Regularization Added, float Beta1, float Beta2, float Epsilon)
    : OptimizerOptions(Rate, Added)
{
    public AdamOptions(OptimizerAttribute declared, double rate, double weightDecay, double beta1, double beta2, double epsilon)
        : this(rate, RegularizationOf(declared, weightDecay), (float)beta1, (float)beta2, (float)epsilon)
    {
    }
}

/// <summary>What <c>Adam</c> and <c>AdamW</c> share: all but where the weight decay goes.</summary>
internal abstract class AdamFamily : Optimizer
{
    protected override Signature Operation => Operations.Adam;

    /// <summary>Weight decay stands apart from the gradient.</summary>
    protected abstract bool IsDecoupled { get; }

    /// <summary>The running means of the gradient and of its square.</summary>
    public override string[] State(Entry entry) => ["exp_avg", "exp_avg_sq"];

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Beta1");
        site.InUnit("Beta2");
        site.Positive("Epsilon");
    }

    protected override Operand[] Arguments(Entry entry)
    {
        AdamOptions options = entry.Options<AdamOptions>();
        return [options.Beta1, options.Beta2, options.Epsilon, IsDecoupled];
    }
}
