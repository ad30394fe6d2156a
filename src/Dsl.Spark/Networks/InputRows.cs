using System;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Networks;

/// <summary>The rows of batches as a network takes them: <paramref name="size"/> values each, one row after the other. Of one task; it allocates once.</summary>
/// <typeparam name="T">The network's elements: <c>float</c>, or <c>int</c> for ids.</typeparam>
/// <param name="size">Values of a row.</param>
internal abstract class InputRows<T>(int size)
    where T : unmanaged
{
    protected int Size { get; } = size;

    /// <summary>All rows where they lie, where none is null or wrong and they lie as the network wants them; else empty.</summary>
    public virtual ReadOnlySpan<T> InPlace => default;

    /// <summary>Takes the next batch.</summary>
    public abstract void Begin(ReadOnlySpan<ArrowColumn> columns);

    /// <summary>Copies a row; false where it is null or wrong, and then anything may have been written.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="values">Room for as many values as the network wants.</param>
    public abstract bool Read(int row, Span<T> values);

    /// <summary>What is wrong with a row that could not be read, as the end of a sentence that starts with the row.</summary>
    public abstract string FlawOf(int row);

    /// <summary>Whether these columns are of the types that it was made for.</summary>
    public abstract bool Fits(ReadOnlySpan<ArrowColumn> columns);

    /// <summary>For columns of these types.</summary>
    /// <exception cref="InvalidOperationException">A network cannot take them.</exception>
    public static InputRows<T> Of(ReadOnlySpan<ArrowColumn> columns, string network, int size)
    {
        if (columns.Length == 1 && OfRows(columns[0].Type, size) is { } rows)
            return rows;
        if (columns.Length == size)
            return new FeatureRows<T>(columns, network, size);
        string given = columns.Length == 1 ? $"a column of {columns[0].Type}" : $"{columns.Length} columns";
        throw new InvalidOperationException(
            $"{network} takes one column of arrays of {size} numbers, of vectors of that size or of as many bytes, or {size} columns of numbers, but got {given}.");
    }

    private static InputRows<T>? OfRows(DataType type, int size) => type switch
    {
        ArrayType { ElementType: FloatType } => new ListRows<float, T>(type, size),
        ArrayType { ElementType: DoubleType } => new ListRows<double, T>(type, size),
        ArrayType { ElementType: ByteType } => new ListRows<sbyte, T>(type, size),
        ArrayType { ElementType: ShortType } => new ListRows<short, T>(type, size),
        ArrayType { ElementType: IntegerType } => new ListRows<int, T>(type, size),
        ArrayType { ElementType: LongType } => new ListRows<long, T>(type, size),
        BinaryType => new BinaryRows<T>(type, size),
        VectorType => new VectorRows<T>(type, size),

        // Arrow knows no vectors: what comes over the wire is what they are made of.
        StructType fields when fields.SimpleString == VectorType.Storage.SimpleString => new VectorRows<T>(type, size),
        _ => null,
    };
}

/// <summary>Rows that are each one value of a column.</summary>
internal abstract class ColumnRows<T>(DataType type, int size) : InputRows<T>(size)
    where T : unmanaged
{
    private ArrowColumn? column;

    protected ArrowColumn Column => column!;

    public sealed override bool Fits(ReadOnlySpan<ArrowColumn> columns) => columns.Length == 1 && ReferenceEquals(columns[0].Type, type);

    public override void Begin(ReadOnlySpan<ArrowColumn> columns) => column = columns[0];

    protected string WrongLength(long given) => $"has {given} values, but the network takes {Size}";
}

/// <summary>Rows of lists.</summary>
/// <typeparam name="TElement">The elements in memory.</typeparam>
/// <typeparam name="T">What the network takes.</typeparam>
internal sealed class ListRows<TElement, T>(DataType type, int size) : ColumnRows<T>(type, size)
    where TElement : unmanaged
    where T : unmanaged
{
    public override ReadOnlySpan<T> InPlace => typeof(TElement) == typeof(T) && IsWhole()
        ? Column.Children[0].Values<T>()[Column.Offsets[0]..Column.Offsets[Column.Count]]
        : default;

    public override bool Read(int row, Span<T> values)
    {
        ReadOnlySpan<int> at = Column.Offsets;
        if (Column.IsNull(row) || at[row + 1] - at[row] != Size || HasNullElement(row))
            return false;
        NumberConversion.Convert(Column.Children[0].Values<TElement>().Slice(at[row], Size), values);
        return true;
    }

    public override string FlawOf(int row)
    {
        int length = Column.Offsets[row + 1] - Column.Offsets[row];
        return Column.IsNull(row) ? "is null" : length != Size ? WrongLength(length) : "has an element that is null";
    }

    private bool HasNullElement(int row)
    {
        ArrowColumn elements = Column.Children[0];
        if (!elements.HasNulls)
            return false;
        ReadOnlySpan<int> at = Column.Offsets;
        for (int i = at[row]; i < at[row + 1]; i++)
        {
            if (elements.IsNull(i))
                return true;
        }

        return false;
    }

    private bool IsWhole()
    {
        if ((Column.HasNulls && Column.CountNulls() > 0) || (Column.Children[0].HasNulls && Column.Children[0].CountNulls() > 0))
            return false;
        ReadOnlySpan<int> at = Column.Offsets;
        int wrong = 0;
        for (int i = 1; i < at.Length; i++)
            wrong |= (at[i] - at[i - 1]) ^ Size;
        return wrong == 0;
    }
}

/// <summary>Rows of bytes, 0 to 255 each.</summary>
internal sealed class BinaryRows<T>(DataType type, int size) : ColumnRows<T>(type, size)
    where T : unmanaged
{
    public override bool Read(int row, Span<T> values)
    {
        ReadOnlySpan<byte> bytes = Column.Bytes(row);
        if (Column.IsNull(row) || bytes.Length != Size)
            return false;
        NumberConversion.Convert(bytes, values);
        return true;
    }

    public override string FlawOf(int row) => Column.IsNull(row) ? "is null" : WrongLength(Column.Bytes(row).Length);
}
