namespace Dsl;

/// <summary>
/// Normalises each row of the last dimension by its own mean and variance, then scales and shifts by element; any shape, the same comes out. Ba, Kiros and Hinton, 2016.
/// </summary>
public sealed class LayerNormAttribute : TrainableNodeAttribute
{
    /// <summary>Added to the variance, above 0.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
