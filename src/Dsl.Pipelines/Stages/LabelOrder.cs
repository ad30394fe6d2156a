using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Stages;

/// <summary>
/// The order in which Spark goes over what it has gathered label by label: by their places in a hash table that is open addressed, then as Scala's map has them. The last digit of a sum depends
/// on it, and where classes have no spread that digit is all there is.
/// </summary>
internal static class LabelOrder
{
    // Spark's OpenHashMap begins with so many places; more labels than fit are ordered by Scala's map alone.
    private const int Places = 64;

    /// <summary>The numbers of labels in that order.</summary>
    /// <param name="labels">Each once, as they were met.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> labels)
    {
        if (labels.Count > ScalaMap.MostInList)
            return ScalaMap.PlacesOf(labels);
        SortedDictionary<int, int> table = [];
        for (int label = 0; label < labels.Count; label++)
        {
            int place = HashOf(labels[label]) & (Places - 1);
            for (int step = 1; table.ContainsKey(place); step++)
                place = (place + step) & (Places - 1);
            table.Add(place, label);
        }

        return [.. table.Values];
    }

    private static int HashOf(double label)
    {
        long bits = BitConverter.DoubleToInt64Bits(label);
        Span<byte> folded = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(folded, (int)(bits ^ (bits >>> 32)));
        return Murmur3.Hash(folded, 0);
    }
}
