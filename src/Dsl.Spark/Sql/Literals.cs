using System;
using System.Globalization;
using System.Linq;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;
using Google.Protobuf;
using Literal = Dsl.Spark.Protocol.Expression.Types.Literal;

namespace Dsl.Spark.Sql;

/// <summary>Values of C# as literals of a plan.</summary>
internal static class Literals
{
    public static Literal From(object? value)
    {
        switch (value)
        {
            case null:
                return new Literal { Null = new NullType().ToProtocol() };
            case bool one:
                return new Literal { Boolean = one };
            case sbyte one:
                return new Literal { Byte = one };
            case byte one:
                return new Literal { Short = one };
            case short one:
                return new Literal { Short = one };
            case ushort one:
                return new Literal { Integer = one };
            case int one:
                return new Literal { Integer = one };
            case uint one:
                return new Literal { Long = one };
            case long one:
                return new Literal { Long = one };
            case float one:
                return new Literal { Float = one };
            case double one:
                return new Literal { Double = one };
            case decimal one:
                return new Literal { Decimal = new Literal.Types.Decimal { Value = one.ToString(CultureInfo.InvariantCulture), Precision = Precision(one), Scale = one.Scale } };
            case string one:
                return new Literal { String = one };
            case char one:
                return new Literal { String = one.ToString() };
            case byte[] one:
                return new Literal { Binary = ByteString.CopyFrom(one) };
            case DateOnly one:
                return new Literal { Date = ArrowValues.ToDays(one) };
            case DateTime { Kind: DateTimeKind.Unspecified } one:
                return new Literal { TimestampNtz = ArrowValues.ToWallClock(one) };
            case DateTime one:
                return new Literal { Timestamp = ArrowValues.ToMicroseconds(one) };
            case DateTimeOffset one:
                return new Literal { Timestamp = ArrowValues.ToMicroseconds(one.UtcDateTime) };
            case TimeSpan one:
                return new Literal { DayTimeInterval = one.Ticks / TimeSpan.TicksPerMicrosecond };
            case Array list when ElementType(list.GetType().GetElementType()!) is { } type:
                Literal.Types.Array array = new() { ElementType = type.ToProtocol() };
                array.Elements.AddRange(list.Cast<object?>().Select(From));
                return new Literal { Array = array };
            default:
                throw new ArgumentException($"A value of {value.GetType()} cannot be a literal; numbers, text, bytes, dates, times and arrays of them can.", nameof(value));
        }
    }

    private static int Precision(decimal value)
    {
        int digits = value.ToString(CultureInfo.InvariantCulture).Count(char.IsAsciiDigit);
        return Math.Max(digits, value.Scale + 1);
    }

    private static DataType? ElementType(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        Type t when t == typeof(bool) => new BooleanType(),
        Type t when t == typeof(sbyte) => new ByteType(),
        Type t when t == typeof(short) => new ShortType(),
        Type t when t == typeof(int) => new IntegerType(),
        Type t when t == typeof(long) => new LongType(),
        Type t when t == typeof(float) => new FloatType(),
        Type t when t == typeof(double) => new DoubleType(),
        Type t when t == typeof(string) => new StringType(),
        Type t when t == typeof(DateOnly) => new DateType(),
        _ => null,
    };
}
