using System;

namespace Dsl.Pipelines.Metrics;

/// <summary>What predictions of numbers miss by.</summary>
/// <param name="MeanSquare">The mean squared difference.</param>
/// <param name="MeanAbsolute">The mean absolute difference.</param>
/// <param name="R2">The share of the labels' squared deviations that is explained.</param>
internal readonly record struct Differences(double MeanSquare, double MeanAbsolute, double R2)
{
    /// <summary>Measures the rows that have a label.</summary>
    public static Differences Of(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions)
    {
        PipelineMetrics.CheckCount(labels, predictions.Length);
        int rows = 0;
        double squares = 0;
        double absolutes = 0;

        // By Welford's update over labels that are not zero, as MLlib sums them: of labels that are all the same nothing is left.
        double seen = 0;
        double mean = 0;
        double deviations = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double label = labels[row];
            if (double.IsNaN(label))
                continue;
            double difference = label - predictions[row];
            rows++;
            squares += difference * difference;
            absolutes += Math.Abs(difference);
            if (label == 0)
                continue;
            double fromMean = label - mean;
            mean += fromMean / ++seen;
            deviations += (label - mean) * fromMean;
        }

        if (rows == 0)
            throw PipelineMetrics.NothingToMeasure(score, labels.Length);
        deviations += mean * mean * seen * (rows - seen) / rows;
        return new Differences(squares / rows, absolutes / rows, 1 - (squares / deviations));
    }
}
