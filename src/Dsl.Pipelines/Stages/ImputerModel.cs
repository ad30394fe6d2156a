using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Puts a learnt value in the place of missing ones: of null and of <c>MissingValue</c>, which is NaN where nothing else is said. As Spark MLlib's, but that whole numbers are not rounded.</summary>
public sealed class ImputerModel : IStageModel<ImputerModel>
{
    private readonly string[] columns;
    private readonly double[] surrogates;
    // Of a column of texts its surrogate, else null.
    private readonly string?[] texts;
    private readonly double missingValue;

    private ImputerModel(string[] columns, double[] surrogates, string?[] texts, double missingValue)
    {
        this.columns = columns;
        this.surrogates = surrogates;
        this.texts = texts;
        this.missingValue = missingValue;
        IEnumerable<int> all = Enumerable.Range(0, columns.Length);
        Surrogates = all.Where(i => texts[i] is null).ToDictionary(i => columns[i], i => surrogates[i], StringComparer.Ordinal).AsReadOnly();
        TextSurrogates = all.Where(i => texts[i] is not null).ToDictionary(i => columns[i], i => texts[i]!, StringComparer.Ordinal).AsReadOnly();
    }

    /// <summary>What takes the place of missing numbers, by column; a flag is 0 or 1.</summary>
    public IReadOnlyDictionary<string, double> Surrogates { get; }

    /// <summary>What takes the place of missing texts, by column.</summary>
    public IReadOnlyDictionary<string, string> TextSurrogates { get; }

    /// <summary>Learns from a batch.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="columns">Columns of numbers, or with <see cref="Imputation.Mode"/> of flags and texts too.</param>
    /// <param name="strategy">What is learnt of each.</param>
    /// <param name="missingValue">Which number is missing, beside null; NaN: NaN. It, NaN and null are not learnt from.</param>
    /// <exception cref="PipelineException">There is no row, or a column that has no value.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ImputerModel Fit(FitStep step, ColumnBatch batch, ReadOnlySpan<int> columns, Imputation strategy, double missingValue)
    {
        if (batch.Count == 0)
            throw step.NoRows();
        string[] names = new string[columns.Length];
        double[] surrogates = new double[columns.Length];
        string?[] texts = new string?[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            names[i] = batch.NameOf(columns[i]);
            if (batch.HasNumbers(columns[i]))
                surrogates[i] = Surrogate(step, names[i], Present(batch, columns[i], missingValue), strategy);
            else
                texts[i] = Mode(step, names[i], batch.Texts(columns[i]).ToArray().OfType<string>(), CodePointOrder.Instance);
        }

        return new ImputerModel(names, surrogates, texts, missingValue);
    }

    /// <summary>The columnar form, in place.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="columns">The columns, in the order of <see cref="Fit"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, ReadOnlySpan<int> columns)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            int column = columns[i];
            int ordinal = i;
            bool[]? nulls = EachRow.NullsOf(batch, column);
            if (texts[i] is null)
            {
                double[] values = batch.Numbers(column).ToArray();
                EachRow.Run(batch, row => values[row] = nulls is not null && nulls[row] ? surrogates[ordinal] : Transform(ordinal, values[row]));
                batch.Set(column, values);
                batch.SetClasses(column, 0, null);
            }
            else
            {
                string?[] values = batch.Texts(column).ToArray();
                EachRow.Run(batch, row => values[row] = Transform(ordinal, values[row]));
                batch.Set(column, values);
            }
        }
    }

    /// <summary>A number.</summary>
    /// <param name="ordinal">Which of the columns, from 0.</param>
    /// <param name="value">What stands there.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Transform(int ordinal, double value) => IsMissing(value, missingValue) ? surrogates[ordinal] : value;

    /// <summary>A number that may be null.</summary>
    /// <param name="ordinal">Which of the columns, from 0.</param>
    /// <param name="value">What stands there.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Transform(int ordinal, double? value) => value is { } present ? Transform(ordinal, present) : surrogates[ordinal];

    /// <summary>A text.</summary>
    /// <param name="ordinal">Which of the columns, from 0.</param>
    /// <param name="value">What stands there.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public string Transform(int ordinal, string? value) => value ?? texts[ordinal]!;

    /// <inheritdoc/>
    public string Describe() => string.Join(", ", columns.Select((column, i) => $"{column} {texts[i] ?? Shown.Of(surrogates[i])}"));

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Texts("Columns", columns);
        writer.Numbers("Surrogates", surrogates);
        writer.Numbers("AreTexts", Array.ConvertAll(texts, text => text is null ? 0.0 : 1));
        writer.Texts("TextSurrogates", Array.ConvertAll(texts, text => text ?? ""));
        writer.Number("MissingValue", missingValue);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ImputerModel Read(StageReader reader)
    {
        string[] columns = [.. reader.Texts("Columns")];
        double[] areTexts = reader.Numbers("AreTexts", columns.Length);
        IReadOnlyList<string> texts = reader.Texts("TextSurrogates");
        if (texts.Count != columns.Length)
            throw reader.Wrong("TextSurrogates", $"are {texts.Count}, and wanted are {columns.Length}");
        if (columns.Distinct(StringComparer.Ordinal).Count() != columns.Length)
            throw reader.Wrong("Columns", "has a column twice");
        return new ImputerModel(columns, reader.Numbers("Surrogates", columns.Length), [.. texts.Select((text, i) => areTexts[i] == 0 ? null : text)], reader.Number("MissingValue"));
    }

    /// <summary>What is learnt of numbers, of which none is missing.</summary>
    internal static double Surrogate(FitStep step, string column, double[] present, Imputation strategy)
    {
        switch (strategy)
        {
            case Imputation.Mode:
                return Mode(step, column, present, Comparer<double>.Default);
            case Imputation.Median:
                Array.Sort(present);
                return present.Length > 0 ? Quantiles.OfSorted(present, 0.5) : throw Nothing(step, column);
            default:
                double sum = 0;
                foreach (double value in present)
                    sum += value;
                return present.Length > 0 ? sum / present.Length : throw Nothing(step, column);
        }
    }

    private static T Mode<T>(FitStep step, string column, IEnumerable<T> present, IComparer<T> order)
        where T : notnull
    {
        Dictionary<T, int> counts = [];
        foreach (T value in present)
            counts[value] = counts.GetValueOrDefault(value) + 1;
        if (counts.Count == 0)
            throw Nothing(step, column);
        int most = counts.Values.Max();
        return counts.Where(count => count.Value == most).Select(count => count.Key).Min(order)!;
    }

    private static double[] Present(ColumnBatch batch, int column, double missingValue)
    {
        ReadOnlySpan<double> values = batch.Numbers(column);
        ReadOnlySpan<bool> nulls = batch.Nulls(column);
        List<double> present = new(values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            if ((nulls.IsEmpty || !nulls[row]) && !double.IsNaN(values[row]) && !IsMissing(values[row], missingValue))
                present.Add(values[row]);
        }

        return [.. present];
    }

    private static bool IsMissing(double value, double missingValue) => value == missingValue || (double.IsNaN(value) && double.IsNaN(missingValue));

    private static PipelineException Nothing(FitStep step, string column) => step.Nothing($"every value of {column} is missing");
}
