using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>The mean of squared differences.</summary>
internal sealed partial class MeanSquaredErrorLoss : Loss
{
    public override string Name => "MeanSquaredError";

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, "MeanSquaredError", "0f", "context.Targets");
}
