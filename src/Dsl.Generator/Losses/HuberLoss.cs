using Dsl.Generator.Checking;
using Dsl.Generator.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Losses;

/// <summary>A square that turns into a line at delta.</summary>
internal sealed class HuberLoss : Loss
{
    public override string Name => "Huber";

    public override void CheckArguments(Site site) => site.Positive("delta");

    public override Target TargetOf(Network network) => ValuesLike(network);

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, ElementLoss.Huber, lowering.Targets, network.Loss!.Double("delta", 1));
}
