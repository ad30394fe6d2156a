using System;

namespace Dsl.Runtime;

/// <summary>
/// How an epoch's samples are cut into batches: all of <c>BatchSize</c> but for the last. A last batch below the network's minimum takes samples
/// from the batch before it, so that no sample is left out and no batch grows beyond the size for which memory was made; only where that one
/// would become too small itself are the two joined.
/// </summary>
internal readonly struct BatchPlan
{
    private readonly int samples;
    private readonly int batchSize;
    private readonly int last;

    public BatchPlan(int samples, int batchSize, int minimum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        if (batchSize < minimum)
            throw new ArgumentException($"BatchSize is {batchSize}, but this network's batch norm needs at least {minimum} samples a batch.");
        if (samples < minimum)
            throw new ArgumentException($"There are {samples} samples, but this network's batch norm needs at least {minimum} a batch.");
        this.samples = samples;
        this.batchSize = batchSize;
        int full = samples / batchSize;
        int rest = samples % batchSize;
        if (rest == 0)
            (Batches, last) = (full, batchSize);
        else if (rest >= minimum)
            (Batches, last) = (full + 1, rest);
        else if (batchSize - (minimum - rest) >= minimum)
            (Batches, last) = (full + 1, minimum);
        else
            (Batches, last) = (full, batchSize + rest);
    }

    /// <summary>How many batches there are.</summary>
    public int Batches { get; }

    /// <summary>The size of the largest batch.</summary>
    public int Largest => Math.Max(Start(1), last);

    /// <summary>The place of a batch's first sample in the epoch's order; of the batch after the last, the number of samples.</summary>
    public int Start(int batch) => batch >= Batches ? samples : batch == Batches - 1 ? samples - last : batch * batchSize;
}
