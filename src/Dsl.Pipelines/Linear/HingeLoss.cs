using System;

namespace Dsl.Pipelines.Linear;

/// <summary>Two classes, y = -1 and 1: Σ w max(0, 1 - y·m) / W.</summary>
/// <param name="labels">0 or 1, one a row.</param>
/// <param name="weights">Weight of each row; null: 1 each.</param>
/// <param name="total">W, the sum of the weights.</param>
internal sealed class HingeLoss(double[] labels, double[]? weights, double total) : ILinearLoss
{
    public int Sets => 1;

    public double Evaluate(int first, int rows, Span<double> margins, Span<double> sums)
    {
        double loss = 0;
        for (int row = 0; row < rows; row++)
        {
            double w = (weights is null ? 1 : weights[first + row]) / total;
            double y = (2 * labels[first + row]) - 1;
            double missing = 1 - (y * margins[row]);
            loss += missing > 0 ? w * missing : 0;
            margins[row] = missing > 0 ? -w * y : 0;
        }

        return loss;
    }
}
