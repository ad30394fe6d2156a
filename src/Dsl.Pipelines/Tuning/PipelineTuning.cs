using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Pipelines;
using Dsl.Pipelines.Running;

namespace Dsl;

/// <summary>What <c>Tune</c> found: the scores of every point of the grid, and the pipeline fitted on all training rows at the best one.</summary>
/// <typeparam name="TPipeline">The pipeline's class.</typeparam>
public sealed class PipelineTuning<TPipeline>
{
    internal PipelineTuning(string metric, IReadOnlyList<TuningPoint> points, TuningPoint bestPoint, TPipeline best)
    {
        Metric = metric;
        Points = points;
        BestPoint = bestPoint;
        Best = best;
    }

    /// <summary>What was measured, as the class's <c>Scores</c> would call it: <c>DeepAccuracy</c>.</summary>
    public string Metric { get; }

    /// <summary>All points in the order of the grid, the last <c>Grid</c> running fastest.</summary>
    public IReadOnlyList<TuningPoint> Points { get; }

    /// <summary>The point of the best mean: of <c>LogLoss</c>, <c>Rmse</c> and <c>Mae</c> the lowest, else the highest; of equals the first.</summary>
    public TuningPoint BestPoint { get; }

    /// <summary>A pipeline fitted on all training rows at that point. Whoever gets it disposes it.</summary>
    public TPipeline Best { get; }

    /// <summary>A table: a line a point with what varies, mean and deviation; the best one is marked.</summary>
    public override string ToString()
    {
        string[] paths = [.. Points[0].Parameters.Keys];
        List<string[]> rows = [[.. paths, Metric, "deviation", ""]];
        foreach (TuningPoint point in Points)
            rows.Add([.. paths.Select(path => GridPoint.TextOf(point.Parameters[path])), TuningPoint.TextOf(point.Mean), TuningPoint.TextOf(point.Deviation), point == BestPoint ? "best" : ""]);
        return TextTable.Of(rows);
    }
}

/// <summary>A point of a grid and how it did.</summary>
public sealed class TuningPoint
{
    internal TuningPoint(IReadOnlyDictionary<string, object> parameters, IReadOnlyList<double> scores)
    {
        Parameters = parameters;
        Scores = scores;
        Mean = scores.Sum() / scores.Count;
        Deviation = Math.Sqrt(scores.Sum(score => (score - Mean) * (score - Mean)) / scores.Count);
    }

    /// <summary>The options that vary, by path: <c>LogisticRegression1.RegParam</c>. Empty without a grid.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; }

    /// <summary>The score of every fold, repeat by repeat.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Their mean; NaN where one is not defined, as is the area under a curve in a fold of one class.</summary>
    public double Mean { get; }

    /// <summary>Their deviation, of the population: √ Σ (score - mean)² / count.</summary>
    public double Deviation { get; }

    /// <summary>A score, mean or deviation as tables show it.</summary>
    internal static string TextOf(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
