namespace Dsl;

/// <summary>Adam with PyTorch's formulas. Kingma and Ba, 2014.</summary>
/// <param name="learningRate">The rate, above 0.</param>
public sealed class AdamAttribute(double learningRate = 1e-3) : OptimizerAttribute
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; } = learningRate;

    /// <summary>The decay of the mean gradient, in [0, 1).</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The decay of the mean squared gradient, in [0, 1).</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to the root of the mean squared gradient, above 0.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Adds WeightDecay·w to the gradient of every trainable parameter, biases and norms too; at least 0.</summary>
    public double WeightDecay { get; set; }
}
