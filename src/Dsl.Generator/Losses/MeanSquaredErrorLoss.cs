namespace Dsl.Generator.Losses;

/// <summary>The mean of squared differences.</summary>
internal sealed partial class MeanSquaredErrorLoss : Loss
{
    public override string Name => "MeanSquaredError";
}
