using System;
using System.Linq;
using Dsl.Spark.Types;

namespace Dsl.Spark.Arrow;

/// <summary>What the buffers of an Arrow column are.</summary>
internal enum BufferKind
{
    /// <summary>None: all is null.</summary>
    Nothing,

    /// <summary>Validity, a bit a row.</summary>
    Bits,

    /// <summary>Validity, a value of fixed width a row.</summary>
    Fixed,

    /// <summary>Validity, offsets, bytes.</summary>
    Bytes,

    /// <summary>Validity, offsets; one child.</summary>
    List,

    /// <summary>Validity; children of as many rows.</summary>
    Struct,
}

/// <summary>How a column lies in memory.</summary>
/// <param name="Kind">What its buffers are.</param>
/// <param name="Width">Bytes of a value, or of an offset.</param>
/// <param name="Children">The layouts of its children.</param>
internal sealed record ColumnLayout(BufferKind Kind, int Width, ColumnLayout[] Children)
{
    private static readonly ColumnLayout Nothing = new(BufferKind.Nothing, 0, []);
    private static readonly ColumnLayout Bits = new(BufferKind.Bits, 0, []);
    private static readonly ColumnLayout Fixed1 = new(BufferKind.Fixed, 1, []);
    private static readonly ColumnLayout Fixed2 = new(BufferKind.Fixed, 2, []);
    private static readonly ColumnLayout Fixed4 = new(BufferKind.Fixed, 4, []);
    private static readonly ColumnLayout Fixed8 = new(BufferKind.Fixed, 8, []);
    private static readonly ColumnLayout Fixed16 = new(BufferKind.Fixed, 16, []);
    private static readonly ColumnLayout Bytes = new(BufferKind.Bytes, 4, []);

    /// <summary>Text and binary with offsets of 8 bytes, which streams may have and nothing here writes.</summary>
    public static ColumnLayout LargeBytes { get; } = new(BufferKind.Bytes, 8, []);

    /// <summary>Bytes of a value; 0 where values have no fixed width.</summary>
    public int ValueWidth => Kind == BufferKind.Fixed ? Width : 0;

    /// <summary>How columns of a type lie.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentException">There are no Arrow columns of it here.</exception>
    public static ColumnLayout Of(DataType type) => type switch
    {
        NullType => Nothing,
        BooleanType => Bits,
        ByteType => Fixed1,
        ShortType => Fixed2,
        IntegerType or FloatType or DateType => Fixed4,
        LongType or DoubleType or TimestampType or TimestampNtzType => Fixed8,
        DecimalType => Fixed16,
        StringType or BinaryType => Bytes,
        ArrayType array => List(Of(array.ElementType)),
        MapType map => List(Of(map.Entries)),
        StructType fields => Struct([.. fields.Fields.Select(field => Of(field.DataType))]),
        VectorType => Of(VectorType.Storage),
        _ => throw new ArgumentException($"There are no Arrow columns of {type} here."),
    };

    public static ColumnLayout List(ColumnLayout element) => new(BufferKind.List, 4, [element]);

    public static ColumnLayout Struct(ColumnLayout[] children) => new(BufferKind.Struct, 0, children);
}
