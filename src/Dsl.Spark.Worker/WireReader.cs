using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Dsl.Spark.Worker;

/// <summary>Numbers and text as Spark's JVM sends them: big-endian, text as its length in bytes and UTF-8.</summary>
internal sealed class WireReader(Stream stream)
{
    // Lengths come from Spark, but a reader that is out of step takes anything for one.
    private const int LongestText = 256 << 20;

    private readonly byte[] number = new byte[8];

    /// <summary>Bytes read so far by this reader.</summary>
    public long Position { get; private set; }

    public int Int()
    {
        Fill(4);
        return BinaryPrimitives.ReadInt32BigEndian(number);
    }

    public long Long()
    {
        Fill(8);
        return BinaryPrimitives.ReadInt64BigEndian(number);
    }

    public bool Bool()
    {
        Fill(1);
        return number[0] switch
        {
            0 => false,
            1 => true,
            _ => throw new InvalidDataException($"Spark sent {number[0]} where a boolean (0 or 1) is wanted; it may be of a version that this worker does not know."),
        };
    }

    public byte[] Bytes()
    {
        int length = Length("bytes", LongestText);
        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        Position += length;
        return bytes;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>The number of elements that follow.</summary>
    public int Count(string what) => Length(what, 1 << 20);

    public Dictionary<string, string> Map(string what)
    {
        int count = Count(what);
        Dictionary<string, string> map = new(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
            map[Text()] = Text();
        return map;
    }

    private int Length(string what, int most)
    {
        int length = Int();
        return length >= 0 && length <= most
            ? length
            : throw new InvalidDataException($"Spark sent {length} as the number of {what}; it may be of a version that this worker does not know.");
    }

    private void Fill(int count)
    {
        stream.ReadExactly(number, 0, count);
        Position += count;
    }
}
