using System;

namespace Dsl.Runtime;

/// <summary>Errors of predicted quantities over several batches: sums in double precision, the spread of the targets by Welford's recurrence (1962), so that nothing cancels.</summary>
/// <param name="outputs">Values of a sample.</param>
internal sealed class RegressionFigures(int outputs)
{
    private readonly double[] means = new double[outputs];
    private readonly double[] spreads = new double[outputs];
    private readonly double[] squares = new double[outputs];
    private double absolute;
    private long samples;

    /// <summary>The mean of |prediction - target| over all values.</summary>
    public double MeanAbsoluteError => absolute / ((double)samples * outputs);

    /// <summary>The root of the mean of (prediction - target)² over all values.</summary>
    public double RootMeanSquaredError
    {
        get
        {
            double sum = 0;
            foreach (double square in squares)
                sum += square;
            return Math.Sqrt(sum / ((double)samples * outputs));
        }
    }

    /// <summary>The mean of the outputs' R²; null below 2 samples.</summary>
    public double? R2
    {
        get
        {
            if (samples < 2)
                return null;
            double sum = 0;
            for (int i = 0; i < outputs; i++)
                sum += Metrics.R2(squares[i], spreads[i]);
            return sum / outputs;
        }
    }

    /// <summary>Takes a batch up.</summary>
    /// <param name="predicted">Samples × outputs.</param>
    /// <param name="targets">As many.</param>
    public void Add(ReadOnlySpan<float> predicted, ReadOnlySpan<float> targets)
    {
        for (int start = 0; start < targets.Length; start += outputs)
        {
            samples++;
            for (int i = 0; i < outputs; i++)
            {
                double target = targets[start + i];
                double error = predicted[start + i] - target;
                double fromMean = target - means[i];
                means[i] += fromMean / samples;
                spreads[i] += fromMean * (target - means[i]);
                squares[i] += error * error;
                absolute += Math.Abs(error);
            }
        }
    }
}
