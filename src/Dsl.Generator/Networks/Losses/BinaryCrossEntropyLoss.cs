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
            lowering.CallWhen(Condition.WhenCounting, Operations.CountTargetsMet, Operand.Buffer(output), lowering.Targets, lowering.Correct, Operand.PerSample(network.OutputShape.Count));
        LowerElements(lowering, network, output, ElementLoss.BinaryCrossEntropy, lowering.Targets);
    }
}
