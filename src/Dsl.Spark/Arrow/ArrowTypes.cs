using System;
using System.Collections.Generic;
using System.IO;
using Dsl.Spark.Types;

namespace Dsl.Spark.Arrow;

/// <summary>Schemas as Arrow's metadata has them (https://github.com/apache/arrow/blob/main/format/Schema.fbs), in the types that Spark gives and takes.</summary>
internal static class ArrowTypes
{
    /// <summary>Deeper types than any table has; a file that goes on nesting ends here.</summary>
    public const int DeepestNesting = 64;

    // Metadata can name one table from many places, so that few bytes become more fields than there is memory for.
    private const int MostFields = 100_000;

    /// <summary>What Arrow calls a time zone that only says: these are instants.</summary>
    private const string Utc = "UTC";

    private enum Kind : byte
    {
        Null = 1,
        Int = 2,
        Float = 3,
        Binary = 4,
        Utf8 = 5,
        Bool = 6,
        Decimal = 7,
        Date = 8,
        Timestamp = 10,
        List = 12,
        Struct = 13,
        Map = 17,
        LargeBinary = 19,
        LargeUtf8 = 20,
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="schema">The metadata's table.</param>
    /// <param name="layouts">How each column lies in memory.</param>
    public static StructType Read(FlatTable schema, out ColumnLayout[] layouts)
    {
        if (schema.Int16(0) != 0)
            throw new InvalidDataException("The Arrow stream is big-endian; only little-endian ones are read.");
        int count = schema.Count(1, 4);
        int fieldsLeft = MostFields;
        StructField[] fields = new StructField[count];
        layouts = new ColumnLayout[count];
        for (int i = 0; i < count; i++)
            (fields[i], layouts[i]) = Field(schema.Element(1, i), 0, ref fieldsLeft);
        return new StructType(fields);
    }

    /// <summary>Writes a schema at the end.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="pointer">Where the offset to it goes.</param>
    /// <param name="schema">The schema.</param>
    public static void Write(FlatWriter writer, int pointer, StructType schema)
    {
        Span<int> places = stackalloc int[2];
        writer.Table(places, pointer, 0, 4);
        int fields = writer.Vector(places[1], schema.Fields.Length, 4, 4);
        for (int i = 0; i < schema.Fields.Length; i++)
            Write(writer, fields + (4 * i), schema.Fields[i], 0);
    }

    private static (StructField Field, ColumnLayout Layout) Field(FlatTable field, int depth, ref int fieldsLeft)
    {
        if (fieldsLeft-- == 0)
            throw new InvalidDataException($"The Arrow schema has more than {MostFields} fields.");
        string name = field.Text(0) ?? "";
        if (depth > DeepestNesting)
            throw new InvalidDataException($"The Arrow field {name} lies {depth} levels deep; {DeepestNesting} are read.");
        if (field.Has(4))
            throw new InvalidDataException($"The Arrow field {name} is dictionary-encoded; Spark writes none, and none is read.");
        Kind kind = (Kind)field.Byte(2);
        FlatTable type = field.Table(3, $"the type of field {name}");
        int children = field.Count(5, 4);
        bool isNullable = field.Bool(1);
        switch (kind)
        {
            case Kind.Null:
                return Leaf(new NullType());
            case Kind.Bool:
                return Leaf(new BooleanType());
            case Kind.Int when type.Bool(1) && type.Int32(0) is 8 or 16 or 32 or 64:
                int bits = type.Int32(0);
                DataType integer = bits switch { 8 => new ByteType(), 16 => new ShortType(), 32 => new IntegerType(), _ => new LongType() };
                return Leaf(integer);
            case Kind.Int:
                throw new InvalidDataException($"The Arrow field {name} has {(type.Bool(1) ? "" : "unsigned ")}integers of {type.Int32(0)} bits; Spark has signed ones of 8, 16, 32 and 64.");
            case Kind.Float when type.Int16(0) is 1 or 2:
                return Leaf(type.Int16(0) == 1 ? new FloatType() : new DoubleType());
            case Kind.Decimal when type.Int32(2, 128) == 128:
                return Leaf(new DecimalType(type.Int32(0), type.Int32(1)));
            case Kind.Date when type.Int16(0, 1) == 0:
                return Leaf(new DateType());
            case Kind.Timestamp when type.Int16(0) == 2:
                return Leaf(type.Has(1) ? new TimestampType() : new TimestampNtzType());
            case Kind.Utf8:
                return Leaf(new StringType());
            case Kind.LargeUtf8:
                return (new StructField(name, new StringType(), isNullable), ColumnLayout.LargeBytes);
            case Kind.Binary:
                return Leaf(new BinaryType());
            case Kind.LargeBinary:
                return (new StructField(name, new BinaryType(), isNullable), ColumnLayout.LargeBytes);
            case Kind.List when children == 1:
                (StructField element, ColumnLayout elementLayout) = Field(field.Element(5, 0), depth + 1, ref fieldsLeft);
                return (new StructField(name, new ArrayType(element.DataType, element.IsNullable), isNullable), ColumnLayout.List(elementLayout));
            case Kind.Map when children == 1:
                (StructField entry, ColumnLayout entryLayout) = Field(field.Element(5, 0), depth + 1, ref fieldsLeft);
                if (entry.DataType is not StructType { Fields: { Length: 2 } pair })
                    throw new InvalidDataException($"The Arrow field {name} is a map of {entry.DataType}; a struct of key and value is wanted.");
                return (new StructField(name, new MapType(pair[0].DataType, pair[1].DataType, pair[1].IsNullable), isNullable), ColumnLayout.List(entryLayout));
            case Kind.Struct:
                StructField[] fields = new StructField[children];
                ColumnLayout[] layouts = new ColumnLayout[children];
                for (int i = 0; i < children; i++)
                    (fields[i], layouts[i]) = Field(field.Element(5, i), depth + 1, ref fieldsLeft);
                return (new StructField(name, new StructType(fields), isNullable), ColumnLayout.Struct(layouts));
            default:
                throw new InvalidDataException($"The Arrow field {name} is of Arrow's type {(byte)kind} ({Describe(kind)}), which has no values here; cast it to another type in Spark.");
        }

        (StructField, ColumnLayout) Leaf(DataType dataType) => (new StructField(name, dataType, isNullable), ColumnLayout.Of(dataType));
    }

