using System;

namespace Dsl.Runtime;

/// <summary>
/// Errors of predicted quantities over several batches: sums in double precision, the spread of the targets by Welford's recurrence (1962), so that nothing cancels. Of samples of
/// unequal length an output counts in those that have it.
/// </summary>
/// <param name="outputs">Values of a sample.</param>
internal sealed class RegressionFigures(int outputs)
{
    private readonly double[] means = new double[outputs];
    private readonly double[] spreads = new double[outputs];
    private readonly double[] squares = new double[outputs];
    private readonly long[] samples = new long[outputs];
    private double absolute;
    private long values;

    /// <summary>The mean of |prediction - target| over all values.</summary>
    public double MeanAbsoluteError => absolute / values;

    /// <summary>The root of the mean of (prediction - target)² over all values.</summary>
    public double RootMeanSquaredError
    {
        get
        {
            double sum = 0;
            foreach (double square in squares)
                sum += square;
            return Math.Sqrt(sum / values);
        }
    }

    /// <summary>The mean of the R² of those outputs that at least 2 samples have; null where there are none.</summary>
    public double? R2
    {
        get
        {
            int counted = 0;
            double sum = 0;
            for (int i = 0; i < outputs; i++)
            {
                if (samples[i] < 2)
                    continue;
                counted++;
                sum += Metrics.R2(squares[i], spreads[i]);
            }

            return counted > 0 ? sum / counted : null;
        }
    }

    /// <summary>Takes a batch up.</summary>
    /// <param name="predicted">Samples × outputs.</param>
    /// <param name="targets">As many.</param>
    /// <param name="own">How many outputs each sample has, the others being passed over; empty: all.</param>
    public void Add(ReadOnlySpan<float> predicted, ReadOnlySpan<float> targets, ReadOnlySpan<int> own = default)
    {
        for (int start = 0; start < targets.Length; start += outputs)
        {
            int count = own.IsEmpty ? outputs : own[start / outputs];
            values += count;
            for (int i = 0; i < count; i++)
            {
                double target = targets[start + i];
                double error = predicted[start + i] - target;
                double fromMean = target - means[i];
                means[i] += fromMean / ++samples[i];
                spreads[i] += fromMean * (target - means[i]);
                squares[i] += error * error;
                absolute += Math.Abs(error);
            }
        }
    }
}
