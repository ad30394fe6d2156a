using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Optimizers;

/// <summary>Adam with weight decay apart from the gradient.</summary>
internal sealed class AdamWOptimizer : AdamFamily
{
    public override string Name => "AdamW";

    public override object ReadOptions(Entry entry)
    {
        AdamWAttribute declared = entry.Attribute<AdamWAttribute>();
        return new AdamOptions(declared, declared.LearningRate, declared.WeightDecay, declared.Beta1, declared.Beta2, declared.Epsilon);
    }

    protected override bool IsDecoupled => true;
}
