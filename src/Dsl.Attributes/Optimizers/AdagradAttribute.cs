namespace Dsl;

/// <summary>The gradient over the root of the sum of its squares. Duchi et al., 2011.</summary>
/// <param name="learningRate">The rate, above 0.</param>
public sealed class AdagradAttribute(double learningRate = 1e-2) : OptimizerAttribute
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; } = learningRate;

    /// <summary>Added to the root of the sum of squares, above 0.</summary>
    public double Epsilon { get; set; } = 1e-10;

    /// <summary>Adds WeightDecay·w to the gradient of every trainable parameter, biases and norms too; at least 0.</summary>
    public double WeightDecay { get; set; }
}
