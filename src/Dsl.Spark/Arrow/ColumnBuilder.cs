using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Dsl.Spark.Types;

namespace Dsl.Spark.Arrow;

/// <summary>
/// A column in the making, row after row or all rows at once, in Arrow's own layout: writing it is copying it. Cleared, it keeps its memory for the next batch.
/// </summary>
public sealed class ColumnBuilder
{
    private readonly ColumnLayout layout;
    private readonly BufferKind kind;
    private readonly int width;
    private readonly ColumnBuilder[] children;
    private byte[] validity = [];
    private byte[] offsets = [];
    private byte[] data = [];
    private int bytes;
    private bool hasNulls;

    /// <summary>A column without rows.</summary>
    /// <param name="type">What its values are.</param>
    /// <exception cref="ArgumentException">There are no Arrow columns of that type here.</exception>
    public ColumnBuilder(DataType type)
    {
        Type = type;
        layout = ColumnLayout.Of(type);
        (kind, width) = (layout.Kind, layout.ValueWidth);
        children = type switch
        {
            ArrayType array => [new ColumnBuilder(array.ElementType)],
            MapType map => [new ColumnBuilder(map.Entries)],
            StructType fields => Fields(fields),
            VectorType => Fields(VectorType.Storage),
            _ => [],
        };
    }

