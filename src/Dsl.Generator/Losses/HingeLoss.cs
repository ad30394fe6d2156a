using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>max(0, 1 - label·score) of one score and a label of -1 or +1.</summary>
internal sealed partial class HingeLoss : Loss
{
    public override string Name => "Hinge";

    public override bool TakesLabels => true;

    public override string? Refuses(Network network) => network.OutputShape is { Rank: 1, Last: 1 } ? null : "needs one score";

    public override IEnumerable<(string Name, string Value)> Table(Network network) => [("Classes", "2"), ("SignedLabels", "true")];

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        WithGradient(lowering, output, gradient => lowering.Call("Hinge", Operand.Buffer(output), "context.Labels", gradient, "context.Loss", "batch"));
        if (lowering.Training)
            lowering.CallIf("context.CountsCorrect", "CountCorrect", Operand.Buffer(output), "context.Labels", "context.Correct", "batch", 1, Literal.Int(int.MinValue));
    }
}
