using System;
using System.Collections.Generic;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Models;

/// <summary>A classifier row by row: what <see cref="ClassifierColumns"/> runs over a batch.</summary>
internal interface IRowClassifier
{
    /// <summary>How many classes its vectors have.</summary>
    int Classes { get; }

    /// <summary>What the classes are called; null: nothing.</summary>
    IReadOnlyList<string>? Labels { get; }

    /// <summary>The class of a row.</summary>
    /// <param name="row">Its elements, as many as were fitted.</param>
    /// <param name="probability">Gets a probability a class; empty: not asked for.</param>
    /// <param name="raw">Gets a score a class; empty: not asked for.</param>
    double Predict(RowElements row, Span<double> probability, Span<double> raw);
}

/// <summary>The columns that a classifier makes.</summary>
internal static class ClassifierColumns
{
    /// <summary>The row form over a column, on all threads; the flaw of the first row that has one is the error.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1.</param>
    /// <param name="raw">The column that gets vectors of scores, or -1.</param>
    public static void Make<T>(T classifier, ColumnBatch batch, int features, int prediction, int probability, int raw)
        where T : IRowClassifier
    {
        double[] predictions = new double[batch.Count];
        FeatureRows? probabilities = probability < 0 ? null : FeatureRows.Zeros(classifier.Classes, batch.Count);
        FeatureRows? scores = raw < 0 ? null : FeatureRows.Zeros(classifier.Classes, batch.Count);
        EachRow.Run(batch, batch.Vectors(features), (block, i) =>
        {
            int row = block.First + i;
            predictions[row] = classifier.Predict(RowElements.Of(block, i), probabilities is null ? default : probabilities.DenseRow(row), scores is null ? default : scores.DenseRow(row));
        });
        if (prediction >= 0)
        {
            batch.Set(prediction, predictions);
            batch.SetClasses(prediction, classifier.Classes, classifier.Labels);
        }

        if (probabilities is not null)
            batch.Set(probability, probabilities, ElementsOf(classifier, batch, probability));
        if (scores is not null)
            batch.Set(raw, scores, ElementsOf(classifier, batch, raw));
    }

    private static ElementNames ElementsOf<T>(T classifier, ColumnBatch batch, int column)
        where T : IRowClassifier =>
        new([new ElementRun(batch.NameOf(column), classifier.Classes, Numbered: true, Labels: classifier.Labels)]);
}
