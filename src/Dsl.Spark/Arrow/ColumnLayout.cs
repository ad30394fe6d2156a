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
    public static ColumnLayout Nothing { get; } = new(BufferKind.Nothing, 0, []);

    public static ColumnLayout Bits { get; } = new(BufferKind.Bits, 0, []);

    public static ColumnLayout Fixed(int width) => new(BufferKind.Fixed, width, []);

    public static ColumnLayout Bytes(bool isLarge) => new(BufferKind.Bytes, isLarge ? 8 : 4, []);

    public static ColumnLayout List(ColumnLayout element) => new(BufferKind.List, 4, [element]);

    public static ColumnLayout Struct(ColumnLayout[] children) => new(BufferKind.Struct, 0, children);
}
