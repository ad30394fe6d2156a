using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Numbers the texts of a column from 0. As Spark MLlib's: the alphabet is that of code points, of equally frequent texts the first in it comes first.</summary>
public sealed class StringIndexerModel : IStageModel<StringIndexerModel>
{
    private const string Unknown = "__unknown";

    private readonly string stage;
    private readonly string[] labels;
    private readonly HandleInvalid handleInvalid;
    private readonly int classes;
    private readonly ColumnText text;
    private readonly bool isTraining;
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    // By their bits, as -0 and 0 are two texts; NaN is none.
    private readonly Dictionary<long, int> numbers = [];

    private StringIndexerModel(string stage, string[] labels, HandleInvalid handleInvalid, int classes, ColumnText text, bool isTraining)
    {
        this.stage = stage;
        this.labels = labels;
        this.handleInvalid = handleInvalid;
        this.classes = classes;
        this.text = text;
        this.isTraining = isTraining;
        AllLabels = handleInvalid == HandleInvalid.Keep ? [.. labels, Unknown] : labels;
        for (int i = 0; i < labels.Length; i++)
        {
            indices.Add(labels[i], i);
            if (text != ColumnText.Text && double.TryParse(labels[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
                numbers.TryAdd(Key(text == ColumnText.Single ? (float)number : number), i);
        }
    }

    /// <summary>The texts by their numbers; without the one that <see cref="HandleInvalid.Keep"/> adds.</summary>
    public IReadOnlyList<string> Labels => Array.AsReadOnly(labels);

    /// <summary>The labels of the classes that are given out, <c>__unknown</c> too.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IReadOnlyList<string> AllLabels { get; }

    /// <summary>How many classes there are: as declared, else as found; one more with <see cref="HandleInvalid.Keep"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int NumClasses => Math.Max(classes, labels.Length) + (handleInvalid == HandleInvalid.Keep ? 1 : 0);

    /// <summary>Learns from a batch; null, and NaN of numbers, is left out.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of texts or numbers.</param>
    /// <param name="stringOrderType">The order of the numbers.</param>
    /// <param name="handleInvalid">What becomes of null and of unseen texts.</param>
    /// <param name="classes">As many labels at most; 0: any number.</param>
    /// <param name="text">What the column's values are as text.</param>
    /// <param name="isTraining">What is made is a training column: where <paramref name="handleInvalid"/> does not keep a row it gets null.</param>
    /// <exception cref="PipelineException">No row has a value, or there are more labels than declared.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StringIndexerModel Fit(
        FitStep step, ColumnBatch batch, int input, StringOrder stringOrderType, HandleInvalid handleInvalid, int classes, ColumnText text = ColumnText.Text, bool isTraining = false)
    {
        Dictionary<string, int> counts = text == ColumnText.Text ? CountsOfTexts(batch.Texts(input)) : CountsOfNumbers(batch, input, text);
        if (counts.Count == 0)
            throw batch.Count == 0 ? step.NoRows() : step.Nothing($"{batch.NameOf(input)} is null{(text == ColumnText.Text ? "" : " or NaN")} in all {batch.Count} rows");
        string[] labels = Ordered(counts, stringOrderType);
        if (classes > 0 && labels.Length > classes)
            throw step.Wrong($"declares {classes} classes, but {batch.NameOf(input)} has {labels.Length}: {Quoted(labels[classes])} is one too many");
        return new StringIndexerModel(step.Stage, labels, handleInvalid, classes, text, isTraining);
    }

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows; those without a class are dropped with <see cref="HandleInvalid.Skip"/>, but of a training column are null.</param>
    /// <param name="input">The column of texts or numbers.</param>
    /// <param name="output">The column of class numbers that is made.</param>
    /// <exception cref="PipelineException">A row cannot be taken.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output)
    {
        batch.SetClasses(output, NumClasses, AllLabels);
        if (text == ColumnText.Text)
        {
            EachRow.ClassNumbers(batch, output, isTraining, row => Transform(batch.Texts(input)[row]));
            return;
        }

        bool[]? nulls = EachRow.NullsOf(batch, input);
        EachRow.ClassNumbers(batch, output, isTraining, row => nulls is not null && nulls[row] ? Invalid("null") : Transform(batch.Numbers(input)[row]));
    }

    /// <summary>The number of a text.</summary>
    /// <param name="value">The text, or null.</param>
    /// <returns>NaN where the row is to be dropped, or in a training column has no class.</returns>
    /// <exception cref="PipelineException">The text is null or has not been seen, and neither is it skipped nor kept.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Transform(string? value) => value is not null && indices.TryGetValue(value, out int index) ? index : Invalid(value is null ? "null" : Quoted(value));

    /// <summary>The number of a number, taken as text.</summary>
    /// <param name="value">The number.</param>
    /// <returns>As of a text.</returns>
    /// <exception cref="PipelineException">As of a text.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Transform(double value) => numbers.TryGetValue(Key(value), out int index) ? index : Invalid(TextOf(value, text));

    /// <summary>The number of a number that may be null.</summary>
    /// <param name="value">The number, or null.</param>
    /// <returns>As of a text.</returns>
    /// <exception cref="PipelineException">As of a text.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Transform(double? value) => value is { } number ? Transform(number) : Invalid("null");

    /// <inheritdoc/>
    public string Describe() => $"{NumClasses} classes: {string.Join(", ", AllLabels.Take(8))}{(AllLabels.Count > 8 ? ", …" : "")}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Texts("Labels", labels);
        writer.Number("HandleInvalid", (int)handleInvalid);
        writer.Number("Classes", classes);
        writer.Number("Text", (int)text);
        writer.Number("IsTraining", isTraining ? 1 : 0);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StringIndexerModel Read(StageReader reader)
    {
        string[] labels = [.. reader.Texts("Labels")];
        if (labels.Distinct(StringComparer.Ordinal).Count() != labels.Length)
            throw reader.Wrong("Labels", "has a label twice");
        return new StringIndexerModel(
            reader.Stage,
            labels,
            (HandleInvalid)reader.Whole("HandleInvalid", 0, (int)HandleInvalid.Keep),
            reader.Whole("Classes", 0, int.MaxValue),
            (ColumnText)reader.Whole("Text", 0, (int)ColumnText.Whole),
            reader.Whole("IsTraining", 0, 1) == 1);
    }

    /// <summary>Labels in the order of their numbers.</summary>
    internal static string[] Ordered(IReadOnlyDictionary<string, int> counts, StringOrder order) => order switch
    {
        StringOrder.FrequencyDesc => [.. counts.OrderByDescending(label => label.Value).ThenBy(label => label.Key, CodePointOrder.Instance).Select(label => label.Key)],
        StringOrder.FrequencyAsc => [.. counts.OrderBy(label => label.Value).ThenBy(label => label.Key, CodePointOrder.Instance).Select(label => label.Key)],
        StringOrder.AlphabetDesc => [.. counts.Keys.OrderDescending(CodePointOrder.Instance)],
        _ => [.. counts.Keys.Order(CodePointOrder.Instance)],
    };

    /// <summary>A number as text.</summary>
    internal static string TextOf(double value, ColumnText text) => text switch
    {
        ColumnText.Whole => value.ToString("F0", CultureInfo.InvariantCulture),
        ColumnText.Single => JavaText.Of((float)value),
        _ => JavaText.Of(value),
    };

    private static Dictionary<string, int> CountsOfTexts(ReadOnlySpan<string?> values)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string? value in values)
        {
            if (value is not null)
                counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return counts;
    }

    private static Dictionary<string, int> CountsOfNumbers(ColumnBatch batch, int input, ColumnText text)
    {
        Dictionary<long, int> counts = [];
        ReadOnlySpan<double> values = batch.Numbers(input);
        ReadOnlySpan<bool> nulls = batch.Nulls(input);
        for (int row = 0; row < values.Length; row++)
        {
            if ((nulls.IsEmpty || !nulls[row]) && !double.IsNaN(values[row]))
                counts[Key(values[row])] = counts.GetValueOrDefault(Key(values[row])) + 1;
        }

        return counts.ToDictionary(count => TextOf(BitConverter.Int64BitsToDouble(count.Key), text), count => count.Value, StringComparer.Ordinal);
    }

    private static long Key(double value) => BitConverter.DoubleToInt64Bits(value);

    private static string Quoted(string text) => "'" + text + "'";

    private double Invalid(string value)
    {
        if (handleInvalid == HandleInvalid.Keep)
            return labels.Length;
        if (isTraining || handleInvalid == HandleInvalid.Skip)
            return double.NaN;
        throw new PipelineException(
            stage, $"knows {labels.Length} texts{(labels.Length > 0 ? " (" + Quoted(labels[0]) + " ..)" : "")}, but got {value}: HandleInvalid.Keep gives it a class of its own, Skip drops the row");
    }
}
