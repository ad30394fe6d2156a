using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Numerics;

/// <summary>Values by rank, in buckets of ascending ranges: a bucket is sorted when a rank in it is asked for.</summary>
/// <param name="ends">How many values lie in each bucket and those before.</param>
/// <param name="values">Gives a bucket's values, in any order, once; they are sorted in place. Equal values lie in one bucket.</param>
internal sealed class RankedValues(int[] ends, Func<int, ArraySegment<double>> values)
{
    private readonly Dictionary<int, ArraySegment<double>> sorted = [];
    private ArraySegment<double> current = ArraySegment<double>.Empty;
    private int first;

    /// <summary>How many values.</summary>
    public int Count => ends[^1];

    /// <summary>How many different values there are at least: as many as buckets that have some.</summary>
    public int FewestDifferent
    {
        get
        {
            int filled = 0;
            for (int bucket = 0, before = 0; bucket < ends.Length; before = ends[bucket++])
                filled += ends[bucket] > before ? 1 : 0;
            return filled;
        }
    }

    /// <summary>The value that so many are below or before.</summary>
    public double this[int rank]
    {
        get
        {
            if ((uint)(rank - first) >= (uint)current.Count)
                Enter(rank);
            return current[rank - first];
        }
    }

    /// <summary>The first rank of the value at a rank.</summary>
    public int StartOfRun(int rank)
    {
        double value = this[rank];
        while (rank > first && current[rank - 1 - first] == value)
            rank--;
        return rank;
    }

    /// <summary>The first rank behind the value at a rank.</summary>
    public int EndOfRun(int rank)
    {
        double value = this[rank];
        int end = first + current.Count;
        while (rank < end && current[rank - first] == value)
            rank++;
        return rank;
    }

    private void Enter(int rank)
    {
        int bucket = Array.BinarySearch(ends, rank + 1);
        if (bucket < 0)
            bucket = ~bucket;

        // Empty buckets end where the one before does.
        while (bucket > 0 && ends[bucket - 1] > rank)
            bucket--;
        if (!sorted.TryGetValue(bucket, out current))
        {
            current = values(bucket);
            RadixSort.Sort(current);
            sorted.Add(bucket, current);
        }

        first = bucket == 0 ? 0 : ends[bucket - 1];
    }
}
