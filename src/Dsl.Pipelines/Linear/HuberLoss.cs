using System;

namespace Dsl.Pipelines.Linear;

/// <summary>Σ w h / W with the error e and a scale σ: h = (σ + e² / σ) / 2 where |e| ≤ εσ, else (σ + 2ε|e| - σε²) / 2 (Owen, A robust hybrid of lasso and ridge regression, 2007). Its further sum is the derivative by σ.</summary>
/// <param name="labels">One a row.</param>
/// <param name="weights">Weight of each row; null: 1 each.</param>
/// <param name="total">W, the sum of the weights.</param>
/// <param name="epsilon">How many σ an error is large before it counts by its size alone.</param>
internal sealed class HuberLoss(double[] labels, double[]? weights, double total, double epsilon) : ILinearLoss
{
    /// <summary>σ, above 0; set between evaluations.</summary>
    public double Scale { get; set; } = 1;

    public int Sets => 1;

    public int Sums => 1;

    public double Evaluate(int first, int rows, Span<double> margins, Span<double> sums)
    {
        double loss = 0;
        double ofScale = 0;
        double near = epsilon * Scale;
        for (int row = 0; row < rows; row++)
        {
            double w = weights is null ? 1 : weights[first + row];
            double error = margins[row] - labels[first + row];
            bool isNear = Math.Abs(error) <= near;
            double slope = isNear ? error / Scale : Math.CopySign(epsilon, error);
            loss += w * (Scale + (isNear ? error * slope : (2 * error * slope) - (near * epsilon)));
            ofScale += w * (1 - (slope * slope));
            margins[row] = w / total * slope;
        }

        sums[0] += ofScale / 2 / total;
        return loss / 2 / total;
    }
}
