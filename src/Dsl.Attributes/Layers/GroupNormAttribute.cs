namespace Dsl;

/// <summary>
/// Normalises each sample by groups of neighbouring channels, each group by its own mean and variance over all pixels or steps, then scales and shifts by channel:
/// C×H×W, or T×F with F as channels; the same comes out. Padded steps count like others. Wu and He, 2018.
/// </summary>
/// <param name="groups">How many groups, at least 1; divides the channels.</param>
public sealed class GroupNormAttribute(int groups) : TrainableNodeAttribute
{
    /// <summary>How many groups.</summary>
    public int Groups { get; } = groups;

    /// <summary>Added to the variance, above 0.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
