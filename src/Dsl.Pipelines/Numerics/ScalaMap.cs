using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Pipelines.Numerics;

/// <summary>The order in which Scala's immutable map (up to four keys a list, else a trie of 32 ways, Steindorfer and Vinju 2015) goes over its keys.</summary>
internal static class ScalaMap
{
    /// <summary>The most keys that are held, and gone over, in the order in which they came.</summary>
    public const int MostInList = 4;

    private const int Bits = 5;
    private const int HashBits = 32;

    /// <summary>Whole numbers in that order.</summary>
    /// <param name="keys">Each once, as they came into the map.</param>
    public static IReadOnlyList<int> OrderOf(IReadOnlyList<int> keys)
    {
        if (keys.Count <= MostInList)
            return keys;
        List<int> ordered = [];
        Add([.. keys.Select(key => new Entry(key, Improved(key)))], 0, ordered);
        return ordered;
    }

    /// <summary>The places of numbers in that order.</summary>
    /// <param name="keys">Each once, as they came into the map.</param>
    public static IReadOnlyList<int> PlacesOf(IReadOnlyList<double> keys)
    {
        int[] places = [.. Enumerable.Range(0, keys.Count)];
        if (keys.Count <= MostInList)
            return places;
        List<int> ordered = [];
        Add([.. places.Select(place => new Entry(place, Improved(HashOf(keys[place]))))], 0, ordered);
        return ordered;
    }

    /// <summary>At each node of the trie the keys that are alone on their way, then the nodes below.</summary>
    private static void Add(IReadOnlyList<Entry> entries, int shift, List<int> ordered)
    {
        // Of one hash: a list again.
        if (shift >= HashBits)
        {
            ordered.AddRange(entries.Select(entry => entry.Key));
            return;
        }

        SortedDictionary<uint, List<Entry>> ways = [];
        foreach (Entry entry in entries)
        {
            uint way = (entry.Hash >> shift) & ((1 << Bits) - 1);
            if (!ways.TryGetValue(way, out List<Entry>? own))
                ways.Add(way, own = []);
            own.Add(entry);
        }

        foreach (List<Entry> own in ways.Values)
        {
            if (own.Count == 1)
                ordered.Add(own[0].Key);
        }

        foreach (List<Entry> own in ways.Values)
        {
            if (own.Count > 1)
                Add(own, shift + Bits, ordered);
        }
    }

    /// <summary>Scala's hash of a number: that of the least type that holds it.</summary>
    private static int HashOf(double key)
    {
        if (key == (int)key)
            return (int)key;
        if (key == (long)key)
            return Folded((long)key);
        return key == (float)key ? BitConverter.SingleToInt32Bits((float)key) : Folded(BitConverter.DoubleToInt64Bits(key));
    }

    private static int Folded(long bits) => (int)(bits ^ (bits >>> HashBits));

    private static uint Improved(int key)
    {
        uint hash = (uint)key;
        hash += ~(hash << 9);
        hash ^= hash >> 14;
        hash += hash << 4;
        return hash ^ (hash >> 10);
    }

    private readonly record struct Entry(int Key, uint Hash);
}
