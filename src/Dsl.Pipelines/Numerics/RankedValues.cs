using System;
using System.Buffers;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Values by rank, of which only some ranks will be asked for: they are put into buckets that part their range evenly (one pass to count, one to move), and a bucket is sorted when a rank in
/// it is asked for.
/// </summary>
internal sealed class RankedValues : IDisposable
{
    // A bucket of a million even values has 250 then, and its counts stay near.
    private const int MostBuckets = 4096;
    private const int ValuesPerBucket = 64;

    private readonly double[] values;
    private readonly int[] ends;
    private readonly bool[] isSorted;
    private int first;
    private int end;

    /// <summary>Takes values, none of them NaN or infinite.</summary>
    /// <param name="values">The values, at least one; not changed.</param>
    public RankedValues(ReadOnlySpan<double> values)
    {
        int buckets = Math.Clamp(values.Length / ValuesPerBucket, 1, MostBuckets);
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        foreach (double value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        // Half, as the difference of two doubles may be none.
        double scale = buckets / ((most / 2) - (least / 2)) / 2;
        if (!double.IsFinite(scale))
            buckets = 1;
        isSorted = new bool[buckets];
        ends = new int[buckets];
        Count = values.Length;
        this.values = ArrayPool<double>.Shared.Rent(values.Length);
        if (buckets == 1)
        {
            values.CopyTo(this.values);
            ends[0] = values.Length;
            return;
        }

        int[] starts = new int[buckets];
        foreach (double value in values)
            starts[BucketOf(value, least, scale, buckets)]++;
        int before = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            (starts[bucket], before) = (before, before + starts[bucket]);
            ends[bucket] = before;
        }

        foreach (double value in values)
            this.values[starts[BucketOf(value, least, scale, buckets)]++] = value;
    }

    /// <summary>How many values.</summary>
    public int Count { get; }

    /// <summary>The value that so many are below or before.</summary>
    public double this[int rank]
    {
        get
        {
            if (rank < first || rank >= end)
                Sort(rank);
            return values[rank];
        }
    }

    /// <summary>The first rank of the value at a rank.</summary>
    public int StartOfRun(int rank)
    {
        double value = this[rank];
        while (rank > 0 && this[rank - 1] == value)
            rank--;
        return rank;
    }

    /// <summary>The first rank behind the value at a rank.</summary>
    public int EndOfRun(int rank)
    {
        double value = this[rank];
        while (rank < Count && this[rank] == value)
            rank++;
        return rank;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<double>.Shared.Return(values);

    // Rounding keeps the order: a larger value is never in a lower bucket.
    private static int BucketOf(double value, double least, double scale, int buckets) => Math.Min((int)((value - least) * scale), buckets - 1);

    private void Sort(int rank)
    {
        int bucket = Array.BinarySearch(ends, rank + 1);
        if (bucket < 0)
            bucket = ~bucket;

        // Empty buckets end where the one before does.
        while (bucket > 0 && ends[bucket - 1] > rank)
            bucket--;
        first = bucket == 0 ? 0 : ends[bucket - 1];
        end = ends[bucket];
        if (!isSorted[bucket])
            RadixSort.Sort(values.AsSpan(first, end - first));
        isSorted[bucket] = true;
    }
}
