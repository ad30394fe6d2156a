using System;
using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// Gives every storage of one home and element type an offset so that storages whose lifetimes overlap do not: largest first, each at the lowest offset that is
/// free over its lifetime (the greedy-by-size strategy of Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020).
/// Offsets are multiples of 16 elements, so that every buffer starts on a cache line for any batch.
/// </summary>
internal static class MemoryPlan
{
    private const int Alignment = 16;

    /// <summary>Gives every storage of the home its offset.</summary>
    /// <returns>Elements that the home needs.</returns>
    public static long Place(IReadOnlyList<Storage> storages, Home home, ElementType element = ElementType.Float32) => Place(storages, home, element, out _);

    /// <summary>Gives every storage of the home its offset; those that only gradients at the inputs want come last, so that a run without them has a smaller arena.</summary>
    /// <param name="storages">What there is.</param>
    /// <param name="home">Those of which home.</param>
    /// <param name="element">Those of which elements.</param>
    /// <param name="always">Elements that the home needs without the gradients at the inputs.</param>
    /// <returns>Elements that the home needs.</returns>
    public static long Place(IReadOnlyList<Storage> storages, Home home, ElementType element, out long always)
    {
        List<Storage> open = [];
        foreach (Storage storage in storages)
        {
            if (storage.Home == home && storage.Element == element && storage.First >= 0)
                open.Add(storage);
        }

        always = 0;
        if (open.Count == 0)
            return 0;

        // A stable order: size, then first use, so that the plan is a function of the declaration alone.
        Storage[] bySize = [.. open];
        int[] order = new int[bySize.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => bySize[a].IsConditional != bySize[b].IsConditional ? bySize[a].IsConditional.CompareTo(bySize[b].IsConditional)
            : bySize[a].Count != bySize[b].Count ? bySize[b].Count.CompareTo(bySize[a].Count)
            : a.CompareTo(b));

        List<Storage> placed = [];
        long total = 0;
        foreach (int index in order)
        {
            Storage storage = bySize[index];
            storage.Offset = LowestFree(storage, placed);
            total = Math.Max(total, storage.Offset + Round(storage.Count));
            if (!storage.IsConditional)
                always = total;

            // Kept sorted by offset, so that one walk finds the gaps.
            int at = placed.Count;
            while (at > 0 && placed[at - 1].Offset > storage.Offset)
                at--;
            placed.Insert(at, storage);
        }

        return total;
    }

    /// <summary>A storage's size as the plan counts it.</summary>
    public static long Round(long floats) => (floats + Alignment - 1) / Alignment * Alignment;

    private static long LowestFree(Storage storage, List<Storage> placed)
    {
        long size = Round(storage.Count);
        long offset = 0;
        foreach (Storage other in placed)
        {
            if (other.Last < storage.First || other.First > storage.Last)
                continue;
            if (other.Offset - offset >= size)
                return offset;
            offset = Math.Max(offset, other.Offset + Round(other.Count));
        }

        return offset;
    }
}
