using System;
using System.Buffers.Binary;
using System.Text;

namespace Dsl.Spark.Arrow;

/// <summary>
/// Writes a flatbuffer from its start to its end: a table first, then what it points to, whose place is put into the table when it is known. So every offset leads onward, as the
/// format wants it.
/// </summary>
internal sealed class FlatWriter
{
    private byte[] buffer = new byte[1024];
    private int length = 4;

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Starts anew with the offset to the root, which stands first.</summary>
    public void Clear()
    {
        buffer.AsSpan(0, length).Clear();
        length = 4;
    }

    /// <summary>A table at the end.</summary>
    /// <param name="places">On return where each field's value stands.</param>
    /// <param name="pointer">Where the offset to the table goes.</param>
    /// <param name="sizes">The size of each field in bytes; 0 for one that is absent, 4 for an offset.</param>
    public void Table(Span<int> places, int pointer, params ReadOnlySpan<int> sizes)
    {
        int size = 4;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] > 0)
                size = RoundUp(size, sizes[i]) + sizes[i];
        }

        // The vtable stands before its table, which is aligned for the largest field.
        int vtableBytes = 4 + (2 * sizes.Length);
        int start = RoundUp(length + vtableBytes, 8);
        int vtable = start - vtableBytes;
        Reserve(start + size);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(vtable), (ushort)vtableBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(vtable + 2), (ushort)size);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(start), vtableBytes);
        int at = 4;
        for (int i = 0; i < sizes.Length; i++)
        {
            places[i] = 0;
            if (sizes[i] == 0)
                continue;
            at = RoundUp(at, sizes[i]);
            BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(vtable + 4 + (2 * i)), (ushort)at);
            places[i] = start + at;
            at += sizes[i];
        }

        Point(pointer, start);
    }

    /// <summary>A vector at the end; its elements are zero.</summary>
    /// <param name="pointer">Where the offset to it goes.</param>
    /// <param name="count">Elements.</param>
    /// <param name="elementSize">Bytes of one.</param>
    /// <param name="alignment">What elements are aligned to.</param>
    /// <returns>Where the first element stands.</returns>
    public int Vector(int pointer, int count, int elementSize, int alignment)
    {
        int start = RoundUp(length + 4, alignment) - 4;
        Reserve(start + 4 + (count * elementSize));
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(start), count);
        Point(pointer, start);
        return start + 4;
    }

    public void Text(int pointer, string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);

        // Text ends with a zero that its length does not count.
        int start = Vector(pointer, bytes + 1, 1, 4);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(start - 4), bytes);
        Encoding.UTF8.GetBytes(text, buffer.AsSpan(start));
    }

    public void Byte(int place, byte value) => buffer[place] = value;

    public void Int16(int place, short value) => BinaryPrimitives.WriteInt16LittleEndian(buffer.AsSpan(place), value);

    public void Int32(int place, int value) => BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(place), value);

    public void Int64(int place, long value) => BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(place), value);

    private void Point(int pointer, int target) => BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(pointer), target - pointer);

    private void Reserve(int wanted)
    {
        if (wanted > buffer.Length)
            Array.Resize(ref buffer, Math.Max(wanted, 2 * buffer.Length));
        length = wanted;
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
