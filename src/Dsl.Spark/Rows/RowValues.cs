using System;
using System.Collections.Generic;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;

namespace Dsl.Spark.Rows;

/// <summary>What C# types are in columns; for generated code.</summary>
public static class RowValues
{
    /// <summary>Digits of decimals that are written, in all and behind the point: what Spark takes C#'s and Java's for.</summary>
    private static readonly DecimalType WrittenDecimal = new(38, 18);

    /// <summary>A <c>bool</c>: boolean.</summary>
    public static RowValue<bool> Bool { get; } = new OtherValue<bool>(new BooleanType(), given => given is BooleanType ? (column, row) => column.Bool(row) : null, (column, value) => column.Append(value));

    /// <summary>An <c>sbyte</c>: tinyint.</summary>
    public static RowValue<sbyte> SByte { get; } = Same<sbyte>(new ByteType());

    /// <summary>A <c>short</c>: smallint.</summary>
    public static RowValue<short> Short { get; } = Same<short>(new ShortType());

    /// <summary>An <c>int</c>: int.</summary>
    public static RowValue<int> Int { get; } = Same<int>(new IntegerType());

    /// <summary>A <c>long</c>: bigint.</summary>
    public static RowValue<long> Long { get; } = Same<long>(new LongType());

    /// <summary>A <c>float</c>: float.</summary>
    public static RowValue<float> Float { get; } = Same<float>(new FloatType());

    /// <summary>A <c>double</c>: double.</summary>
    public static RowValue<double> Double { get; } = Same<double>(new DoubleType());

    /// <summary>A <c>decimal</c>: read from decimals of any precision; written as decimal(38,18), further digits rounded, halves away from zero.</summary>
    public static RowValue<decimal> Decimal { get; } = new OtherValue<decimal>(
        WrittenDecimal,
        given => given is DecimalType type ? (column, row) => RowReader.ToDecimal(column.Values<Int128>()[row], type) : null,
        (column, value) => column.Append(ArrowValues.ToUnscaled(value, WrittenDecimal.Precision, WrittenDecimal.Scale)));

    /// <summary>A <c>string</c>: string.</summary>
    public static RowValue<string> Text { get; } = new OtherValue<string>(new StringType(), given => given is StringType ? (column, row) => column.Text(row) : null, (column, value) => column.Append(value.AsSpan()));

    /// <summary>A <c>byte[]</c>: binary.</summary>
    public static RowValue<byte[]> Binary { get; } =
        new OtherValue<byte[]>(new BinaryType(), given => given is BinaryType ? (column, row) => column.Bytes(row).ToArray() : null, (column, value) => column.Append((ReadOnlySpan<byte>)value));

    /// <summary>A <c>DateOnly</c>: date.</summary>
    public static RowValue<DateOnly> Date { get; } = new FixedValue<int, DateOnly>(new DateType(), ArrowValues.ToDate, ArrowValues.ToDays);

    /// <summary>A <c>DateTime</c>: read from timestamp (of kind Utc) and timestamp_ntz (Unspecified); written as timestamp, whose instant a kind Unspecified does not know.</summary>
    public static RowValue<DateTime> Time { get; } = new OtherValue<DateTime>(
        new TimestampType(),
        given => given switch
        {
            TimestampType => (column, row) => ArrowValues.ToTime(column.Values<long>()[row], DateTimeKind.Utc),
            TimestampNtzType => (column, row) => ArrowValues.ToTime(column.Values<long>()[row], DateTimeKind.Unspecified),
            _ => null,
        },
        (column, value) => column.Append(ToMicroseconds(value)));

    /// <summary>A <c>DateTimeOffset</c>: timestamp; read with offset zero.</summary>
    public static RowValue<DateTimeOffset> Instant { get; } = new FixedValue<long, DateTimeOffset>(
        new TimestampType(),
        stored => new DateTimeOffset(ArrowValues.ToTime(stored, DateTimeKind.Utc)),
        value => ArrowValues.ToMicroseconds(value.UtcDateTime));

    /// <summary>A value or null, of a struct.</summary>
    /// <param name="inner">The value.</param>
    public static RowValue<T?> Nullable<T>(RowValue<T> inner)
        where T : struct => new NullableValue<T, T?>(inner, value => value, value => value.GetValueOrDefault());

    /// <summary>A value or null, of a class.</summary>
    /// <param name="inner">The value.</param>
    public static RowValue<T?> Optional<T>(RowValue<T> inner)
        where T : class => new NullableValue<T, T?>(inner, value => value, value => value!);

    /// <summary>An array.</summary>
    /// <param name="element">Its elements.</param>
    public static RowValue<T[]> Array<T>(RowValue<T> element) => new ListValue<T, T[]>(element, values => values, values => values);

    /// <summary>A list.</summary>
    /// <param name="element">Its elements.</param>
    public static RowValue<List<T>> List<T>(RowValue<T> element) => new ListValue<T, List<T>>(element, values => [.. values], values => values);

    /// <summary>A list that is not changed.</summary>
    /// <param name="element">Its elements.</param>
    public static RowValue<IReadOnlyList<T>> ReadOnlyList<T>(RowValue<T> element) => new ListValue<T, IReadOnlyList<T>>(element, values => values, values => values);

    /// <summary>A record: a struct of its members.</summary>
    public static RowValue<TRow> Record<TRow>()
        where TRow : ISparkRow<TRow> => new NestedValue<TRow>(TRow.Mapper);

    private static FixedValue<T, T> Same<T>(DataType type)
        where T : unmanaged => new(type, value => value, value => value);

    private static long ToMicroseconds(DateTime time) => time.Kind == DateTimeKind.Unspecified
        ? throw new ArgumentException($"A timestamp is an instant, but {time:O} is of kind Unspecified: give one of kind Utc or Local, or a DateTimeOffset.")
        : ArrowValues.ToMicroseconds(time);
}
