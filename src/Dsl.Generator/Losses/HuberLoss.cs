using Dsl.Generator.Checking;

namespace Dsl.Generator.Losses;

/// <summary>A square that turns into a line at delta.</summary>
internal sealed partial class HuberLoss : Loss
{
    public override string Name => "Huber";

    public override void CheckArguments(Site site) => site.Positive("delta");
}
