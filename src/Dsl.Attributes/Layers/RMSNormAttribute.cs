namespace Dsl;

/// <summary>
/// Divides each row of the last dimension by its root mean square, then scales by element: x / √(mean of x² + Epsilon) · weight; any shape, the same comes out. Zhang and Sennrich, 2019.
/// </summary>
public sealed class RMSNormAttribute : TrainableNodeAttribute
{
    /// <summary>Added to the mean square, above 0.</summary>
    public double Epsilon { get; set; } = 1e-6;
}
