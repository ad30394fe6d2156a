using Dsl.Generator.Checking;
using Dsl.Generator.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Losses;

/// <summary>The mean of absolute differences.</summary>
internal sealed class MeanAbsoluteErrorLoss : Loss
{
    public override string Name => "MeanAbsoluteError";

    public override Target TargetOf(Network network) => ValuesLike(network, TargetMeaning.Number);

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, ElementLoss.MeanAbsoluteError, lowering.Targets);
}
