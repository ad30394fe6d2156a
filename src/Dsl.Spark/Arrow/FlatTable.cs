using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Dsl.Spark.Arrow;

/// <summary>
/// A table of a flatbuffer (https://flatbuffers.dev/internals) that is not trusted: every offset is checked before it is followed. Fields are named by their number.
/// </summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> buffer;
    private readonly int position;
    private readonly int vtable;
    private readonly int vtableLength;

    private FlatTable(ReadOnlySpan<byte> buffer, int position)
    {
        this.buffer = buffer;
        this.position = position;
        long before = position - (long)BinaryPrimitives.ReadInt32LittleEndian(At(buffer, position, 4));
        vtable = before is >= 0 and <= int.MaxValue ? (int)before : throw new InvalidDataException($"Arrow metadata: the table at byte {position} has its vtable at byte {before}.");
        vtableLength = BinaryPrimitives.ReadUInt16LittleEndian(At(buffer, vtable, 2));
        if (vtableLength < 4)
            throw new InvalidDataException($"Arrow metadata: the table at byte {position} has a vtable of {vtableLength} bytes; at least 4 are wanted.");
        At(buffer, vtable, vtableLength);
    }

    /// <summary>The table that the buffer starts with.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> buffer) => new(buffer, Follow(buffer, 0));

    public bool Has(int field) => PlaceOf(field) >= 0;

    public bool Bool(int field) => Byte(field) != 0;

    public byte Byte(int field, byte otherwise = 0)
    {
        int at = PlaceOf(field);
        return at < 0 ? otherwise : At(buffer, at, 1)[0];
    }

    public short Int16(int field, short otherwise = 0)
    {
        int at = PlaceOf(field);
        return at < 0 ? otherwise : BinaryPrimitives.ReadInt16LittleEndian(At(buffer, at, 2));
    }

    public int Int32(int field, int otherwise = 0)
    {
        int at = PlaceOf(field);
        return at < 0 ? otherwise : BinaryPrimitives.ReadInt32LittleEndian(At(buffer, at, 4));
    }

    public long Int64(int field, long otherwise = 0)
    {
        int at = PlaceOf(field);
        return at < 0 ? otherwise : BinaryPrimitives.ReadInt64LittleEndian(At(buffer, at, 8));
    }

    public FlatTable Table(int field, string name)
    {
        int at = PlaceOf(field);
        return at < 0 ? throw new InvalidDataException($"Arrow metadata: {name} is missing.") : new FlatTable(buffer, Follow(buffer, at));
    }

    /// <summary>Text, or null where the field is absent.</summary>
    public string? Text(int field)
    {
        int at = PlaceOf(field);
        if (at < 0)
            return null;
        int start = Follow(buffer, at);
        int length = BinaryPrimitives.ReadInt32LittleEndian(At(buffer, start, 4));
        return Encoding.UTF8.GetString(At(buffer, start + 4, length));
    }

    /// <summary>The number of elements of a vector; 0 where the field is absent.</summary>
    public int Count(int field, int elementSize) => Elements(field, elementSize).Length / elementSize;

    /// <summary>The bytes of a vector's elements; none where the field is absent.</summary>
    public ReadOnlySpan<byte> Elements(int field, int elementSize)
    {
        int at = PlaceOf(field);
        if (at < 0)
            return [];
        int start = Follow(buffer, at);
        int count = BinaryPrimitives.ReadInt32LittleEndian(At(buffer, start, 4));
        long bytes = count * (long)elementSize;
        if (count < 0 || bytes > buffer.Length)
            throw new InvalidDataException($"Arrow metadata: a vector of {count} elements of {elementSize} bytes in {buffer.Length} bytes.");
        return At(buffer, start + 4, (int)bytes);
    }

    /// <summary>An element of a vector of tables.</summary>
    public FlatTable Element(int field, int index)
    {
        int start = Follow(buffer, PlaceOf(field));
        return new FlatTable(buffer, Follow(buffer, checked(start + 4 + (4 * index))));
    }

    /// <summary>Where a field's value stands, or -1.</summary>
    private int PlaceOf(int field)
    {
        int entry = 4 + (2 * field);
        if (entry + 2 > vtableLength)
            return -1;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(At(buffer, vtable + entry, 2));
        return offset == 0 ? -1 : position + offset;
    }

    private static int Follow(ReadOnlySpan<byte> buffer, int at)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(At(buffer, at, 4));
        long target = at + (long)offset;

        // Offsets lead onward only, so that no chain of them comes back to where it was.
        if (offset == 0 || target + 4 > buffer.Length)
            throw new InvalidDataException($"Arrow metadata: the offset at byte {at} leads to byte {target} of {buffer.Length}.");
        return (int)target;
    }

    private static ReadOnlySpan<byte> At(ReadOnlySpan<byte> buffer, int start, int length)
    {
        if (start < 0 || length < 0 || length > buffer.Length - start)
            throw new InvalidDataException($"Arrow metadata: {length} bytes at byte {start} of {buffer.Length}.");
        return buffer.Slice(start, length);
    }
}
