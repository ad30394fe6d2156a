using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

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
        if (site.Entry.Float("ClipNorm") == 0 && site.Entry.Double("ClipNorm") > 0)
            site.Fail(Descriptors.OutOfRange, "ClipNorm", "needs a ClipNorm of 0 (none) or of at least 1.4e-45 in single precision");
        site.NonNegative("L1");
    }

    /// <summary>The arguments that only this optimizer has.</summary>
    protected virtual void CheckOwn(Site site)
    {
    }

    /// <summary>What it keeps for each parameter, by PyTorch's names, in the order of its buffers.</summary>
    public abstract string[] State(Entry entry);

    /// <summary>The rate as declared; a OneCycle's own in its place.</summary>
    public double LearningRate(Network network) => network.Schedule is { } schedule && schedule.Has("maxRate")
        ? schedule.Double("maxRate")
        : network.Optimizer!.Double("learningRate", DefaultRate);

    /// <summary>The rate where none is written.</summary>
    protected virtual double DefaultRate => 1e-3;

    /// <summary>Weight decay where none is written.</summary>
    protected virtual double DefaultWeightDecay => 0;

    /// <summary>Calls the update of all trained parameters.</summary>
    public void Lower(Lowering lowering, Entry entry, long count)
    {
        Operand norm = Operand.None;
        if (entry.Float("ClipNorm") > 0)
        {
            norm = Operand.Buffer(lowering.NewFixed("gradientNorm", 1));
            lowering.Call("GradientNorm", "Gradients", Literal.Int(count), norm);
        }

        string regularization = $"new global::Dsl.Runtime.Regularization({Literal.Float(entry.Float("ClipNorm"))}, "
            + $"{Literal.Float(entry.Float("WeightDecay", DefaultWeightDecay))}, {Literal.Float(entry.Float("L1"))})";
        Operand constant = lowering.Constant("Regularization", "regularization", regularization);
        LowerUpdate(lowering, entry, Literal.Int(count), constant, norm);
    }

    /// <summary>Calls the optimizer's own operation.</summary>
    protected abstract void LowerUpdate(Lowering lowering, Entry entry, Operand count, Operand regularization, Operand norm);
}
