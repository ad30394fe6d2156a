using System;

namespace Dsl.Pipelines.Linear;

/// <summary>Squared errors against standardised labels: Σ w (m - (y - mean) / deviation)² / 2W.</summary>
/// <param name="labels">One a row.</param>
/// <param name="weights">Weight of each row; null: 1 each.</param>
/// <param name="total">W, the sum of the weights.</param>
/// <param name="mean">What is taken from a label.</param>
/// <param name="deviation">What it is then divided by.</param>
internal sealed class SquaredLoss(double[] labels, double[]? weights, double total, double mean, double deviation) : ILinearLoss
{
    public int Sets => 1;

    public double Evaluate(int first, int rows, Span<double> margins, Span<double> sums)
    {
        double loss = 0;
        for (int row = 0; row < rows; row++)
        {
            double error = margins[row] - ((labels[first + row] - mean) / deviation);
            double slope = (weights is null ? 1 : weights[first + row]) / total * error;
            loss += slope * error;
            margins[row] = slope;
        }

        return loss / 2;
    }
}
