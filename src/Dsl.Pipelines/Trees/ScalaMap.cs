using System.Collections.Generic;

namespace Dsl.Pipelines.Trees;

/// <summary>The order in which Scala's immutable map (up to four keys a list, else a trie of 32 ways, Steindorfer and Vinju 2015) goes over whole numbers.</summary>
internal static class ScalaMap
{
    private const int Bits = 5;
    private const int MostInList = 4;

    /// <summary>The keys in that order.</summary>
    /// <param name="keys">Ascending, each once.</param>
    public static IReadOnlyList<int> OrderOf(IReadOnlyList<int> keys)
    {
        if (keys.Count <= MostInList)
            return keys;
        List<int> ordered = [];
        Add(keys, 0, ordered);
        return ordered;
    }

    /// <summary>At each node of the trie the keys that are alone on their way, then the nodes below.</summary>
    private static void Add(IReadOnlyList<int> keys, int shift, List<int> ordered)
    {
        SortedDictionary<uint, List<int>> ways = [];
        foreach (int key in keys)
        {
            uint way = (Improved(key) >> shift) & ((1 << Bits) - 1);
            if (!ways.TryGetValue(way, out List<int>? own))
                ways.Add(way, own = []);
            own.Add(key);
        }

        foreach (List<int> own in ways.Values)
        {
            if (own.Count == 1)
                ordered.Add(own[0]);
        }

        foreach (List<int> own in ways.Values)
        {
            if (own.Count > 1)
                Add(own, shift + Bits, ordered);
        }
    }

    private static uint Improved(int key)
    {
        uint hash = (uint)key;
        hash += ~(hash << 9);
        hash ^= hash >> 14;
        hash += hash << 4;
        return hash ^ (hash >> 10);
    }
}
