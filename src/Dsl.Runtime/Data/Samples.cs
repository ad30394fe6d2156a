using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;

namespace Dsl;

/// <summary>
/// A data set in memory: samples with one or several inputs (float32 values or int32 ids), and labels, float targets or neither. Rows are samples, row-major, images
/// channels first. The arrays are not copied, and a subset or a split is a view that holds row numbers only.
/// </summary>
public sealed partial class Samples
{
    private readonly SampleInput[] inputs;
    private readonly ReadOnlyMemory<int> labels;
    private readonly ReadOnlyMemory<float> targets;
    private readonly int[] inputSizes;

    /// <summary>Which stored rows this view shows; null: all, in order.</summary>
    private readonly int[]? rows;

    /// <summary>Samples without labels or targets, for prediction or a loss that needs none.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="inputs">The inputs, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the count.</exception>
    public Samples(int count, ReadOnlyMemory<float> inputs)
        : this(count, [inputs], default, default)
    {
    }

    /// <summary>Samples with one label each.</summary>
    /// <param name="inputs">The inputs, sample after sample; its length is a multiple of the number of labels.</param>
    /// <param name="labels">One label a sample.</param>
    /// <exception cref="ArgumentException">The length of the inputs is no multiple of the number of labels.</exception>
    public Samples(ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> labels)
        : this(labels.Length, [inputs], labels, default)
    {
    }

    /// <summary>Samples with labels: one, or as many a sample as the network has steps.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="inputs">The inputs, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <param name="labels">The labels, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the count.</exception>
    public Samples(int count, ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> labels)
        : this(count, [inputs], labels, default)
    {
    }

    /// <summary>Samples with float targets.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="inputs">The inputs, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <param name="targets">The targets, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the count.</exception>
    public Samples(int count, ReadOnlyMemory<float> inputs, ReadOnlyMemory<float> targets)
        : this(count, [inputs], default, targets)
    {
    }

    /// <summary>Samples of ids without labels or targets.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="ids">The ids, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the count.</exception>
    public Samples(int count, ReadOnlyMemory<int> ids)
        : this(count, [ids], default, default)
    {
    }

    /// <summary>Samples of ids with one label each.</summary>
    /// <param name="ids">The ids, sample after sample; its length is a multiple of the number of labels.</param>
    /// <param name="labels">One label a sample.</param>
    /// <exception cref="ArgumentException">The length of the ids is no multiple of the number of labels.</exception>
    public Samples(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> labels)
        : this(labels.Length, [ids], labels, default)
    {
    }

    /// <summary>Samples of ids with labels: one, or as many a sample as the network has steps.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="ids">The ids, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <param name="labels">The labels, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the count.</exception>
    public Samples(int count, ReadOnlyMemory<int> ids, ReadOnlyMemory<int> labels)
        : this(count, [ids], labels, default)
    {
    }

    /// <summary>Samples of ids with float targets.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="ids">The ids, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <param name="targets">The targets, sample after sample; its length is a multiple of <paramref name="count"/>.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the count.</exception>
    public Samples(int count, ReadOnlyMemory<int> ids, ReadOnlyMemory<float> targets)
        : this(count, [ids], default, targets)
    {
    }

    /// <summary>Samples with several inputs.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="inputs">The inputs in the order in which the network declares them; each length is a multiple of <paramref name="count"/>.</param>
    /// <param name="labels">The labels, or empty.</param>
    /// <param name="targets">The targets, or empty.</param>
    /// <exception cref="ArgumentException">A length is no multiple of the count, there is no input, or there are both labels and targets.</exception>
    public Samples(int count, IReadOnlyList<SampleInput> inputs, ReadOnlyMemory<int> labels = default, ReadOnlyMemory<float> targets = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (inputs.Count == 0)
            throw new ArgumentException("Samples need at least one input.", nameof(inputs));
        if (!labels.IsEmpty && !targets.IsEmpty)
            throw new ArgumentException("Samples have labels or targets, not both.", nameof(targets));
        this.inputs = [.. inputs];
        inputSizes = [.. inputs.Select((values, i) => SizePerSample(values.Length, count, inputs.Count == 1 ? "inputs" : $"input {i}", nameof(inputs)))];
        this.labels = labels;
        this.targets = targets;
        LabelsPerSample = SizePerSample(labels.Length, count, "labels", nameof(labels));
        TargetSize = SizePerSample(targets.Length, count, "targets", nameof(targets));
        Count = count;
    }

    private Samples(Samples from, int[] rows)
    {
        inputs = from.inputs;
        inputSizes = from.inputSizes;
        labels = from.labels;
        targets = from.targets;
        LabelsPerSample = from.LabelsPerSample;
        TargetSize = from.TargetSize;
        this.rows = rows;
        Count = rows.Length;
    }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>How many inputs a sample has.</summary>
    public int InputCount => inputs.Length;

    /// <summary>How many labels a sample has; 0 without labels.</summary>
    public int LabelsPerSample { get; }

    /// <summary>How many target values a sample has; 0 without targets.</summary>
    public int TargetSize { get; }

    /// <summary>How many values an input has a sample.</summary>
    /// <param name="input">Which input, in the order in which they were given.</param>
    public int InputSize(int input) => inputSizes[input];

