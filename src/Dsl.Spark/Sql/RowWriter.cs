using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;

namespace Dsl.Spark.Sql;

/// <summary>Rows into Arrow's columns: the way back of <see cref="RowReader"/>.</summary>
internal static class RowWriter
{
    /// <summary>A stream with one batch of all rows.</summary>
    /// <exception cref="ArgumentException">A value does not fit its column.</exception>
    public static byte[] Write(StructType schema, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ColumnBuilder[] builders = new ColumnBuilder[schema.Fields.Length];
        for (int i = 0; i < builders.Length; i++)
            builders[i] = new ColumnBuilder(schema.Fields[i].DataType);
        int count = 0;
        foreach (IReadOnlyList<object?> row in rows)
        {
            if (row.Count != builders.Length)
                throw new ArgumentException($"Row {count} has {row.Count} values; the schema has {builders.Length} fields: {schema}.");
            for (int i = 0; i < builders.Length; i++)
            {
                try
                {
                    Append(builders[i], row[i], schema.Fields[i].DataType, schema.Fields[i].IsNullable);
                }
                catch (Exception error) when (error is InvalidCastException or OverflowException)
                {
                    throw new ArgumentException($"Row {count}, column {schema.Fields[i].Name}: {error.Message}", error);
                }
            }

            count++;
        }

        ArrowColumn[] columns = new ArrowColumn[builders.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = builders[i].View();
        using MemoryStream stream = new();
        ArrowStreamWriter writer = new(stream, schema);
        writer.Write(columns, count);
        writer.Finish();
        return stream.ToArray();
    }

    private static void Append(ColumnBuilder builder, object? value, DataType type, bool isNullable)
    {
        switch (type, value)
        {
            case (_, null):
                if (!isNullable)
                    throw new InvalidCastException($"the value is null, and the schema says that it never is ({type}).");
                builder.AppendNull();
                break;
            case (BooleanType, bool one):
                builder.Append(one);
                break;
            case (ByteType, sbyte one):
                builder.Append(one);
                break;
            case (ShortType, sbyte or byte or short):
                builder.Append(Convert.ToInt16(value, null));
                break;
            case (IntegerType, sbyte or byte or short or ushort or int):
                builder.Append(Convert.ToInt32(value, null));
                break;
            case (LongType, sbyte or byte or short or ushort or int or uint or long):
                builder.Append(Convert.ToInt64(value, null));
                break;
            case (FloatType, float one):
                builder.Append(one);
                break;
            case (DoubleType, float or double or int):
                builder.Append(Convert.ToDouble(value, null));
                break;
            case (DecimalType number, decimal one):
                builder.Append(Unscaled(one, number));
                break;
            case (DecimalType number, int or long):
                builder.Append(Unscaled(Convert.ToDecimal(value, null), number));
                break;
            case (StringType, string one):
                builder.Append(one.AsSpan());
                break;
            case (StringType, char one):
                builder.Append([one]);
                break;
            case (BinaryType, byte[] one):
                builder.Append(one.AsSpan());
                break;
            case (DateType, DateOnly one):
                builder.Append(ArrowValues.ToDays(one));
                break;
            case (TimestampType, DateTimeOffset one):
                builder.Append(ArrowValues.ToMicroseconds(one.UtcDateTime));
                break;
            case (TimestampType, DateTime { Kind: not DateTimeKind.Unspecified } one):
                builder.Append(ArrowValues.ToMicroseconds(one));
                break;
            case (TimestampNtzType, DateTime one):
                builder.Append(ArrowValues.ToWallClock(one));
                break;
            case (ArrayType array, IEnumerable elements) when value is not string:
                foreach (object? element in elements)
                    Append(builder.Children[0], element, array.ElementType, array.ContainsNull);
                builder.AppendRow();
                break;
            case (MapType map, IDictionary pairs):
                foreach (DictionaryEntry pair in pairs)
                    AppendPair(builder, map, pair.Key, pair.Value);
                builder.AppendRow();
                break;
            case (StructType fields, Row row):
                AppendFields(builder, fields, row.Values);
                break;
            case (StructType fields, object?[] values):
                AppendFields(builder, fields, values);
                break;
            case (VectorType, double[] values):
                ArrowValues.AppendVector(builder, values);
                break;
            default:
                string hint = (type, value) is (TimestampType, DateTime) ? " whose kind is Unspecified; one of kind Utc or Local, or a DateTimeOffset, is an instant" : "";
                throw new InvalidCastException($"the value is of {value.GetType()}{hint}; the schema says {type}.");
        }
    }

    private static void AppendPair(ColumnBuilder builder, MapType map, object key, object? value)
    {
        ColumnBuilder entry = builder.Children[0];
        Append(entry.Children[0], key, map.KeyType, isNullable: false);
        Append(entry.Children[1], value, map.ValueType, map.ValueContainsNull);
        entry.AppendRow();
    }

    private static void AppendFields(ColumnBuilder builder, StructType fields, IReadOnlyList<object?> values)
    {
        if (values.Count != fields.Fields.Length)
            throw new InvalidCastException($"the value has {values.Count} parts; {fields} has {fields.Fields.Length}.");
        for (int i = 0; i < values.Count; i++)
            Append(builder.Children[i], values[i], fields.Fields[i].DataType, fields.Fields[i].IsNullable);
        builder.AppendRow();
    }

    /// <summary>The digits of a decimal number, none of which may be lost.</summary>
    private static Int128 Unscaled(decimal value, DecimalType type) => decimal.Round(value, Math.Min(type.Scale, ArrowValues.LargestScale)) == value
        ? ArrowValues.ToUnscaled(value, type.Precision, type.Scale)
        : throw new OverflowException($"{value} does not fit {type}: it has more than {type.Scale} digits behind the point.");
}
