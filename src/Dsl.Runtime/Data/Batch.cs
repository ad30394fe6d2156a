using System;

namespace Dsl.Runtime;

/// <summary>
/// The memory in which samples are gathered before a step: allocated once for the largest batch, filled again for each. Rows are samples,
/// row-major, channels first.
/// </summary>
internal sealed class Batch
{
    private readonly float[][] _inputs;
    private readonly int[][] _ids;
    private readonly int[] _labels;
    private readonly float[] _targets;
    private readonly int[] _neighbours;
    private readonly Samples _source;

    /// <summary>Allocates room for samples of one data set.</summary>
    /// <param name="source">The data set.</param>
    /// <param name="capacity">The largest batch, at least 1.</param>
    /// <exception cref="ArgumentException">Its values are more than an array holds.</exception>
    public Batch(Samples source, int capacity)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _source = source;
        Capacity = capacity;
        _neighbours = new int[capacity];
        _inputs = new float[source.InputCount][];
        _ids = new int[source.InputCount][];
        for (int input = 0; input < _inputs.Length; input++)
        {
            bool isIds = source.InputElement(input) == ElementType.Int32;
            string what = source.InputCount == 1 ? "the input" : $"input {input}";
            _inputs[input] = Room<float>(capacity, isIds ? 0 : source.InputSize(input), what);
            _ids[input] = Room<int>(capacity, isIds ? source.InputSize(input) : 0, what);
        }

        _labels = Room<int>(capacity, source.LabelsPerSample, "labels");
        _targets = Room<float>(capacity, source.TargetSize, "targets");
    }

    /// <summary>The largest number of samples.</summary>
    public int Capacity { get; }

    /// <summary>How many samples the batch holds now.</summary>
    public int Count { get; private set; }

    /// <summary>How many inputs a sample has.</summary>
    public int InputCount => _inputs.Length;

    /// <summary>The labels, sample after sample; empty without labels.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Count * _source.LabelsPerSample);

    /// <summary>The targets, sample after sample; empty without targets.</summary>
    public ReadOnlySpan<float> Targets => _targets.AsSpan(0, Count * _source.TargetSize);

    /// <summary>The values of one input, sample after sample.</summary>
    /// <param name="input">Which input, in declared order.</param>
    public ReadOnlySpan<float> Input(int input) => _inputs[input].AsSpan(0, Count * _source.InputSize(input));

    /// <summary>The ids of one input that is ids, sample after sample.</summary>
    /// <param name="input">Which input, in declared order.</param>
    public ReadOnlySpan<int> Ids(int input) => _ids[input].AsSpan(0, Count * _source.InputSize(input));

    /// <summary>Gathers samples; nothing is allocated.</summary>
    /// <param name="samples">Which ones, in this order; at most <see cref="Capacity"/>.</param>
    public void Gather(ReadOnlySpan<int> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, Capacity);
        Count = samples.Length;
        for (int input = 0; input < _inputs.Length; input++)
            _source.GatherInput(input, samples, _inputs[input], _ids[input]);
        _source.GatherLabels(samples, _labels);
        _source.GatherTargets(samples, _targets);
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
            _neighbours[i] = first + i;
        Gather(_neighbours.AsSpan(0, count));
    }
}
