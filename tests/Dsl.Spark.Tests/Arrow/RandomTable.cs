using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Tests.Arrow;

/// <summary>A random schema with random batches, as values of C# and as Arrow.</summary>
internal sealed class RandomTable
{
    private readonly Random random;

    public RandomTable(int seed, bool isForPython = false)
    {
        random = new Random(seed);
        IsForPython = isForPython;
        int columns = random.Next(0, 6);
        Schema = new StructType(Enumerable.Range(0, columns).Select(i => new StructField($"c{i}é", Type(0), random.Next(2) == 0)));
        for (int i = random.Next(0, 4); i > 0; i--)
        {
            int rows = random.Next(4) switch { 0 => 0, 1 => 1, _ => random.Next(40) };
            Batches.Add(([.. Schema.Fields.Select(one => Enumerable.Range(0, rows).Select(_ => Value(one.DataType, one.IsNullable)).ToArray())], rows));
        }
    }

    public StructType Schema { get; }

    /// <summary>Columns of values, and the number of rows.</summary>
    public List<(object?[][] Columns, int Rows)> Batches { get; } = [];

    private bool IsForPython { get; }

    public byte[] Write()
    {
        MemoryStream stream = new();
        ArrowStreamWriter writer = new(stream, Schema);
        ColumnBuilder[] builders = [.. Schema.Fields.Select(one => new ColumnBuilder(one.DataType))];
        foreach ((object?[][] columns, int rows) in Batches)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                builders[i].Clear();
                foreach (object? value in columns[i])
                    Append(builders[i], value);
            }

