using System;

namespace Dsl.Runtime;

/// <summary>
/// The memory in which samples are gathered before a step: allocated once for the largest batch, filled again for each. Rows are samples,
/// row-major, channels first.
/// </summary>
internal sealed class Batch
{
    private readonly float[][] inputs;
    private readonly int[][] ids;
    private readonly int[] labels;
    private readonly float[] targets;
    private readonly int[] neighbours;
    private readonly Samples source;
    private readonly TargetLengths? lengths;
    private readonly int ignored;
    private readonly int[] ownTargets;

    /// <summary>Allocates room for samples of one data set.</summary>
    /// <param name="source">The data set.</param>
    /// <param name="capacity">The largest batch, at least 1.</param>
    /// <param name="lengths">Which labels or targets are looked at; null: all.</param>
    /// <param name="ignored">What stands in place of the other labels.</param>
    /// <exception cref="ArgumentException">Its values are more than an array holds.</exception>
    public Batch(Samples source, int capacity, TargetLengths? lengths = null, int? ignored = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.source = source;
        this.lengths = lengths;
        this.ignored = ignored ?? 0;
        Capacity = capacity;
        neighbours = new int[capacity];
        ownTargets = lengths is null ? [] : new int[capacity];
        inputs = new float[source.InputCount][];
        ids = new int[source.InputCount][];
        for (int input = 0; input < inputs.Length; input++)
        {
            bool isIds = source.InputElement(input) == ElementType.Int32;
            string what = source.InputCount == 1 ? "the input" : $"input {input}";
            inputs[input] = Room<float>(capacity, isIds ? 0 : source.InputSize(input), what);
            ids[input] = Room<int>(capacity, isIds ? source.InputSize(input) : 0, what);
        }

        labels = Room<int>(capacity, source.LabelsPerSample, "labels");
        targets = Room<float>(capacity, source.TargetSize, "targets");
    }

    /// <summary>The largest number of samples.</summary>
    public int Capacity { get; }

    /// <summary>How many samples the batch holds now.</summary>
    public int Count { get; private set; }

    /// <summary>How many inputs a sample has.</summary>
    public int InputCount => inputs.Length;

    /// <summary>The labels, sample after sample; empty without labels.</summary>
    public ReadOnlySpan<int> Labels => labels.AsSpan(0, Count * source.LabelsPerSample);

    /// <summary>The targets, sample after sample; empty without targets.</summary>
    public ReadOnlySpan<float> Targets => targets.AsSpan(0, Count * source.TargetSize);

    /// <summary>How many of each sample's targets are looked at, all before the others; empty where all are.</summary>
    public ReadOnlySpan<int> OwnTargets => source.TargetSize > 0 && lengths is not null ? ownTargets.AsSpan(0, Count) : [];

    /// <summary>The values of one input, sample after sample.</summary>
    /// <param name="input">Which input, in declared order.</param>
    public ReadOnlySpan<float> Input(int input) => inputs[input].AsSpan(0, Count * source.InputSize(input));

    /// <summary>The ids of one input that is ids, sample after sample.</summary>
    /// <param name="input">Which input, in declared order.</param>
    public ReadOnlySpan<int> Ids(int input) => ids[input].AsSpan(0, Count * source.InputSize(input));

    /// <summary>Gathers samples; nothing is allocated.</summary>
    /// <param name="samples">Which ones, in this order; at most <see cref="Capacity"/>.</param>
    public void Gather(ReadOnlySpan<int> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, Capacity);
        Count = samples.Length;
        for (int input = 0; input < inputs.Length; input++)
            source.GatherInput(input, samples, inputs[input], ids[input]);
        source.GatherLabels(samples, labels);
        source.GatherTargets(samples, targets);
        for (int n = 0; lengths is not null && n < samples.Length; n++)
        {
            ReadOnlySpan<int> ids = source.Ids(samples[n], lengths.Input);
            int size = source.LabelsPerSample;
            if (size > 0)
                labels.AsSpan(n * size, size)[lengths.Of(ids, size)..].Fill(ignored);
            ownTargets[n] = lengths.Of(ids, source.TargetSize);
        }
    }

    /// <summary>An array for the values of a batch.</summary>
    internal static T[] Room<T>(int samples, int size, string what)
    {
        long values = (long)samples * size;
        return values <= Array.MaxLength
            ? new T[values]
            : throw new ArgumentException($"A batch of {samples} samples with {size} values of {what} each has {values} values, but at most {Array.MaxLength} fit; take smaller batches.");
    }

    /// <summary>Gathers neighbouring samples; nothing is allocated.</summary>
    /// <param name="first">The first sample.</param>
    /// <param name="count">How many, at most <see cref="Capacity"/>.</param>
    public void Gather(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        for (int i = 0; i < count; i++)
            neighbours[i] = first + i;
        Gather(neighbours.AsSpan(0, count));
    }
}
