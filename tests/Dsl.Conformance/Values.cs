using System;
using System.Runtime.InteropServices;

namespace Dsl.Conformance;

/// <summary>A checked window into one buffer of the reference backend: elements are read as double and rounded to float when set.</summary>
internal readonly struct Values
{
    private readonly float[] array;
    private readonly int offset;
    private readonly int count;

    public Values(float[] array, long offset, long count)
    {
        if (offset < 0 || count < 0 || offset + count > array.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                $"{count} floats from offset {offset} on do not fit into a buffer of {array.Length}.");
        }

        this.array = array;
        this.offset = (int)offset;
        this.count = (int)count;
    }

    public int Count => count;

    /// <summary>The window as bytes, for stored pool indices.</summary>
    public Span<byte> Bytes => MemoryMarshal.AsBytes(array.AsSpan(offset, count));

    public double this[long index]
    {
        get => array[At(index)];
        set => array[At(index)] = (float)value;
    }

    public void Fill(float value) => array.AsSpan(offset, count).Fill(value);

    /// <summary>True when both windows share an element.</summary>
    public bool Overlaps(in Values other)
        => ReferenceEquals(array, other.array) && offset < other.offset + other.count && other.offset < offset + count;

    /// <summary>True when both windows are the same elements.</summary>
    public bool IsSameAs(in Values other) => ReferenceEquals(array, other.array) && offset == other.offset;

    private int At(long index)
    {
        if ((ulong)index >= (ulong)count)
            throw new ArgumentOutOfRangeException(nameof(index), $"Element {index} of {count}.");
        return offset + (int)index;
    }
}
