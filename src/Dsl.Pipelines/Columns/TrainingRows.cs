using System;
using System.Collections.Generic;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Columns;

/// <summary>What a model is fitted on: the rows that have a label and a weight, checked.</summary>
/// <param name="Features">A vector a row, all finite once they are checked.</param>
/// <param name="Elements">What the elements are.</param>
/// <param name="Labels">A label a row, finite; empty of a model that has none.</param>
/// <param name="Weights">A weight a row, finite and at least 0; null: 1 each.</param>
/// <param name="Has">Which rows of the batch are among them; null: all.</param>
internal sealed record TrainingRows(FeatureRows Features, ElementNames Elements, double[] Labels, double[]? Weights, bool[]? Has)
{
    /// <summary>Takes the rows of a batch that have a label and a weight.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="label">The column of labels, or -1.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    /// <exception cref="PipelineException">A feature or weight is NaN or infinite, a weight is negative, or no row is left.</exception>
    public static TrainingRows Of(FitStep step, ColumnBatch batch, int features, int label, int weight)
    {
        TrainingRows rows = Unchecked(step, batch, features, label, weight);
        rows.CheckFeatures(step, batch, features);
        return rows;
    }

    /// <summary>The same, but for the features: for a model that sees by its sums whether all were finite, and calls <see cref="CheckFeatures"/> where they were not.</summary>
    /// <inheritdoc cref="Of"/>
    public static TrainingRows Unchecked(FitStep step, ColumnBatch batch, int features, int label, int weight)
    {
        // Nearly always every row has both, which is seen by all threads; only else each row is asked.
        bool isWhole = IsWhole(batch, label) && IsWhole(batch, weight);
        bool[]? has = isWhole ? null : Having(batch, label, weight);
        int kept = has is null ? batch.Count : has.AsSpan().Count(true);
        if (kept == 0)
            throw batch.Count == 0 ? step.NoRows() : step.Nothing($"none of {batch.Count} rows has a {batch.NameOf(label >= 0 ? label : weight)}");
        if (weight >= 0)
            CheckWeights(step, batch, weight, has);
        if (label >= 0 && has is not null)
            CheckLabels(step, batch, label, has);
        if (kept == batch.Count)
            has = null;
        FeatureRows vectors = batch.Vectors(features);
        if (vectors.Size == 0)
            throw step.Nothing($"the vectors of {batch.NameOf(features)} have no elements");
        return new TrainingRows(
            has is null ? vectors : vectors.Where(has), batch.ElementsOf(features), label < 0 ? [] : Taken(batch, label, has, kept), weight < 0 ? null : Taken(batch, weight, has, kept), has);
    }

    /// <summary>Refuses features that are NaN or infinite, in rows that are learnt from.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">Where the rows come from.</param>
    /// <param name="features">The column of vectors.</param>
    /// <exception cref="PipelineException">One is.</exception>
    public void CheckFeatures(FitStep step, ColumnBatch batch, int features)
    {
        IReadOnlyList<FeatureBlock> blocks = batch.Vectors(features).Blocks;
        bool[] areFinite = new bool[blocks.Count];
        ParallelParts.Run(areFinite.Length, block => areFinite[block] = Doubles.AreFinite(blocks[block].Values));
        for (int block = 0; block < areFinite.Length; block++)
        {
            if (!areFinite[block])
                CheckFinite(step, batch, features, blocks[block], Has);
        }
    }

    /// <summary>Refuses labels whose squares, added up, leave a double's range: variances of them say nothing.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <exception cref="PipelineException">There are such labels.</exception>
    public void CheckSquaresOfLabels(FitStep step)
    {
        double most = Math.Sqrt(double.MaxValue / Labels.Length) / 2;
        if (Array.Exists(Labels, label => Math.Abs(label) > most))
            throw step.TooLarge();
    }