    /// <summary>What its values are.</summary>
    public DataType Type { get; }

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Fields of a struct; the elements of a list; of a map one struct of key and value.</summary>
    public ReadOnlySpan<ColumnBuilder> Children => children;

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        bytes = 0;
        hasNulls = false;
        foreach (ColumnBuilder child in children)
            child.Clear();
    }

    /// <summary>A row of null.</summary>
    public void AppendNull()
    {
        if (kind == BufferKind.Struct)
        {
            // A struct's fields have a row for each of its rows.
            foreach (ColumnBuilder child in children)
                child.AppendNull();
        }

        Advance(1);
        SetNull(Count - 1);
    }

    /// <summary>Makes a row null, whatever was put there.</summary>
    /// <param name="row">The row, from 0.</param>
    public void SetNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        if (kind == BufferKind.Nothing)
            return;
        if (!hasNulls)
        {
            hasNulls = true;
            GrowBits(ref validity, 0, Count, 0xFF);
        }

        validity[row >> 3] &= (byte)~(1 << (row & 7));
    }

    /// <summary>A value of fixed width.</summary>
    /// <param name="value">The value: an <c>int</c> for integer and date (days since 1970), a <c>long</c> for bigint and timestamps (microseconds), an <c>Int128</c> for decimal (unscaled) ...</param>
    public void Append<T>(T value)
        where T : unmanaged => Reserve<T>(1)[0] = value;

    /// <summary>A value of a boolean column.</summary>
    public void Append(bool value)
    {
        Want(BufferKind.Bits, "true or false");
        Advance(1);
        if (value)
            data[(Count - 1) >> 3] |= (byte)(1 << ((Count - 1) & 7));
    }

    /// <summary>Rows of fixed width that the caller fills; none of them is null.</summary>
    /// <param name="rows">How many.</param>
    public Span<T> Reserve<T>(int rows)
        where T : unmanaged
    {
        if (kind != BufferKind.Fixed || width != Unsafe.SizeOf<T>())
            throw new InvalidOperationException($"A column of {Type} takes no values of {typeof(T).Name}{(width > 0 ? $": its own have {width} bytes" : "")}.");
        int start = Count;
        Advance(rows);
        return MemoryMarshal.Cast<byte, T>(data.AsSpan(start * width, rows * width));
    }

    /// <summary>A row of text, as UTF-8, or of bytes.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        Want(BufferKind.Bytes, "bytes");
        value.CopyTo(Room(value.Length));
        Close(value.Length);
    }

    /// <summary>A row of text.</summary>
    public void Append(ReadOnlySpan<char> value)
    {
        Want(BufferKind.Bytes, "text");
        int written = Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetMaxByteCount(value.Length)));
        Close(written);
    }

    /// <summary>A row of a list.</summary>
    /// <param name="elements">Its elements; none is null.</param>
    public void AppendList<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        Want(BufferKind.List, "a list");
        elements.CopyTo(children[0].Reserve<T>(elements.Length));
        Advance(1);
    }

    /// <summary>Rows of lists of one length, whose elements the caller fills, row after row; none of them is null.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="length">Elements of each.</param>
    public Span<T> ReserveLists<T>(int rows, int length)
        where T : unmanaged
    {
        Want(BufferKind.List, "a list");
        int first = Count;
        int start = children[0].Count;
        Span<T> elements = children[0].Reserve<T>(checked(rows * length));
        Advance(rows);
        Span<int> ends = MemoryMarshal.Cast<byte, int>(offsets.AsSpan()).Slice(first + 1, rows);
        for (int i = 0; i < ends.Length; i++)
            ends[i] = start + ((i + 1) * length);
        return elements;
    }

    /// <summary>
    /// Ends a row of a list, a map or a struct whose parts were put into <see cref="Children"/>: a list has got all elements since the row before, a struct one of each field.
    /// </summary>
    public void AppendRow()
    {
        if (kind is not (BufferKind.List or BufferKind.Struct))
            throw new InvalidOperationException($"A row of {Type} is a value, not parts.");
        Advance(1);
    }

    /// <summary>The column as it would be read; a view that ends with the next change.</summary>
    /// <exception cref="InvalidOperationException">A field of a struct has other rows than the struct.</exception>
    public ArrowColumn View()
    {
        ArrowColumn[] parts = new ArrowColumn[children.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (kind == BufferKind.Struct && children[i].Count != Count)
                throw new InvalidOperationException($"Field {i} of {Type} has {children[i].Count} rows; the struct has {Count}.");
            parts[i] = children[i].View();
        }

        if (kind is BufferKind.List or BufferKind.Bytes)
            GrowTo(ref offsets, 4);
        int used = kind switch { BufferKind.Bits => (Count + 7) / 8, BufferKind.Fixed => Count * width, BufferKind.Bytes => bytes, _ => 0 };
        return new ArrowColumn(
            Type,
            layout,
            Count,
            hasNulls ? validity.AsMemory(0, (Count + 7) / 8) : default,
            kind is BufferKind.List or BufferKind.Bytes ? offsets.AsMemory(0, 4 * (Count + 1)) : default,
            data.AsMemory(0, used),
            parts);
    }

    private static ColumnBuilder[] Fields(StructType fields)
    {
        ColumnBuilder[] builders = new ColumnBuilder[fields.Fields.Length];
        for (int i = 0; i < builders.Length; i++)
            builders[i] = new ColumnBuilder(fields.Fields[i].DataType);
        return builders;
    }

    private void Want(BufferKind wanted, string given)
    {
        if (kind != wanted)
            throw new InvalidOperationException($"A column of {Type} takes no {given}.");
    }

    /// <summary>Room for bytes of the next row.</summary>
    private Span<byte> Room(int count)
    {
        GrowTo(ref data, bytes + (long)count);
        return data.AsSpan(bytes, count);
    }

    /// <summary>Ends a row of bytes.</summary>
    private void Close(int count)
    {
        bytes += count;
        Advance(1);
    }

    /// <summary>Further rows; they are not null, and their values are zero or what stood there.</summary>
    private void Advance(int rows)
    {
        int end = checked(Count + rows);
        switch (kind)
        {
            case BufferKind.Fixed:
                GrowTo(ref data, end * (long)width);
                break;
            case BufferKind.Bits:
                GrowBits(ref data, Count, end, 0);
                break;
            case BufferKind.Bytes or BufferKind.List:
                GrowTo(ref offsets, 4 * (end + 1L));
                Span<int> starts = MemoryMarshal.Cast<byte, int>(offsets.AsSpan());
                starts[0] = 0;
                starts.Slice(Count + 1, rows).Fill(kind == BufferKind.Bytes ? bytes : children[0].Count);
                break;
        }

        if (hasNulls)
            GrowBits(ref validity, Count, end, 0xFF);
        Count = end;
    }

    /// <summary>Bits from start to end, set or cleared.</summary>
    private static void GrowBits(ref byte[] bits, int start, int end, byte fill)
    {
        GrowTo(ref bits, (end + 7L) / 8);
        int first = start >> 3;
        if ((start & 7) != 0)
        {
            int low = (1 << (start & 7)) - 1;
            bits[first] = (byte)((bits[first] & low) | (fill & ~low));
            first++;
        }

        int last = (end + 7) >> 3;
        if (last > first)
            bits.AsSpan(first, last - first).Fill(fill);
    }

    private static void GrowTo(ref byte[] array, long wanted)
    {
        if (wanted <= array.Length)
            return;
        if (wanted > Array.MaxLength)
            throw new InvalidOperationException($"A batch cannot have a column of {wanted} bytes; at most {Array.MaxLength}: make batches of fewer rows.");
        byte[] larger = new byte[(int)Math.Min(Array.MaxLength, Math.Max(wanted, Math.Max(64, 2L * array.Length)))];
        array.AsSpan().CopyTo(larger);
        array = larger;
    }
}
