using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Losses;

/// <summary>What <c>Huber</c> declares.</summary>
internal sealed record HuberOptions(float Delta);

/// <summary>A square that turns into a line at delta.</summary>
internal sealed class HuberLoss : Loss
{
    public override string Name => "Huber";

    public override object ReadOptions(Entry entry) => new HuberOptions((float)entry.Attribute<HuberAttribute>().Delta);

    public override void CheckArguments(Site site) => site.Positive("delta");

    public override Target TargetOf(Network network) => ValuesLike(network, TargetMeaning.Number);

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, ElementLoss.Huber, lowering.Targets, network.Loss!.Options<HuberOptions>().Delta);
}
