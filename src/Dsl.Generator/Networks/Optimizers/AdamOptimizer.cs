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

    /// <summary>The running means of the gradient and of its square.</summary>
    public static string[] State => ["exp_avg", "exp_avg_sq"];

    /// <summary>What the operation takes; with weight decay in the gradient or apart from it.</summary>
    public Operand[] Arguments(bool decoupled) => [Beta1, Beta2, Epsilon, decoupled];
}

/// <summary>Adam with PyTorch's formulas; weight decay is part of the gradient.</summary>
internal sealed class AdamOptimizer : Optimizer
{
    public override string Name => "Adam";

    public override object ReadOptions(Entry entry)
    {
        AdamAttribute declared = entry.Attribute<AdamAttribute>();
        return new AdamOptions(declared, declared.LearningRate, declared.WeightDecay, declared.Beta1, declared.Beta2, declared.Epsilon);
    }

    protected override void CheckOwn(Site site)
    {
        site.InUnit("Beta1");
        site.InUnit("Beta2");
        site.Positive("Epsilon");
    }

    public override string[] State(Entry entry) => AdamOptions.State;

    protected override Signature Operation => Operations.Adam;

    protected override Operand[] Arguments(Entry entry) => entry.Options<AdamOptions>().Arguments(decoupled: false);
}
