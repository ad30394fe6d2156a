using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;

namespace Dsl.Spark.Tests.Executors;

/// <summary>Columns of plain values, and back: every value boxed, null for null, a list for an array, an array of objects for a struct.</summary>
internal static class Columns
{
    public static ArrowColumn Of(DataType type, IEnumerable<object?> values)
    {
        ColumnBuilder builder = new(type);
        foreach (object? value in values)
            Append(builder, value);
        return builder.View();
    }

    public static object?[] ValuesOf(ArrowColumn column) => [.. Enumerable.Range(0, column.Count).Select(row => ValueOf(column, row))];

    /// <summary>Runs a function over batches of the same rows, as a task does, and gives its column's rows.</summary>
    public static object?[] Run<TFunction>(params ArrowColumn[] arguments)
        where TFunction : ColumnFunction, new()
    {
        using TFunction function = new();
        ColumnBuilder result = new(function.Result);
        object?[]? first = null;
        for (int batch = 0; batch < 2; batch++)
        {
            result.Clear();
            function.Run(arguments, arguments[0].Count, result);
            object?[] rows = ValuesOf(result.View());
            Xunit.Assert.Equal(arguments[0].Count, rows.Length);
            if (first is not null)
                Xunit.Assert.Equal(first, rows);
            first = rows;
        }

        return first!;
    }

    private static void Append(ColumnBuilder builder, object? value)
    {
        switch (builder.Type, value)
        {
            case (_, null): builder.AppendNull(); break;
            case (_, bool one): builder.Append(one); break;
            case (_, sbyte one): builder.Append(one); break;
            case (_, short one): builder.Append(one); break;
            case (_, int one): builder.Append(one); break;
            case (_, long one): builder.Append(one); break;
            case (_, float one): builder.Append(one); break;
            case (_, double one): builder.Append(one); break;
            case (_, Int128 one): builder.Append(one); break;
            case (_, string one): builder.Append(one.AsSpan()); break;
            case (_, byte[] one): builder.Append(one.AsSpan()); break;
            case (ArrayType, List<object?> list):
                foreach (object? one in list)
                    Append(builder.Children[0], one);
                builder.AppendRow();
                break;
            case (StructType, object?[] fields):
                for (int i = 0; i < fields.Length; i++)
                    Append(builder.Children[i], fields[i]);
                builder.AppendRow();
                break;
            default:
                throw new ArgumentException($"{value} in {builder.Type}");
        }
    }

    private static object? ValueOf(ArrowColumn column, int row) => column.IsNull(row) ? null : column.Type switch
    {
        BooleanType => column.Bool(row),
        ByteType => column.Values<sbyte>()[row],
        ShortType => column.Values<short>()[row],
        IntegerType or DateType => column.Values<int>()[row],
        LongType or TimestampType or TimestampNtzType => column.Values<long>()[row],
        FloatType => column.Values<float>()[row],
        DoubleType => column.Values<double>()[row],
        DecimalType => column.Values<Int128>()[row],
        StringType => column.Text(row),
        BinaryType => column.Bytes(row).ToArray(),
        ArrayType => Enumerable.Range(column.Offsets[row], column.Offsets[row + 1] - column.Offsets[row]).Select(i => ValueOf(column.Children[0], i)).ToList(),
        StructType => column.Children.ToArray().Select(child => ValueOf(child, row)).ToArray(),
        _ => throw new ArgumentException(column.Type.ToString()),
    };
}
