using Dsl.Generator.Checking;

namespace Dsl.Generator.Losses;

/// <summary>max(0, 1 - label·score) of one score and a label of -1 or +1.</summary>
internal sealed partial class HingeLoss : Loss
{
    public override string Name => "Hinge";

    public override bool TakesLabels => true;

    public override string? Refuses(Network network) => network.OutputShape is { Rank: 1, Last: 1 } ? null : "needs one score";
}
