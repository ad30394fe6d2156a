using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Optimizers;

/// <summary>Adam with PyTorch's formulas; weight decay is part of the gradient.</summary>
internal sealed class AdamOptimizer : AdamFamily
{
    public override string Name => "Adam";

    public override object ReadOptions(Entry entry)
    {
        AdamAttribute declared = entry.Attribute<AdamAttribute>();
        return new AdamOptions(declared, declared.LearningRate, declared.WeightDecay, declared.Beta1, declared.Beta2, declared.Epsilon);
    }

    protected override bool IsDecoupled => false;
}
