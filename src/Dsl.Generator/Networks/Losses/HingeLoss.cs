using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Losses;

/// <summary>max(0, 1 - label·score) of one score and a label of -1 or +1.</summary>
internal sealed class HingeLoss : Loss
{
    public override string Name => "Hinge";

    public override bool TakesLabels => true;

    public override string? Refuses(Network network) => network.OutputShape is { Rank: 1, Last: 1 } ? null : "needs one score";

    public override Target TargetOf(Network network) => new(TargetKind.Labels, 1, Classes: 2, LowestLabel: -1, LabelStep: 2);

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        WithGradient(lowering, output, gradient => lowering.Call(Operations.Hinge, Operand.Buffer(output), lowering.Labels, gradient, lowering.Loss, Operand.Batch));
        if (lowering.Training)
            lowering.CallWhen(Condition.WhenCounting, Operations.CountCorrect, Operand.Buffer(output), lowering.Labels, lowering.Correct, Operand.Batch, 1, int.MinValue);
    }
}
