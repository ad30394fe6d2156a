using System;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Optimizing;

/// <summary>Where Breeze's searches stop.</summary>
/// <param name="first">The function's value at the start.</param>
/// <param name="tolerance">The least change of the value beside the first one, and the least gradient beside the value.</param>
internal sealed class StopRule(double first, double tolerance)
{
    private const double LeastGradient = 1e-8;

    // The list of the last values begins with infinity, so that it says nothing before it is full.
    private readonly double[] values = Array.ConvertAll(new double[20], _ => double.PositiveInfinity);
    private int count;

    /// <summary>Notes the value after a step.</summary>
    public void Add(double value) => values[count++ % values.Length] = value;

    /// <summary>Whether to stop at such a value and gradient.</summary>
    public bool IsMet(double value, double gradientNorm) =>
        Math.Abs(value - Doubles.Max(values)) <= tolerance * first || gradientNorm <= Math.Max(tolerance * value, LeastGradient);
}
