using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Dsl.Spark.Types;

namespace Dsl.Spark.Arrow;

/// <summary>
/// A column of a batch where it lies: spans of it are views of the memory that was received, and end with the batch. That buffers are long enough and offsets rise was checked when the
/// batch was read.
/// </summary>
public sealed class ArrowColumn
{
    private readonly ReadOnlyMemory<byte> validity;
    private readonly ReadOnlyMemory<byte> offsets;
    private readonly ReadOnlyMemory<byte> data;
    private readonly ArrowColumn[] children;

    internal ArrowColumn(DataType type, ColumnLayout layout, int count, ReadOnlyMemory<byte> validity, ReadOnlyMemory<byte> offsets, ReadOnlyMemory<byte> data, ArrowColumn[] children)
    {
        Type = type;
        Layout = layout;
        Count = count;
        this.validity = validity;
        this.offsets = offsets;
        this.data = data;
        this.children = children;
    }

    /// <summary>What its values are.</summary>
    public DataType Type { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>False where surely no row is null.</summary>
    public bool HasNulls => validity.Length > 0 || Type is NullType;

    /// <summary>A bit a row, the lowest first, 1 where there is a value; empty where no row is null.</summary>
    public ReadOnlySpan<byte> Validity => validity.Span;

    /// <summary>Fields of a struct; the elements of a list; of a map one struct of key and value.</summary>
    public ReadOnlySpan<ArrowColumn> Children => children;

    internal ColumnLayout Layout { get; }

    internal ReadOnlyMemory<byte> ValidityMemory => validity;

    internal ReadOnlyMemory<byte> OffsetMemory => offsets;

    internal ReadOnlyMemory<byte> DataMemory => data;

    /// <summary>Whether a row is null.</summary>
    /// <param name="row">The row, from 0.</param>
    public bool IsNull(int row) => validity.Length > 0 ? !Bit(validity.Span, row) : Type is NullType;

    /// <summary>The values of all rows, in place; those of null rows are anything.</summary>
    /// <typeparam name="T">A type of the column's width: <c>int</c> for integer and date, <c>long</c> for bigint and timestamps, <c>Int128</c> for decimal ...</typeparam>
    /// <exception cref="InvalidOperationException">The column has values of another width.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        int width = Layout.ValueWidth;
        if (width != Unsafe.SizeOf<T>())
            throw new InvalidOperationException($"A column of {Type} has {(width == 0 ? "no values of a fixed width" : $"values of {width} bytes")}; {typeof(T).Name} has {Unsafe.SizeOf<T>()}.");
        return MemoryMarshal.Cast<byte, T>(data.Span)[..Count];
    }

    /// <summary>A value of a boolean column.</summary>
    /// <param name="row">The row, from 0.</param>
    public bool Bool(int row) => Bit(data.Span, row);

    /// <summary>The bits of a boolean column, the lowest first.</summary>
    public ReadOnlySpan<byte> Bits => Type is BooleanType ? data.Span : throw new InvalidOperationException($"A column of {Type} has no bits.");

    /// <summary>The bytes of a row of text (as UTF-8) or binary, in place; empty for null.</summary>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        ReadOnlySpan<int> at = Offsets;
        return Count == 0 ? throw new ArgumentOutOfRangeException(nameof(row)) : data.Span[at[row]..at[row + 1]];
    }

    /// <summary>The text of a row; empty for null.</summary>
    /// <param name="row">The row, from 0.</param>
    public string Text(int row) => Encoding.UTF8.GetString(Bytes(row));

    /// <summary>Bytes of text and binary of all rows, one after the other.</summary>
    public ReadOnlySpan<byte> AllBytes => data.Span;

    /// <summary>Where rows of lists, maps, text and binary start: row i lasts from element i to element i + 1. Empty where there are no rows.</summary>
    public ReadOnlySpan<int> Offsets => MemoryMarshal.Cast<byte, int>(offsets.Span)[..(Count == 0 ? 0 : Count + 1)];

    /// <summary>The elements of a row of lists, in place.</summary>
    /// <typeparam name="T">As for <see cref="Values"/>, of the elements.</typeparam>
    /// <param name="row">The row, from 0.</param>
    public ReadOnlySpan<T> List<T>(int row)
        where T : unmanaged
    {
        ReadOnlySpan<int> at = Offsets;
        return children[0].Values<T>()[at[row]..at[row + 1]];
    }

    /// <summary>Whether bit i of a bitmap is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Bit(ReadOnlySpan<byte> bits, int index) => (bits[index >> 3] >> (index & 7) & 1) != 0;

    /// <summary>The number of rows that are null, counted.</summary>
    public int CountNulls()
    {
        if (validity.Length == 0)
            return Type is NullType ? Count : 0;
        ReadOnlySpan<byte> bits = validity.Span;
        int set = 0;
        for (int i = 0; i < Count / 8; i++)
            set += BitOperations.PopCount(bits[i]);
        if (Count % 8 != 0)
            set += BitOperations.PopCount((uint)(bits[Count / 8] & ((1 << (Count % 8)) - 1)));
        return Count - set;
    }

    /// <summary>A struct of these columns; none of its rows is null.</summary>
    internal static ArrowColumn Struct(StructType type, int count, ArrowColumn[] fields) =>
        new(type, ColumnLayout.Struct(Array.ConvertAll(fields, field => field.Layout)), count, default, default, default, fields);

    /// <summary>That text is UTF-8, here and below: Spark takes bytes for what they are declared as, and computes wrong results with them.</summary>
    /// <param name="source">Who made it, for the error.</param>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    internal void CheckText(string source)
    {
        foreach (ArrowColumn child in children)
            child.CheckText(source);
        if (Type is not StringType || Count == 0)
            return;
        ReadOnlySpan<byte> bytes = data.Span;
        ReadOnlySpan<int> starts = Offsets;
        bool isText = Utf8.IsValid(bytes[starts[0]..starts[Count]]);

        // All bytes together may be text where a row ends inside a character.
        for (int i = 0; isText && i < Count; i++)
            isText = starts[i] == starts[i + 1] || (bytes[starts[i]] & 0xC0) != 0x80;
        if (!isText)
            throw new InvalidOperationException($"{source} gave bytes as text that are no UTF-8.");
    }
}
