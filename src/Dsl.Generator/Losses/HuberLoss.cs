using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>A square that turns into a line at delta.</summary>
internal sealed partial class HuberLoss : Loss
{
    public override string Name => "Huber";

    public override void CheckArguments(Site site) => site.Positive("delta");

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, "Huber", Literal.Float(network.Loss!.Float("delta", 1)), "context.Targets");
}
