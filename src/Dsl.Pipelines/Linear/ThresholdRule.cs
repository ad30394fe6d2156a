using System;

namespace Dsl.Pipelines.Linear;

/// <summary>Two classes by a margin alone: class 1 where it is above a threshold. There are no probabilities.</summary>
/// <param name="threshold">The threshold.</param>
internal sealed class ThresholdRule(double threshold) : MarginRule
{
    public override int Classes => 2;

    /// <summary>Class 1 where the margin is above this.</summary>
    public double Threshold => threshold;

    public override double Decide(ReadOnlySpan<double> margins, Span<double> probability) =>
        probability.IsEmpty ? margins[0] > threshold ? 1 : 0 : throw new ArgumentException("A linear support vector machine has no probabilities.", nameof(probability));
}
