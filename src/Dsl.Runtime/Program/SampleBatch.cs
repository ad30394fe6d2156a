using System;
using Dsl.Runtime;

namespace Dsl;

/// <summary>
/// A batch of samples of one shape. Each network has its own classes of it for its inputs and outputs, so that a batch of another network's shape
/// does not compile. Rows are samples, row-major, channels first.
/// </summary>
public abstract class SampleBatch
{
    private protected SampleBatch(int sampleSize) => SampleSize = sampleSize;

    /// <summary>Samples.</summary>
    public abstract int Count { get; }

    /// <summary>Values of a sample.</summary>
    public int SampleSize { get; }
}

/// <summary>A batch of samples whose values are float32, or int32 ids.</summary>
/// <typeparam name="T">The values.</typeparam>
public abstract class SampleBatch<T> : SampleBatch
    where T : unmanaged
{
    private readonly T[] values;

    /// <summary>A batch of zeros.</summary>
    /// <param name="count">Samples, at least 0.</param>
    /// <param name="size">Values of a sample.</param>
    /// <exception cref="ArgumentException">Their values are more than an array holds.</exception>
    protected SampleBatch(int count, int size)
        : base(size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        values = Batch.Room<T>(count, size, "the batch");
    }

    /// <summary>A batch over an array, which is not copied.</summary>
    /// <param name="values">A multiple of <paramref name="size"/> values.</param>
    /// <param name="size">Values of a sample.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the size.</exception>
    protected SampleBatch(T[] values, int size)
        : base(size)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length % size != 0)
            throw new ArgumentException($"A sample has {size} values, so a batch has a multiple of that, but {values.Length} values were given.", nameof(values));
        this.values = values;
    }

    /// <inheritdoc/>
    public override int Count => values.Length / SampleSize;

    /// <summary>All values, sample after sample.</summary>
    public Span<T> Values => values;

    /// <summary>The values of one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Span<T> this[int sample] => (uint)sample < (uint)Count
        ? values.AsSpan(sample * SampleSize, SampleSize)
        : throw new ArgumentOutOfRangeException(nameof(sample), sample, $"There is no sample {sample} in a batch of {Count}.");
}
