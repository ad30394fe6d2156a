using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Optimizing;

namespace Dsl.Pipelines.Linear;

/// <summary>Half the mean squared error of a linear model as a function of its coefficients, by the moments of rows alone: (b'Ab - 2 a'b + square) / 2.</summary>
/// <param name="products">A, n × n.</param>
/// <param name="withLabel">a.</param>
/// <param name="labelSquare">The labels' mean square.</param>
internal sealed class MomentObjective(double[] products, double[] withLabel, double labelSquare) : IObjective
{
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        int size = withLabel.Length;
        for (int i = 0; i < size; i++)
            gradient[i] = Doubles.Dot(products.AsSpan(i * size, size), point);
        double value = (labelSquare / 2) + (Doubles.Dot(gradient[..size], point) / 2) - Doubles.Dot(withLabel, point);
        Doubles.AddScaled(gradient, -1, withLabel);
        return value;
    }
}
