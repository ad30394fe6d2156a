using System;
using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Simd = System.Numerics.Vector;

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

    private const double WholeBits = 1L << 52;

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
        (double least, double most) = Bounds(values);

        // Of halves, as the difference of two doubles may be none.
        least /= 2;
        double scale = buckets / ((most / 2) - least);
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

    // Rounding keeps the order: a larger value is never in a lower bucket. Added to this, a number has its whole part in its lowest bits.
    private static int BucketOf(double value, double least, double scale, int buckets) =>
        Math.Min((int)BitConverter.DoubleToInt64Bits((((value / 2) - least) * scale) + WholeBits), buckets - 1);

    private static (double Least, double Most) Bounds(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> least = new(values[0]);
        Vector<double> most = least;
        foreach (Vector<double> vector in vectors)
        {
            least = Simd.Min(least, vector);
            most = Simd.Max(most, vector);
        }

        double lowest = values[0];
        double highest = values[0];
        for (int i = 0; i < Vector<double>.Count; i++)
            (lowest, highest) = (Math.Min(lowest, least[i]), Math.Max(highest, most[i]));
        foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        return (lowest, highest);
    }

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
