using System;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Networks;

/// <summary>Rows of which each value is a column of its own.</summary>
internal sealed class FeatureRows<T> : InputRows<T>
    where T : unmanaged
{
    private readonly ArrowColumn[] columns;
    private readonly DataType[] types;
    private readonly Cell[] cells;

    /// <summary>For columns of these types.</summary>
    /// <exception cref="InvalidOperationException">A column is not one of numbers.</exception>
    public FeatureRows(ReadOnlySpan<ArrowColumn> columns, string network, int size)
        : base(size)
    {
        this.columns = columns.ToArray();
        types = new DataType[size];
        cells = new Cell[size];
        for (int i = 0; i < size; i++)
        {
            types[i] = columns[i].Type;
            cells[i] = types[i] switch
            {
                FloatType => Value<float>,
                DoubleType => Value<double>,
                ByteType => Value<sbyte>,
                ShortType => Value<short>,
                IntegerType => Value<int>,
                LongType => Value<long>,
                BooleanType => static (column, row, value) => NumberConversion.Convert([column.Bool(row) ? (byte)1 : (byte)0], value),
                _ => throw new InvalidOperationException($"{network} takes numbers, but column {i + 1} of {size} is of {types[i]}."),
            };
        }
    }

    private delegate void Cell(ArrowColumn column, int row, Span<T> value);

    public override bool Fits(ReadOnlySpan<ArrowColumn> columns)
    {
        if (columns.Length != types.Length)
            return false;
        for (int i = 0; i < types.Length; i++)
        {
            if (!ReferenceEquals(columns[i].Type, types[i]))
                return false;
        }

        return true;
    }

    public override void Begin(ReadOnlySpan<ArrowColumn> columns) => columns.CopyTo(this.columns);

    public override bool Read(int row, Span<T> values)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].IsNull(row))
                return false;
            cells[i](columns[i], row, values.Slice(i, 1));
        }

        return true;
    }

    public override string FlawOf(int row)
    {
        int at = Array.FindIndex(columns, column => column.IsNull(row));
        return $"has null in column {at + 1} of {columns.Length}";
    }

    private static void Value<TValue>(ArrowColumn column, int row, Span<T> value)
        where TValue : unmanaged => NumberConversion.Convert(column.Values<TValue>().Slice(row, 1), value);
}
