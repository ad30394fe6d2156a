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
        double sum = 0;
        double squares = 0;
        double absolutes = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (double.IsNaN(labels[row]))
                continue;
            double difference = labels[row] - predictions[row];
            rows++;
            sum += labels[row];
            squares += difference * difference;
            absolutes += Math.Abs(difference);
        }

        if (rows == 0)
            throw PipelineMetrics.NothingToMeasure(score, labels.Length);
        double mean = sum / rows;
        double deviations = 0;
        foreach (double label in labels)
        {
            if (!double.IsNaN(label))
                deviations += (label - mean) * (label - mean);
        }

        return new Differences(squares / rows, absolutes / rows, 1 - (squares / deviations));
    }
}
