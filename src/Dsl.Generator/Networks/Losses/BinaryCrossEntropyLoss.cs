using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Losses;

/// <summary>Sigmoid and binary cross-entropy with targets of the same shape.</summary>
internal sealed class BinaryCrossEntropyLoss : Loss
{
    public override string Name => "BinaryCrossEntropy";

    public override bool Applies(string activation) => activation == "Sigmoid";

    public override bool HasProbabilities => true;

    public override void LowerProbabilities(Lowering lowering, Network network, Tensor output) => lowering.Call(
        Operations.Unary, Operand.Of(new Epilogue(UnaryFunction.Sigmoid)), Operand.View(output), Operand.View(output), Operand.Batch);

    public override Target TargetOf(Network network) => ValuesLike(network, TargetMeaning.Decision);

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        // Before the loss, which may write its gradient over the logits.
        if (lowering.Training)
            LowerCount(lowering, network, output);
        LowerElements(lowering, network, output, ElementLoss.BinaryCrossEntropy, lowering.Targets);
    }

    private static void LowerCount(Lowering lowering, Network network, Tensor output)
    {
        Operand x = Operand.Buffer(output);
        if (output.Lengths is not { } lengths)
            lowering.CallWhen(Condition.WhenCounting, Operations.CountTargetsMet, x, lowering.Targets, lowering.Correct, Operand.PerSample(network.OutputShape.Count));
        else
            lowering.CallWhen(Condition.WhenCounting, Operations.CountTargetsMetOfSteps, [x, lowering.Targets, Operand.Buffer(lengths.Storage), lowering.Correct, .. StepsOf(output)]);
    }
}
