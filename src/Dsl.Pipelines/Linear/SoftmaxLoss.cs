using System;

namespace Dsl.Pipelines.Linear;

/// <summary>Several classes, a set of coefficients each: Σ w·(ln Σ eᵐ - m of the label) / W.</summary>
/// <param name="labels">0 to classes - 1, one a row.</param>
/// <param name="classes">How many there are.</param>
/// <param name="weights">Weight of each row; null: 1 each.</param>
/// <param name="total">W, the sum of the weights.</param>
internal sealed class SoftmaxLoss(double[] labels, int classes, double[]? weights, double total) : ILinearLoss
{
    public int Sets => classes;

    public double Evaluate(int first, int rows, Span<double> margins, Span<double> sums)
    {
        double loss = 0;
        for (int row = 0; row < rows; row++)
        {
            double w = (weights is null ? 1 : weights[first + row]) / total;
            int label = (int)labels[first + row];
            double largest = double.NegativeInfinity;
            for (int at = row; at < margins.Length; at += rows)
                largest = Math.Max(largest, margins[at]);
            double ofLabel = margins[(label * rows) + row] - largest;
            double sum = 0;
            for (int at = row; at < margins.Length; at += rows)
                sum += margins[at] = Math.Exp(margins[at] - largest);
            for (int at = row; at < margins.Length; at += rows)
                margins[at] *= w / sum;
            margins[(label * rows) + row] -= w;
            loss += w * (Math.Log(sum) - ofLabel);
        }

        return loss;
    }
}
