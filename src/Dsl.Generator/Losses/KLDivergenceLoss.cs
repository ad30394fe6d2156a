namespace Dsl.Generator.Losses;

/// <summary>Of log-probabilities from probabilities: the sum over the last dimension, the mean over the rest.</summary>
internal sealed partial class KLDivergenceLoss : Loss
{
    public override string Name => "KLDivergence";
}
