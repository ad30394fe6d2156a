using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Optimizers;

/// <summary>Adam with weight decay apart from the gradient.</summary>
internal sealed class AdamWOptimizer : Optimizer
{
    public override string Name => "AdamW";

    public override object ReadOptions(Entry entry)
    {
        AdamWAttribute declared = entry.Attribute<AdamWAttribute>();
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

    protected override Operand[] Arguments(Entry entry) => entry.Options<AdamOptions>().Arguments(decoupled: true);
}
