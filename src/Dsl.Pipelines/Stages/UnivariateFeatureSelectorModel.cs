using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>
/// Keeps the elements that a test finds most telling of a label: those of the least p-value, of equals the first, as Spark MLlib's. Those without one come last, as there: an element that never
/// changes, and one that tells the label wholly, whose F is infinite.
/// </summary>
public sealed class UnivariateFeatureSelectorModel : SelectorModel, IStageModel<UnivariateFeatureSelectorModel>
{
    private readonly int[] ranked;
    private readonly double[] pValues;
    private readonly double[] statistics;

    private UnivariateFeatureSelectorModel(string stage, int[] ranked, double[] pValues, double[] statistics)
        : base(new ElementSelection(stage, pValues.Length, [.. ranked.Order()]))
    {
        this.ranked = ranked;
        this.pValues = pValues;
        this.statistics = statistics;
    }

    /// <summary>The elements that are kept, the best first, as in MLlib's model; what goes out has them ascending.</summary>
    public IReadOnlyList<int> SelectedFeatures => Array.AsReadOnly(ranked);

    /// <summary>Of every element, kept or not, the probability that its statistic is as large by chance; NaN of one that never changes, and where F is infinite.</summary>
    public Vector PValues => new(pValues, 0, pValues.Length);

    /// <summary>Of every element chi² or F.</summary>
    public Vector Statistics => new(statistics, 0, statistics.Length);

    /// <summary>Learns from the rows of a batch that have a label.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="features">A column of vectors.</param>
    /// <param name="label">A column of numbers, class numbers or flags.</param>
    /// <param name="top">How many elements are kept, 1 to the size of the vectors.</param>
    /// <param name="featureType">What the elements are; <see cref="VariableKind.Auto"/> is <see cref="VariableKind.Continuous"/>.</param>
    /// <param name="labelType">What the label is: <see cref="VariableKind.Categorical"/> or <see cref="VariableKind.Continuous"/>.</param>
    /// <exception cref="PipelineException">There is no row with a label, a number is NaN or infinite, there are fewer than <paramref name="top"/> elements, or too many values for categories.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static UnivariateFeatureSelectorModel Fit(FitStep step, ColumnBatch batch, int features, int label, int top, VariableKind featureType, VariableKind labelType)
    {
        TrainingRows rows = TrainingRows.Of(step, batch, features, label, -1);
        if (top > rows.Features.Size)
            throw step.Wrong($"is to keep {top} elements, but {batch.NameOf(features)} has {rows.Features.Size}");
        (double Statistic, double PValue)[]? tests;
        int tooMany = -1;
        if (featureType == VariableKind.Categorical)
            tests = UnivariateTests.ChiSquared(rows.Features, rows.Labels, out tooMany);
        else if (labelType == VariableKind.Categorical)
            tests = UnivariateTests.Anova(rows.Features, WithSpread(step, rows.Labels, batch.NameOf(label)));
        else
            tests = rows.Labels.Length > 2 ? UnivariateTests.Correlation(rows.Features, rows.Labels) : throw step.Wrong($"needs at least three rows with a {batch.NameOf(label)} to learn from");
        if (tests is null)
        {
            throw step.Wrong(
                $"takes elements as categories, but {batch.ElementsOf(features)[tooMany]} (element {tooMany} of {batch.NameOf(features)}) has more than {UnivariateTests.MostCategories} values");
        }

        // Of an element that never changes too; what squares have made so is another matter.
        if (Array.Exists(tests, test => double.IsNaN(test.Statistic)) && !UnivariateTests.HaveSquares(rows.Features))
            throw step.TooLarge();

        // NaN comes last, as in Spark.
        IEnumerable<int> order = Enumerable.Range(0, tests.Length).OrderBy(i => double.IsNaN(tests[i].PValue)).ThenBy(i => tests[i].PValue).ThenBy(i => i);
        return new UnivariateFeatureSelectorModel(
            step.Stage, [.. order.Take(top)], Array.ConvertAll(tests, test => test.PValue), Array.ConvertAll(tests, test => test.Statistic));
    }

    /// <summary>Labels whose classes have means that can be told apart: two or more, and fewer than rows.</summary>
    private static double[] WithSpread(FitStep step, double[] labels, string label)
    {
        int classes = new HashSet<double>(labels).Count;
        if (classes < 2)
            throw step.Wrong($"compares classes, but every {label} is {Shown.Of(labels[0])}");
        return classes < labels.Length ? labels : throw step.Wrong($"compares classes, but each of {classes} rows has a {label} of its own");
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Numbers("SelectedFeatures", Array.ConvertAll(ranked, element => (double)element));
        writer.Numbers("PValues", pValues);
        writer.Numbers("Statistics", statistics);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static UnivariateFeatureSelectorModel Read(StageReader reader)
    {
        double[] pValues = reader.Numbers("PValues", -1);
        return new UnivariateFeatureSelectorModel(reader.Stage, ElementSelection.ReadElements(reader, pValues.Length), pValues, reader.Numbers("Statistics", pValues.Length));
    }
}
