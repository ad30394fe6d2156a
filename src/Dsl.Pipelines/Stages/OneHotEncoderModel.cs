using System;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>A class number as a vector that is 1 at its place and 0 elsewhere. As Spark MLlib's: the last class is all zeros unless <c>DropLast</c> is off.</summary>
public sealed class OneHotEncoderModel : IStageModel<OneHotEncoderModel>
{
    private readonly string stage;
    private readonly bool dropLast;
    private readonly bool keeps;

    private OneHotEncoderModel(string stage, int categorySize, bool dropLast, bool keeps)
    {
        this.stage = stage;
        this.dropLast = dropLast;
        this.keeps = keeps;
        CategorySize = categorySize;
    }

    /// <summary>How many classes there are; without the one that <see cref="HandleInvalid.Keep"/> adds.</summary>
    public int CategorySize { get; }

    /// <summary>Elements of the vector.</summary>
    public int Size => CategorySize + (keeps ? 1 : 0) - (dropLast ? 1 : 0);

    /// <summary>Learns from a batch: how many classes the column has, else its largest class and one.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of class numbers or numbers.</param>
    /// <param name="dropLast">The last class is all zeros; with <see cref="HandleInvalid.Keep"/> that is the one of invalid values.</param>
    /// <param name="handleInvalid">What becomes of a class that was not there: <see cref="HandleInvalid.Error"/> or <see cref="HandleInvalid.Keep"/>.</param>
    /// <param name="size">Elements of the vector; 0: as learnt.</param>
    /// <exception cref="PipelineException">There are no rows, a value is no class, or the classes do not fit the declared size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static OneHotEncoderModel Fit(FitStep step, ColumnBatch batch, int input, bool dropLast, HandleInvalid handleInvalid, int size)
    {
        bool keeps = handleInvalid == HandleInvalid.Keep;
        int declared = size > 0 ? size - (keeps ? 1 : 0) + (dropLast ? 1 : 0) : 0;
        int found = batch.ClassesOf(input) is > 0 and int known ? known : Found(step, batch, input);
        if (size > 0 && found > declared)
            throw step.Wrong($"declares a vector of {size}, which {declared} classes make, but {batch.NameOf(input)} has {found}");
        return new OneHotEncoderModel(step.Stage, size > 0 ? declared : found, dropLast, keeps);
    }

    /// <summary>The columnar form; null stays null.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of class numbers.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">A row has another class.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output)
    {
        bool[]? nulls = EachRow.NullsOf(batch, input);
        double[] values = batch.Numbers(input).ToArray();
        int[] places = new int[values.Length];
        EachRow.Run(batch, row => places[row] = nulls is not null && nulls[row] ? -1 : PlaceOf(values[row]));
        FeatureRows made = FeatureRows.Made(Size, values.Length, (first, count) => FeatureRows.BlockOf(Size, first, count, row => At(places[row])));
        ElementNames names = new([new ElementRun(batch.NameOf(output), Size, Numbered: true, Labels: batch.LabelsOf(input))]);
        batch.Set(output, made, names, nulls);
    }

    /// <summary>The vector of a class.</summary>
    /// <param name="value">The class; digits behind the point do not count.</param>
    /// <param name="output">Where it goes: <see cref="Size"/> elements.</param>
    /// <exception cref="PipelineException">There is no such class.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(double value, Span<double> output)
    {
        output.Clear();
        int place = PlaceOf(value);
        if (place >= 0)
            output[place] = 1;
    }

    /// <summary>The vector of a class, sparse.</summary>
    /// <param name="value">The class; digits behind the point do not count.</param>
    /// <exception cref="PipelineException">There is no such class.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Vector Transform(double value) => At(PlaceOf(value));

    /// <inheritdoc/>
    public string Describe() => $"{CategorySize} classes";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Number("CategorySize", CategorySize);
        writer.Number("DropLast", dropLast ? 1 : 0);
        writer.Number("Keeps", keeps ? 1 : 0);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static OneHotEncoderModel Read(StageReader reader) =>
        new(reader.Stage, reader.Whole("CategorySize", 1, int.MaxValue - 1), reader.Whole("DropLast", 0, 1) == 1, reader.Whole("Keeps", 0, 1) == 1);

    private static int Found(FitStep step, ColumnBatch batch, int input)
    {
        ReadOnlySpan<double> values = batch.Numbers(input);
        ReadOnlySpan<bool> nulls = batch.Nulls(input);
        int classes = 0;
        for (int row = 0; row < values.Length; row++)
        {
            if (!nulls.IsEmpty && nulls[row])
                continue;
            double value = values[row];
            if (!(value >= 0 && value < int.MaxValue && value == Math.Floor(value)))
                throw step.Wrong($"needs classes from 0 on, but {batch.NameOf(input)} is {Shown.Exactly(value)}").At(batch.RowOf(row));
            classes = Math.Max(classes, (int)value + 1);
        }

        if (classes > 0)
            return classes;
        throw values.Length == 0 ? step.NoRows() : step.Nothing($"{batch.NameOf(input)} is null in all {values.Length} rows");
    }

    private Vector At(int place) => place < 0 ? Vector.Sparse(Size, [], []) : Vector.Sparse(Size, [place], [1]);

    /// <summary>Where the 1 stands; -1: nowhere.</summary>
    private int PlaceOf(double value)
    {
        bool isClass = value >= 0 && value < CategorySize;
        if (!isClass && !keeps)
            throw new PipelineException(stage, $"knows the classes 0 to {CategorySize - 1}, but got {Shown.Exactly(value)}: HandleInvalid.Keep takes it as a class more");
        double place = isClass ? value : CategorySize;
        return place < Size ? (int)place : -1;
    }
}