            writer.Write(builders.Select(one => one.View()).ToArray(), rows);
        }

        writer.Finish();
        return stream.ToArray();
    }

    /// <summary>A value of a column as it was given to <see cref="Append"/>.</summary>
    public static object? Read(ArrowColumn column, int row)
    {
        if (column.IsNull(row))
            return null;
        switch (column.Type)
        {
            case BooleanType:
                return column.Bool(row);
            case ByteType:
                return column.Values<sbyte>()[row];
            case ShortType:
                return column.Values<short>()[row];
            case IntegerType or DateType:
                return column.Values<int>()[row];
            case LongType or TimestampType or TimestampNtzType:
                return column.Values<long>()[row];
            case FloatType:
                return column.Values<float>()[row];
            case DoubleType:
                return column.Values<double>()[row];
            case DecimalType:
                return column.Values<Int128>()[row];
            case StringType:
                return column.Text(row);
            case BinaryType:
                return column.Bytes(row).ToArray();
            case StructType:
                object?[] fields = new object?[column.Children.Length];
                for (int i = 0; i < fields.Length; i++)
                    fields[i] = Read(column.Children[i], row);
                return fields;
            default:
                int start = column.Offsets[row];
                object?[] elements = new object?[column.Offsets[row + 1] - start];
                for (int i = 0; i < elements.Length; i++)
                    elements[i] = Read(column.Children[0], start + i);
                return elements;
        }
    }

    public static string Show(object? value) => value switch
    {
        null => "null",
        object?[] parts => $"[{string.Join(",", parts.Select(Show))}]",
        byte[] bytes => "x" + Convert.ToHexString(bytes),
        float number => BitConverter.SingleToInt32Bits(number).ToString("X"),
        double number => BitConverter.DoubleToInt64Bits(number).ToString("X"),
        string text => "\"" + Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        _ => value.ToString()!,
    };

    public static string Show(StructType schema, IEnumerable<(object?[][] Columns, int Rows)> batches) =>
        string.Join("\n", batches.Select(batch => $"{batch.Rows}: " + string.Join("; ", schema.Fields.Zip(batch.Columns, (one, column) => one.Name + "=" + Show(column)))));

    public static IEnumerable<(object?[][] Columns, int Rows)> ReadAll(ArrowStreamReader reader)
    {
        reader.ReadSchema();
        while (reader.Read() is { } batch)
            yield return ([.. batch.Columns.Select(column => Enumerable.Range(0, column.Count).Select(row => Read(column, row)).ToArray())], batch.Count);
    }

    public static void Append(ColumnBuilder builder, object? value)
    {
        switch (value)
        {
            case null:
                builder.AppendNull();
                break;
            case bool bit:
                builder.Append(bit);
                break;
            case sbyte number:
                builder.Append(number);
                break;
            case short number:
                builder.Append(number);
                break;
            case int number:
                builder.Append(number);
                break;
            case long number:
                builder.Append(number);
                break;
            case float number:
                builder.Append(number);
                break;
            case double number:
                builder.Append(number);
                break;
            case Int128 number:
                builder.Append(number);
                break;
            case string text:
                builder.Append(text.AsSpan());
                break;
            case byte[] bytes:
                builder.Append(bytes.AsSpan());
                break;
            case object?[] parts when builder.Type is StructType:
                for (int i = 0; i < parts.Length; i++)
                    Append(builder.Children[i], parts[i]);
                builder.AppendRow();
                break;
            case object?[] parts:
                foreach (object? part in parts)
                    Append(builder.Children[0], part);
                builder.AppendRow();
                break;
        }
    }

    private DataType Type(int depth) => random.Next(depth < 3 ? 18 : 14) switch
    {
        0 => new NullType(),
        1 => new BooleanType(),
        2 => new ByteType(),
        3 => new ShortType(),
        4 => new IntegerType(),
        5 => new LongType(),
        6 => new FloatType(),
        7 => new DoubleType(),
        8 => new DecimalType(random.Next(30, 39), random.Next(0, 10)),
        9 or 10 => new StringType(),
        11 => new BinaryType(),
        12 => new DateType(),
        13 => random.Next(2) == 0 ? new TimestampType() : new TimestampNtzType(),
        14 or 15 => new ArrayType(Type(depth + 1), random.Next(2) == 0),
        16 => new MapType(new StringType(), Type(depth + 1), random.Next(2) == 0),
        _ => new StructType(Enumerable.Range(0, random.Next(IsForPython ? 1 : 0, 4)).Select(i => new StructField($"f{i}", Type(depth + 1), random.Next(2) == 0))),
    };

    private object? Value(DataType type, bool isNullable)
    {
        if (type is NullType || (isNullable && random.Next(4) == 0))
            return null;
        return type switch
        {
            BooleanType => random.Next(2) == 0,
            ByteType => (sbyte)random.Next(-128, 128),
            ShortType => (short)random.Next(),
            IntegerType => random.Next(int.MinValue, int.MaxValue),
            DateType => random.Next(-700_000, 2_900_000),
            LongType => random.NextInt64(),
            TimestampType or TimestampNtzType => random.NextInt64(-60_000_000_000_000_000, 250_000_000_000_000_000),
            FloatType => random.NextSingle() - 0.5f,
            DoubleType => random.NextDouble() * 1e9,
            DecimalType => (Int128)random.NextInt64() * random.Next(-1_000_000, 1_000_000),
            StringType => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) == 0 ? "é😀" : ((char)random.Next('a', 'z')).ToString())),
            BinaryType => Enumerable.Range(0, random.Next(9)).Select(_ => (byte)random.Next(256)).ToArray(),
            ArrayType array => Enumerable.Range(0, random.Next(5)).Select(_ => Value(array.ElementType, array.ContainsNull)).ToArray(),
            MapType map => Enumerable.Range(0, random.Next(4)).Select(i => (object?)new[] { $"k{i}", Value(map.ValueType, map.ValueContainsNull) }).ToArray(),
            StructType fields => fields.Fields.Select(one => Value(one.DataType, one.IsNullable)).ToArray(),
            _ => throw new InvalidOperationException(type.ToString()),
        };
    }
}
