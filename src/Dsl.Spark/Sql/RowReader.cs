using System;
using System.Collections.Generic;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;

namespace Dsl.Spark.Sql;

/// <summary>Rows out of Arrow's columns.</summary>
internal static class RowReader
{
    /// <summary>The rows of a batch; they stay when the batch ends.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="schema">Names and types as Spark has them, which know more than Arrow's, such as vectors.</param>
    public static IEnumerable<Row> Read(RecordBatch batch, StructType schema)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            object?[] values = new object?[batch.Columns.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = Read(batch.Columns[i], row, schema.Fields[i].DataType);
            yield return new Row(schema, values);
        }
    }

    /// <summary>A value of a column.</summary>
    private static object? Read(ArrowColumn column, int row, DataType type)
    {
        if (column.IsNull(row))
            return null;
        switch (type)
        {
            case BooleanType:
                return column.Bool(row);
            case ByteType:
                return column.Values<sbyte>()[row];
            case ShortType:
                return column.Values<short>()[row];
            case IntegerType:
                return column.Values<int>()[row];
            case LongType:
                return column.Values<long>()[row];
            case FloatType:
                return column.Values<float>()[row];
            case DoubleType:
                return column.Values<double>()[row];
            case DecimalType number:
                return ToDecimal(column.Values<Int128>()[row], number);
            case StringType:
                return column.Text(row);
            case BinaryType:
                return column.Bytes(row).ToArray();
            case DateType:
                return ArrowValues.ToDate(column.Values<int>()[row]);
            case TimestampType:
                return ArrowValues.ToTime(column.Values<long>()[row], DateTimeKind.Utc);
            case TimestampNtzType:
                return ArrowValues.ToTime(column.Values<long>()[row], DateTimeKind.Unspecified);
            case ArrayType array:
                return ReadList(column.Children[0], column.Offsets[row], column.Offsets[row + 1], array.ElementType);
            case MapType map:
                Dictionary<object, object?> pairs = [];
                for (int i = column.Offsets[row]; i < column.Offsets[row + 1]; i++)
                    pairs[Read(column.Children[0].Children[0], i, map.KeyType)!] = Read(column.Children[0].Children[1], i, map.ValueType);
                return pairs;
            case StructType fields:
                object?[] values = new object?[fields.Fields.Length];
                for (int i = 0; i < values.Length; i++)
                    values[i] = Read(column.Children[i], row, fields.Fields[i].DataType);
                return new Row(fields, values);
            case VectorType:
                return ReadVector(column, row);
            default:
                throw new NotSupportedException($"Values of {type} cannot be read here; cast the column to string first.");
        }
    }

    private static Array ReadList(ArrowColumn column, int start, int end, DataType type)
    {
        bool hasNull = false;
        for (int i = start; i < end && column.HasNulls; i++)
            hasNull |= column.IsNull(i);
        switch (type)
        {
            case BooleanType:
                return Fill<bool>(column, start, end, type, hasNull);
            case ByteType when !hasNull:
                return column.Values<sbyte>()[start..end].ToArray();
            case ByteType:
                return Fill<sbyte>(column, start, end, type, hasNull);
            case ShortType when !hasNull:
                return column.Values<short>()[start..end].ToArray();
            case ShortType:
                return Fill<short>(column, start, end, type, hasNull);
            case IntegerType when !hasNull:
                return column.Values<int>()[start..end].ToArray();
            case IntegerType:
                return Fill<int>(column, start, end, type, hasNull);
            case LongType when !hasNull:
                return column.Values<long>()[start..end].ToArray();
            case LongType:
                return Fill<long>(column, start, end, type, hasNull);
            case FloatType when !hasNull:
                return column.Values<float>()[start..end].ToArray();
            case FloatType:
                return Fill<float>(column, start, end, type, hasNull);
            case DoubleType when !hasNull:
                return column.Values<double>()[start..end].ToArray();
            case DoubleType:
                return Fill<double>(column, start, end, type, hasNull);
            case DecimalType:
                return Fill<decimal>(column, start, end, type, hasNull);
            case DateType:
                return Fill<DateOnly>(column, start, end, type, hasNull);
            case TimestampType or TimestampNtzType:
                return Fill<DateTime>(column, start, end, type, hasNull);
            case StringType:
                return Objects<string>(column, start, end, type);
            case BinaryType:
                return Objects<byte[]>(column, start, end, type);
            case StructType:
                return Objects<Row>(column, start, end, type);
            case VectorType:
                return Objects<double[]>(column, start, end, type);
            default:
                return Objects<object>(column, start, end, type);
        }
    }

    private static Array Fill<T>(ArrowColumn column, int start, int end, DataType type, bool hasNull)
        where T : struct
    {
        if (hasNull)
        {
            T?[] some = new T?[end - start];
            for (int i = 0; i < some.Length; i++)
                some[i] = (T?)Read(column, start + i, type);
            return some;
        }

        T[] all = new T[end - start];
        for (int i = 0; i < all.Length; i++)
            all[i] = (T)Read(column, start + i, type)!;
        return all;
    }

    private static T?[] Objects<T>(ArrowColumn column, int start, int end, DataType type)
        where T : class
    {
        T?[] all = new T?[end - start];
        for (int i = 0; i < all.Length; i++)
            all[i] = (T?)Read(column, start + i, type);
        return all;
    }

    /// <summary>A vector, sparse ones filled up with zeros.</summary>
    private static double[] ReadVector(ArrowColumn column, int row)
    {
        int size = ArrowValues.ToVector(column, row, out ReadOnlySpan<int> indices, out ReadOnlySpan<double> values);
        if (size < 0)
            return values.ToArray();
        double[] all = new double[size];
        for (int i = 0; i < indices.Length; i++)
            all[indices[i]] = values[i];
        return all;
    }

    /// <summary>A decimal. Zeros at its end say nothing, and go.</summary>
    public static decimal ToDecimal(Int128 unscaled, DecimalType type)
    {
        int scale = type.Scale;
        for (; scale > 0 && unscaled % 10 == 0; scale--)
            unscaled /= 10;
        return ArrowValues.ToDecimal(unscaled, scale);
    }
}
