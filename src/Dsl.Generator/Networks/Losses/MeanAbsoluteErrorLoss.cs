using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Losses;

/// <summary>The mean of absolute differences.</summary>
internal sealed class MeanAbsoluteErrorLoss : Loss
{
    public override string Name => "MeanAbsoluteError";

    public override Target TargetOf(Network network) => ValuesLike(network, TargetMeaning.Number);

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, ElementLoss.MeanAbsoluteError, lowering.Targets);
}
