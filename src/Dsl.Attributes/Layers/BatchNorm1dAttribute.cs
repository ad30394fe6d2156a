namespace Dsl;

/// <summary>
/// Normalises by the batch's mean and variance in training and by their running averages outside it, then scales and shifts: F, or T×F per feature over batch and steps; same shape.
/// Ioffe and Szegedy, 2015.
/// </summary>
/// <remarks>Frozen, it normalises with its running statistics and leaves them alone.</remarks>
public sealed class BatchNorm1dAttribute : TrainableNodeAttribute
{
    /// <summary>The weight of the new batch in the running statistics, in [0, 1).</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>Added to the variance, above 0.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
