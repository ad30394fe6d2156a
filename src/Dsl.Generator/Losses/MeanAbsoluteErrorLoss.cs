namespace Dsl.Generator.Losses;

/// <summary>The mean of absolute differences.</summary>
internal sealed partial class MeanAbsoluteErrorLoss : Loss
{
    public override string Name => "MeanAbsoluteError";
}