    /// <summary>How many classes the labels have.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">Where the labels come from: a column of class numbers knows it.</param>
    /// <param name="label">Their column.</param>
    /// <param name="declared">How many were known while compiling; 0: unknown.</param>
    /// <exception cref="PipelineException">A label is no whole number from 0 on, or lies outside the classes.</exception>
    public int Classes(FitStep step, ColumnBatch batch, int label, int declared)
    {
        int known = declared > 0 ? declared : batch.ClassesOf(label);
        double highest = 0;
        foreach (double value in Labels)
        {
            if (!(value >= 0 && value == Math.Floor(value) && value < (known > 0 ? known : int.MaxValue)))
                throw step.Wrong($"needs classes from 0{(known > 0 ? $" to {known - 1}" : " on")}, but {batch.NameOf(label)} is {Shown.Exactly(value)}").At(batch.RowOf(batch.Numbers(label).IndexOf(value)));
            highest = Math.Max(highest, value);
        }

        return known > 0 ? known : (int)highest + 1;
    }

    /// <summary>Whether every row of a column has a finite number; -1: so it is.</summary>
    private static bool IsWhole(ColumnBatch batch, int column)
    {
        if (column < 0)
            return true;
        if (batch.Nulls(column).Contains(true))
            return false;
        double[] values = batch.NumbersAsArray(column);
        bool isWhole = true;

        // Several threads may find that it is not: all say the same.
        LongDoubles.Run(values.Length, (first, count) =>
        {
            if (!Doubles.AreFinite(values.AsSpan(first, count)))
                isWhole = false;
        });
        return isWhole;
    }

    /// <summary>For each row whether it has a label and a weight; -1: it has.</summary>
    private static bool[] Having(ColumnBatch batch, int label, int weight)
    {
        bool[] has = new bool[batch.Count];
        has.AsSpan().Fill(true);
        LeaveOut(batch, label, has);
        LeaveOut(batch, weight, has);
        return has;
    }

    /// <summary>Rows in which a column is null or NaN; -1: none.</summary>
    private static void LeaveOut(ColumnBatch batch, int column, bool[] has)
    {
        if (column < 0)
            return;
        ReadOnlySpan<double> values = batch.Numbers(column);
        ReadOnlySpan<bool> nulls = batch.Nulls(column);
        for (int row = 0; row < has.Length; row++)
            has[row] &= !double.IsNaN(values[row]) && (nulls.IsEmpty || !nulls[row]);
    }

    private static void CheckWeights(FitStep step, ColumnBatch batch, int weight, bool[]? has)
    {
        ReadOnlySpan<double> weights = batch.Numbers(weight);
        bool hasAny = false;
        for (int row = 0; row < weights.Length; row++)
        {
            if (has is not null && !has[row])
                continue;
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
                throw step.Wrong($"needs weights that are finite and at least 0, but {batch.NameOf(weight)} is {Shown.Exactly(weights[row])}").At(batch.RowOf(row));
            hasAny |= weights[row] > 0;
        }

        if (!hasAny)
            throw step.Nothing($"every {batch.NameOf(weight)} is 0");
    }

    private static void CheckLabels(FitStep step, ColumnBatch batch, int label, bool[] has)
    {
        ReadOnlySpan<double> labels = batch.Numbers(label);
        for (int row = 0; row < has.Length; row++)
        {
            if (has[row] && !double.IsFinite(labels[row]))
                throw step.Wrong($"needs finite labels, but {batch.NameOf(label)} is {Shown.Exactly(labels[row])}").At(batch.RowOf(row));
        }
    }

    /// <summary>A column's numbers of the rows that have them; of all (null) the column's own array, which nobody writes.</summary>
    private static double[] Taken(ColumnBatch batch, int column, bool[]? has, int kept)
    {
        if (has is null)
            return batch.NumbersAsArray(column);
        ReadOnlySpan<double> values = batch.Numbers(column);
        double[] taken = new double[kept];
        int at = 0;
        for (int row = 0; row < has.Length; row++)
        {
            if (has[row])
                taken[at++] = values[row];
        }

        return taken;
    }

    private static void CheckFinite(FitStep step, ColumnBatch batch, int features, FeatureBlock block, bool[]? has)
    {
        for (int i = 0; i < block.Values.Length; i++)
        {
            if (double.IsFinite(block.Values[i]))
                continue;
            int row = block.RowOf(i);
            int element = block.ElementOf(i);
            if (has is null || has[block.First + row])
            {
                throw step.Wrong($"needs finite features, but element {element} ({batch.ElementsOf(features)[element]}) of {batch.NameOf(features)} is {Shown.Exactly(block.Values[i])}")
                    .At(batch.RowOf(block.First + row));
            }
        }
    }
}
