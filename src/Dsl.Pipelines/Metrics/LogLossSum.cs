using System;
using System.Globalization;

namespace Dsl.Pipelines.Metrics;

/// <summary>Sums -ln p of the right classes.</summary>
internal struct LogLossSum(string score)
{
    private const double LeastProbability = 1e-15;

    private double sum;
    private int rows;

    /// <summary>Whether a label is one of the classes.</summary>
    public static bool IsClass(double label, int classes) => label >= 0 && label < classes && label == Math.Floor(label);

    /// <summary>Adds a row.</summary>
    /// <param name="label">Its class.</param>
    /// <param name="classes">How many there are probabilities of.</param>
    /// <param name="probability">That of its class.</param>
    /// <param name="row">Which row it is, for messages.</param>
    /// <exception cref="PipelineException">The label is no class.</exception>
    public void Add(double label, int classes, double probability, long row)
    {
        if (!IsClass(label, classes))
        {
            throw new PipelineException(score, string.Create(CultureInfo.InvariantCulture, $"has probabilities of classes 0 to {classes - 1}, but the label is {label}"))
                .At(row);
        }

        sum -= probability < LeastProbability ? Math.Log(LeastProbability) : Math.Log(Math.Min(probability, 1 - LeastProbability));
        rows++;
    }

    /// <summary>The mean.</summary>
    /// <param name="all">How many rows there were, for messages.</param>
    public readonly double Mean(int all) => rows > 0 ? sum / rows : throw PipelineMetrics.NothingToMeasure(score, all);
}