    /// <summary>What the values of an input are.</summary>
    /// <param name="input">Which input, in the order in which they were given.</param>
    public ElementType InputElement(int input) => inputs[input].Element;

    /// <summary>The values of one sample's input.</summary>
    /// <param name="sample">0 to <see cref="Count"/>-1.</param>
    /// <param name="input">Which input.</param>
    /// <exception cref="InvalidOperationException">That input is ids.</exception>
    public ReadOnlySpan<float> Input(int sample, int input = 0) => InputElement(input) == ElementType.Float32
        ? Slice(inputs[input].Values, sample, inputSizes[input])
        : throw new InvalidOperationException($"Input {input} of these samples is ids; ask for them.");

    /// <summary>The ids of one sample's input.</summary>
    /// <param name="sample">0 to <see cref="Count"/>-1.</param>
    /// <param name="input">Which input.</param>
    /// <exception cref="InvalidOperationException">That input is no ids.</exception>
    public ReadOnlySpan<int> Ids(int sample, int input = 0) => InputElement(input) == ElementType.Int32
        ? Slice(inputs[input].Ids, sample, inputSizes[input])
        : throw new InvalidOperationException($"Input {input} of these samples is float32 values, not ids.");

    /// <summary>The labels of one sample; empty without labels.</summary>
    /// <param name="sample">0 to <see cref="Count"/>-1.</param>
    public ReadOnlySpan<int> Labels(int sample) => Slice(labels, sample, LabelsPerSample);

    /// <summary>The label of a sample that has one.</summary>
    /// <param name="sample">0 to <see cref="Count"/>-1.</param>
    /// <exception cref="InvalidOperationException">Samples have no label, or several.</exception>
    public int Label(int sample)
    {
        if (LabelsPerSample != 1)
            throw new InvalidOperationException($"These samples have {LabelsPerSample} labels each, not one.");
        return Labels(sample)[0];
    }

    /// <summary>The targets of one sample; empty without targets.</summary>
    /// <param name="sample">0 to <see cref="Count"/>-1.</param>
    public ReadOnlySpan<float> Targets(int sample) => Slice(targets, sample, TargetSize);

    /// <summary>A view of some samples, in the order given; a sample may occur several times.</summary>
    /// <param name="samples">Which ones, each 0 to <see cref="Count"/>-1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Samples Subset(ReadOnlySpan<int> samples)
    {
        int[] rows = new int[samples.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = RowOf(samples[i]);
        return new Samples(this, rows);
    }

    /// <summary>Checks that every input and target is a finite number.</summary>
    /// <exception cref="ArgumentException">One is not; the message says which.</exception>
    public void CheckFinite() => CheckFinite(null);

    /// <summary>Likewise, without the targets that a loss does not look at.</summary>
    /// <param name="lengths">Which ones it looks at; null: all.</param>
    internal void CheckFinite(TargetLengths? lengths)
    {
        for (int sample = 0; sample < Count; sample++)
        {
            for (int input = 0; input < InputCount; input++)
            {
                if (InputElement(input) == ElementType.Float32)
                    CheckFinite(Input(sample, input), sample, InputCount == 1 ? "input" : $"input {input}");
            }

            ReadOnlySpan<float> targets = Targets(sample);
            CheckFinite(lengths is null ? targets : targets[..lengths.Of(Ids(sample, lengths.Input), targets.Length)], sample, "target");
        }
    }

    internal void GatherInput(int input, ReadOnlySpan<int> samples, Span<float> values, Span<int> ids)
    {
        if (InputElement(input) == ElementType.Float32)
            Gather(inputs[input].Values.Span, inputSizes[input], samples, values);
        else
            Gather(inputs[input].Ids.Span, inputSizes[input], samples, ids);
    }

    internal void GatherLabels(ReadOnlySpan<int> samples, Span<int> destination) => Gather(labels.Span, LabelsPerSample, samples, destination);

    internal void GatherTargets(ReadOnlySpan<int> samples, Span<float> destination) => Gather(targets.Span, TargetSize, samples, destination);

    private static void CheckFinite(ReadOnlySpan<float> values, int sample, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException($"Sample {sample} has {values[i]} as value {i} of its {what}; finite numbers are wanted.");
        }
    }

    private static int SizePerSample(int length, int count, string what, string parameter)
    {
        if (count == 0 ? length == 0 : length % count == 0)
            return count == 0 ? 0 : length / count;
        throw new ArgumentException($"{length} values of {what} do not divide into {count} samples.", parameter);
    }

    private int RowOf(int sample)
    {
        if ((uint)sample >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(sample), sample, $"There is no sample {sample} among {Count}.");
        return rows is null ? sample : rows[sample];
    }

    /// <summary>Copies rows one after the other: what every batch of a small network pays, so the memory is resolved once, not for each row.</summary>
    private void Gather<T>(ReadOnlySpan<T> stored, int size, ReadOnlySpan<int> samples, Span<T> destination)
    {
        if (size == 0)
            return;
        for (int i = 0; i < samples.Length; i++)
            stored.Slice(RowOf(samples[i]) * size, size).CopyTo(destination[(i * size)..]);
    }

    private ReadOnlySpan<T> Slice<T>(ReadOnlyMemory<T> values, int sample, int size) => values.Span.Slice(RowOf(sample) * size, size);
}
