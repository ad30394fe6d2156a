namespace Dsl;

/// <summary>Stochastic gradient descent with PyTorch's momentum.</summary>
/// <param name="learningRate">The rate, above 0.</param>
public sealed class SGDAttribute(double learningRate) : OptimizerAttribute
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; } = learningRate;

    /// <summary>The share of the last update that is kept, in [0, 1).</summary>
    public double Momentum { get; set; }

    /// <summary>Nesterov's look ahead; needs <see cref="Momentum"/>.</summary>
    public bool Nesterov { get; set; }

    /// <summary>Adds WeightDecay·w to the gradient of every trainable parameter, biases and norms too; at least 0.</summary>
    public double WeightDecay { get; set; }
}
