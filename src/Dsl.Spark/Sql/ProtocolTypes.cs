using System;
using System.Linq;
using Dsl.Spark.Types;
using Kind = Dsl.Spark.Protocol.DataType.KindOneofCase;

namespace Dsl.Spark.Sql;

/// <summary>Types as Spark Connect's messages have them.</summary>
internal static class ProtocolTypes
{
    private const string VectorClass = "org.apache.spark.ml.linalg.VectorUDT";

    /// <summary>A type of ours.</summary>
    public static DataType ToDataType(this Protocol.DataType type) => type.KindCase switch
    {
        Kind.Null => new NullType(),
        Kind.Boolean => new BooleanType(),
        Kind.Byte => new ByteType(),
        Kind.Short => new ShortType(),
        Kind.Integer => new IntegerType(),
        Kind.Long => new LongType(),
        Kind.Float => new FloatType(),
        Kind.Double => new DoubleType(),
        Kind.Decimal => new DecimalType(type.Decimal.HasPrecision ? type.Decimal.Precision : 10, type.Decimal.HasScale ? type.Decimal.Scale : 0),
        Kind.String or Kind.Char or Kind.VarChar => new StringType(),
        Kind.Binary => new BinaryType(),
        Kind.Date => new DateType(),
        Kind.Timestamp => new TimestampType(),
        Kind.TimestampNtz => new TimestampNtzType(),
        Kind.Array => new ArrayType(type.Array.ElementType.ToDataType(), type.Array.ContainsNull),
        Kind.Map => new MapType(type.Map.KeyType.ToDataType(), type.Map.ValueType.ToDataType(), type.Map.ValueContainsNull),
        Kind.Struct => new StructType(type.Struct.Fields.Select(one => new StructField(one.Name, one.DataType.ToDataType(), one.Nullable))),
        Kind.Udt when type.Udt.JvmClass == VectorClass => new VectorType(),
        Kind.Udt => type.Udt.SqlType?.ToDataType() ?? new OtherType(type.Udt.JvmClass),
        Kind.Unparsed => new OtherType(type.Unparsed.DataTypeString),
        Kind.CalendarInterval => new OtherType("interval"),
        Kind.DayTimeInterval => new OtherType("interval day to second"),
        Kind.YearMonthInterval => new OtherType("interval year to month"),
        _ => new OtherType(type.KindCase.ToString().ToLowerInvariant()),
    };

    /// <summary>A type of Spark Connect's.</summary>
    public static Protocol.DataType ToProtocol(this DataType type)
    {
        switch (type)
        {
            case NullType:
                return new() { Null = new() };
            case BooleanType:
                return new() { Boolean = new() };
            case ByteType:
                return new() { Byte = new() };
            case ShortType:
                return new() { Short = new() };
            case IntegerType:
                return new() { Integer = new() };
            case LongType:
                return new() { Long = new() };
            case FloatType:
                return new() { Float = new() };
            case DoubleType:
                return new() { Double = new() };
            case DecimalType number:
                return new() { Decimal = new() { Precision = number.Precision, Scale = number.Scale } };
            case StringType:
                return new() { String = new() };
            case BinaryType:
                return new() { Binary = new() };
            case DateType:
                return new() { Date = new() };
            case TimestampType:
                return new() { Timestamp = new() };
            case TimestampNtzType:
                return new() { TimestampNtz = new() };
            case ArrayType array:
                return new() { Array = new() { ElementType = array.ElementType.ToProtocol(), ContainsNull = array.ContainsNull } };
            case MapType map:
                return new() { Map = new() { KeyType = map.KeyType.ToProtocol(), ValueType = map.ValueType.ToProtocol(), ValueContainsNull = map.ValueContainsNull } };
            case StructType fields:
                Protocol.DataType.Types.Struct result = new();
                result.Fields.AddRange(fields.Fields.Select(one => new Protocol.DataType.Types.StructField { Name = one.Name, DataType = one.DataType.ToProtocol(), Nullable = one.IsNullable }));
                return new() { Struct = result };
            case VectorType:
                return new() { Udt = new() { Type = "udt", JvmClass = VectorClass, PythonClass = "pyspark.ml.linalg.VectorUDT", SqlType = VectorType.Storage.ToProtocol() } };
            case OtherType other:
                return new() { Unparsed = new() { DataTypeString = other.Name } };
            default:
                throw new ArgumentException($"Spark Connect has no message for {type}.");
        }
    }
}
