using System;

namespace Dsl.Pipelines.Metrics;

/// <summary>What a threshold on a score does, for every threshold: a point a different score, from the highest down, joined by straight lines.</summary>
/// <param name="AreaUnderRoc">Under true over false positive rates.</param>
/// <param name="AreaUnderPr">Under precision over recall.</param>
internal readonly record struct ScoreCurve(double AreaUnderRoc, double AreaUnderPr)
{
    // As MLlib tells a positive label.
    private const double Positive = 0.5;

    /// <summary>Of the rows that have a label.</summary>
    public static ScoreCurve Of(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> scores)
    {
        PipelineMetrics.CheckCount(labels, scores.Length);
        double[] values = new double[labels.Length];
        bool[] positive = new bool[labels.Length];
        int rows = 0;
        int positives = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (double.IsNaN(labels[row]))
                continue;
            values[rows] = scores[row];
            positive[rows++] = labels[row] > Positive;
            positives += labels[row] > Positive ? 1 : 0;
        }

        if (rows == 0)
            throw PipelineMetrics.NothingToMeasure(score, labels.Length);
        Array.Sort(values, positive, 0, rows);
        return Along(values, positive, rows, positives);
    }

    private static ScoreCurve Along(double[] scores, bool[] positive, int rows, int positives)
    {
        int negatives = rows - positives;
        double roc = 0;
        double pr = 0;
        double lastFalse = 0;
        double lastTrue = 0;
        double lastPrecision = double.NaN;
        int taken = 0;
        int found = 0;
        while (taken < rows)
        {
            double threshold = scores[rows - 1 - taken];
            while (taken < rows && scores[rows - 1 - taken].Equals(threshold))
                found += positive[rows - 1 - taken++] ? 1 : 0;
            double trueRate = positives == 0 ? 0 : (double)found / positives;
            double falseRate = negatives == 0 ? 0 : (double)(taken - found) / negatives;
            double precision = (double)found / taken;
            // The curve of precision begins at the height of its first point.
            double before = double.IsNaN(lastPrecision) ? precision : lastPrecision;
            roc += Trapezoid(lastFalse, lastTrue, falseRate, trueRate);
            pr += Trapezoid(lastTrue, before, trueRate, precision);
            (lastFalse, lastTrue, lastPrecision) = (falseRate, trueRate, precision);
        }

        return new ScoreCurve(roc + Trapezoid(lastFalse, lastTrue, 1, 1), pr);
    }

    private static double Trapezoid(double x0, double y0, double x1, double y1) => (x1 - x0) * (y1 + y0) / 2;
}
