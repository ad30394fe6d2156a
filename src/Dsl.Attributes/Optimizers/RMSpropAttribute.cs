namespace Dsl;

/// <summary>The gradient over the root of its mean square, PyTorch's formulas. Tieleman and Hinton, 2012.</summary>
/// <param name="learningRate">The rate, above 0.</param>
public sealed class RMSpropAttribute(double learningRate = 1e-2) : OptimizerAttribute
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; } = learningRate;

    /// <summary>The decay of the mean squared gradient, in [0, 1).</summary>
    public double Alpha { get; set; } = 0.99;

    /// <summary>Added to the root of the mean squared gradient, above 0.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>The share of the last update that is kept, in [0, 1).</summary>
    public double Momentum { get; set; }

    /// <summary>Adds WeightDecay·w to the gradient of every trainable parameter, biases and norms too; at least 0.</summary>
    public double WeightDecay { get; set; }
}
