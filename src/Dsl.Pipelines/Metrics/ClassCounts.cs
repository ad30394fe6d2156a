using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Dsl.Pipelines.Metrics;

/// <summary>How often classes occur, are predicted, and are predicted rightly.</summary>
internal sealed class ClassCounts
{
    private readonly Dictionary<double, OfClass> classes = [];
    private int rows;
    private int right;

    private ClassCounts()
    {
    }

    /// <summary>The share that is right.</summary>
    public double Accuracy => (double)right / rows;

    /// <summary>Counts the rows that have a label.</summary>
    public static ClassCounts Of(string score, ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions)
    {
        PipelineMetrics.CheckCount(labels, predictions.Length);
        ClassCounts counts = new();
        for (int row = 0; row < labels.Length; row++)
        {
            if (double.IsNaN(labels[row]))
                continue;
            bool isRight = labels[row] == predictions[row];
            counts.rows++;
            counts.right += isRight ? 1 : 0;
            ref OfClass mine = ref CollectionsMarshal.GetValueRefOrAddDefault(counts.classes, labels[row], out _);
            mine = mine with { Rows = mine.Rows + 1, Right = mine.Right + (isRight ? 1 : 0) };
            ref OfClass said = ref CollectionsMarshal.GetValueRefOrAddDefault(counts.classes, predictions[row], out _);
            said = said with { Predicted = said.Predicted + 1 };
        }

        return counts.rows > 0 ? counts : throw PipelineMetrics.NothingToMeasure(score, labels.Length);
    }

    /// <summary>A figure of one class, or of all the mean weighted by how many rows each has.</summary>
    public double Over(int @class, Func<OfClass, double> figure)
    {
        if (@class >= 0)
            return figure(classes.GetValueOrDefault(@class));
        double sum = 0;
        foreach ((_, OfClass counts) in classes.OrderBy(pair => pair.Key))
            sum += figure(counts) * counts.Rows / rows;
        return sum;
    }

    /// <summary>The counts of a class.</summary>
    /// <param name="Rows">Rows of it.</param>
    /// <param name="Predicted">Rows predicted as it.</param>
    /// <param name="Right">Rows that are both.</param>
    internal readonly record struct OfClass(int Rows, int Predicted, int Right)
    {
        public double Precision => Predicted == 0 ? 0 : (double)Right / Predicted;

        public double Recall => Rows == 0 ? 0 : (double)Right / Rows;

        public double F1 => Right == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
    }
}
