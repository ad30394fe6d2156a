using System;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>What every optimizer declares.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Regularization">What is done to the gradient before it is used.</param>
internal record OptimizerOptions(double LearningRate, Regularization Regularization)
{
    /// <summary>Weight decay stands in each optimizer's own attribute, since its default differs.</summary>
    protected static Regularization RegularizationOf(OptimizerAttribute declared, double weightDecay) =>
        new((float)declared.ClipNorm, (float)weightDecay, (float)declared.L1);
}

/// <summary>An update rule and the ranges of its arguments. One file an optimizer.</summary>
internal abstract class Optimizer : Construct
{
    public override void CheckArguments(Site site)
    {
        site.Positive("learningRate");
        CheckOwn(site);
        site.NonNegative("WeightDecay");
        site.NonNegative("ClipNorm");
        if (site.Entry.Options<OptimizerOptions>().Regularization.ClipNorm == 0 && site.Entry.TryGet("ClipNorm", out object? written) && written is > 0.0)
            site.Fail(Descriptors.OutOfRange, "ClipNorm", "needs a ClipNorm of 0 (none) or of at least 1.4e-45 in single precision");
        site.NonNegative("L1");
    }

    /// <summary>The arguments that only this optimizer has.</summary>
    protected virtual void CheckOwn(Site site)
    {
    }

    /// <summary>What it keeps for each parameter, by PyTorch's names, in the order of its buffers.</summary>
    public abstract string[] State(Entry entry);

    /// <summary>The rate as declared; that of a schedule with one of its own in its place.</summary>
    public static double LearningRate(Network network) =>
        (network.Schedule is { Construct: Schedule rule } schedule ? rule.RateOf(schedule) : null) ?? network.Optimizer!.Options<OptimizerOptions>().LearningRate;

    /// <summary>Calls the update of all trained parameters.</summary>
    public void Lower(Lowering lowering, Entry entry)
    {
        OptimizerOptions options = entry.Options<OptimizerOptions>();
        ParameterTable parameters = lowering.Parameters;
        Operand norm = Operand.None;
        if (options.Regularization.ClipNorm > 0)
        {
            norm = Operand.Buffer(lowering.NewFixed("gradientNorm", 1));
            lowering.Call(Operations.GradientNorm, Operand.Buffer(parameters.Gradients), parameters.TrainedFloats, norm);
        }

        Operand[] states = States(lowering, entry);
        Operand[] arguments = Arguments(entry);
        lowering.Call(
            Operation,
            [
                Operand.Buffer(parameters.Values),
                Operand.Buffer(parameters.Gradients),
                .. states,
                parameters.TrainedFloats,
                Operand.LearningRate,
                .. arguments,
                Operand.Of(options.Regularization, "regularization"),
                norm,
                lowering.Verdict,
                Operand.StepFromOne,
            ]);
    }

    /// <summary>The operation of one step; between the rate and the regularization it takes <see cref="Arguments"/>.</summary>
    protected abstract Signature Operation { get; }

    /// <summary>What the operation takes of this optimizer alone.</summary>
    protected abstract Operand[] Arguments(Entry entry);

    /// <summary>The operation's buffers of state; None for those that these arguments do not need.</summary>
    private Operand[] States(Lowering lowering, Entry entry)
    {
        int buffers = State(entry).Length;

        // They stand behind parameters and gradients, up to the count.
        const int Before = 2;
        int places = 0;
        while (Operation.Slots[Before + places].Kind == SlotKind.Floats)
            places++;
        Operand[] states = new Operand[places];
        for (int i = 0; i < Math.Min(places, buffers); i++)
            states[i] = Operand.Buffer(lowering.Parameters.State(i));
        return states;
    }
}