    private static string Describe(Kind kind) => (byte)kind switch
    {
        3 => "half floats",
        7 => "decimals of another width",
        8 => "dates in milliseconds",
        9 => "time of day",
        10 => "timestamps of another unit",
        11 => "interval",
        18 => "duration",
        >= 14 and <= 26 => "of newer or rarer use",
        _ => "unknown",
    };

    private static void Write(FlatWriter writer, int pointer, StructField field, int depth)
    {
        if (depth > DeepestNesting)
            throw new ArgumentException($"The type of {field.Name} is nested more than {DeepestNesting} levels deep.");

        // name, nullable, type_type, type, dictionary, children
        Span<int> places = stackalloc int[6];
        writer.Table(places, pointer, 4, 1, 1, 4, 0, 4);
        writer.Text(places[0], field.Name);
        writer.Byte(places[1], field.IsNullable ? (byte)1 : (byte)0);
        Span<int> type = stackalloc int[3];
        IReadOnlyList<StructField> children = [];
        Kind kind;
        switch (field.DataType)
        {
            case NullType:
                kind = Kind.Null;
                writer.Table(type, places[3]);
                break;
            case BooleanType:
                kind = Kind.Bool;
                writer.Table(type, places[3]);
                break;
            case ByteType or ShortType or IntegerType or LongType:
                kind = Kind.Int;
                writer.Table(type, places[3], 4, 1);
                writer.Int32(type[0], field.DataType switch { ByteType => 8, ShortType => 16, IntegerType => 32, _ => 64 });
                writer.Byte(type[1], 1);
                break;
            case FloatType or DoubleType:
                kind = Kind.Float;
                writer.Table(type, places[3], 2);
                writer.Int16(type[0], field.DataType is FloatType ? (short)1 : (short)2);
                break;
            case DecimalType number:
                kind = Kind.Decimal;
                writer.Table(type, places[3], 4, 4, 4);
                writer.Int32(type[0], number.Precision);
                writer.Int32(type[1], number.Scale);
                writer.Int32(type[2], 128);
                break;
            case StringType:
                kind = Kind.Utf8;
                writer.Table(type, places[3]);
                break;
            case BinaryType:
                kind = Kind.Binary;
                writer.Table(type, places[3]);
                break;
            case DateType:
                kind = Kind.Date;
                writer.Table(type, places[3], 2);
                break;
            case TimestampType or TimestampNtzType:
                kind = Kind.Timestamp;
                bool isInstant = field.DataType is TimestampType;
                writer.Table(type, places[3], 2, isInstant ? 4 : 0);
                writer.Int16(type[0], 2);
                if (isInstant)
                    writer.Text(type[1], Utc);
                break;
            case ArrayType array:
                kind = Kind.List;
                writer.Table(type, places[3]);
                children = [new StructField("element", array.ElementType, array.ContainsNull)];
                break;
            case MapType map:
                kind = Kind.Map;
                writer.Table(type, places[3], 1);
                children = [new StructField("entries", map.Entries, IsNullable: false)];
                break;
            case StructType or VectorType:
                kind = Kind.Struct;
                writer.Table(type, places[3]);
                children = (field.DataType as StructType ?? VectorType.Storage).Fields;
                break;
            default:
                throw new ArgumentException($"{field.Name} is of type {field.DataType}, of which Arrow columns cannot be written here.");
        }

        writer.Byte(places[2], (byte)kind);
        int list = writer.Vector(places[5], children.Count, 4, 4);
        for (int i = 0; i < children.Count; i++)
            Write(writer, list + (4 * i), children[i], depth + 1);
    }
}
