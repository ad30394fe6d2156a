using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>The mean of absolute differences.</summary>
internal sealed partial class MeanAbsoluteErrorLoss : Loss
{
    public override string Name => "MeanAbsoluteError";

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, "MeanAbsoluteError", "0f", "context.Targets");
}
