using Dsl.Generator.Checking;

namespace Dsl.Generator.Optimizers;

/// <summary>An update rule and the ranges of its arguments. One file an optimizer.</summary>
internal abstract partial class Optimizer : Construct
{
    public override void CheckArguments(Site site)
    {
        site.Positive("learningRate");
        CheckOwn(site);
        site.NonNegative("WeightDecay");
        site.NonNegative("ClipNorm");
        site.NonNegative("L1");
    }

    /// <summary>The arguments that only this optimizer has.</summary>
    protected virtual void CheckOwn(Site site)
    {
    }
}
