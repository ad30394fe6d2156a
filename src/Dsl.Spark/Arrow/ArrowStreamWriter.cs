using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Dsl.Spark.Types;

namespace Dsl.Spark.Arrow;

/// <summary>Writes an Arrow stream: the schema, batches, an end mark. Columns are copied as they lie; nothing is compressed.</summary>
internal sealed class ArrowStreamWriter
{
    private const byte SchemaHeader = 1;
    private const byte BatchHeader = 3;

    // Version V5 of the format.
    private const short Version = 4;

    private static readonly byte[] Padding = new byte[8];
    private static readonly byte[] NoOffsets = new byte[4];

    private readonly Stream stream;
    private readonly StructType schema;
    private readonly FlatWriter metadata = new();
    private readonly List<(long Count, long Nulls)> nodes = [];
    private readonly List<ReadOnlyMemory<byte>> buffers = [];
    private readonly byte[] prefix = new byte[8];
    private bool isStarted;

    /// <summary>Writes nothing yet.</summary>
    /// <param name="stream">Where to; neither flushed nor closed.</param>
    /// <param name="schema">Names and types of the columns.</param>
    public ArrowStreamWriter(Stream stream, StructType schema)
    {
        this.stream = stream;
        this.schema = schema;
    }

    /// <summary>Writes a batch.</summary>
    /// <param name="columns">The columns in the schema's order, each of as many rows.</param>
    /// <param name="rows">How many; columns alone do not say where there are none.</param>
    /// <exception cref="ArgumentException">The columns are not those of the schema.</exception>
    public void Write(ReadOnlySpan<ArrowColumn> columns, int rows)
    {
        if (columns.Length != schema.Fields.Length)
            throw new ArgumentException($"{columns.Length} columns are given; the schema has {schema.Fields.Length}: {schema}.");
        nodes.Clear();
        buffers.Clear();
        for (int i = 0; i < columns.Length; i++)
        {
            StructField field = schema.Fields[i];
            if (columns[i].Count != rows)
                throw new ArgumentException($"Column {field.Name} has {columns[i].Count} rows; the batch has {rows}.");
            if (!AreAlike(columns[i].Type, field.DataType))
                throw new ArgumentException($"Column {field.Name} is of {columns[i].Type}; the schema says {field.DataType}.");
            Collect(columns[i]);
        }

        Start();
        metadata.Clear();
        long body = 0;
        foreach (ReadOnlyMemory<byte> buffer in buffers)
            body += RoundUp(buffer.Length);
        Span<int> places = stackalloc int[4];
        int header = Message(places, BatchHeader, body);
        metadata.Table(places, header, 8, 4, 4);
        metadata.Int64(places[0], rows);
        int node = metadata.Vector(places[1], nodes.Count, 16, 8);
        for (int i = 0; i < nodes.Count; i++)
        {
            metadata.Int64(node + (16 * i), nodes[i].Count);
            metadata.Int64(node + (16 * i) + 8, nodes[i].Nulls);
        }

        int place = metadata.Vector(places[2], buffers.Count, 16, 8);
        long offset = 0;
        for (int i = 0; i < buffers.Count; i++)
        {
            metadata.Int64(place + (16 * i), offset);
            metadata.Int64(place + (16 * i) + 8, buffers[i].Length);
            offset += RoundUp(buffers[i].Length);
        }

        WriteMetadata();
        foreach (ReadOnlyMemory<byte> buffer in buffers)
        {
            stream.Write(buffer.Span);
            stream.Write(Padding, 0, (int)(RoundUp(buffer.Length) - buffer.Length));
        }
    }

    /// <summary>Writes the end mark, and the schema before it where there was no batch.</summary>
    public void Finish()
    {
        Start();
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, uint.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(4), 0);
        stream.Write(prefix);
    }

    private void Start()
    {
        if (isStarted)
            return;
        isStarted = true;
        metadata.Clear();
        Span<int> places = stackalloc int[4];
        int header = Message(places, SchemaHeader, 0);
        ArrowTypes.Write(metadata, header, schema);
        WriteMetadata();
    }

    /// <summary>The table that every message starts with; returns where the offset to its header goes.</summary>
    private int Message(Span<int> places, byte kind, long body)
    {
        metadata.Table(places, 0, 2, 1, 4, 8);
        metadata.Int16(places[0], Version);
        metadata.Byte(places[1], kind);
        metadata.Int64(places[3], body);
        return places[2];
    }

    private void WriteMetadata()
    {
        ReadOnlySpan<byte> written = metadata.Written;
        int padded = (int)RoundUp(written.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, uint.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(4), padded);
        stream.Write(prefix);
        stream.Write(written);
        stream.Write(Padding, 0, padded - written.Length);
    }

    private void Collect(ArrowColumn column)
    {
        nodes.Add((column.Count, column.CountNulls()));
        BufferKind kind = column.Layout.Kind;
        if (kind == BufferKind.Nothing)
            return;
        buffers.Add(column.ValidityMemory);
        if (kind is BufferKind.Bytes or BufferKind.List)
            buffers.Add(column.Count == 0 ? NoOffsets : column.OffsetMemory);
        if (kind is BufferKind.Bits or BufferKind.Fixed or BufferKind.Bytes)
            buffers.Add(column.DataMemory);
        foreach (ArrowColumn child in column.Children)
            Collect(child);
    }

    /// <summary>Whether values of the one lie in memory as those of the other and mean the same: names and what may be null aside.</summary>
    private static bool AreAlike(DataType given, DataType wanted) => (given, wanted) switch
    {
        (ArrayType one, ArrayType other) => AreAlike(one.ElementType, other.ElementType),
        (MapType one, MapType other) => AreAlike(one.KeyType, other.KeyType) && AreAlike(one.ValueType, other.ValueType),
        (VectorType, StructType other) => AreAlike(VectorType.Storage, other),
        (StructType one, VectorType) => AreAlike(one, VectorType.Storage),
        (StructType one, StructType other) => one.Fields.Length == other.Fields.Length && one.Fields.Zip(other.Fields).All(pair => AreAlike(pair.First.DataType, pair.Second.DataType)),
        _ => given == wanted,
    };

    private static long RoundUp(long count) => (count + 7) / 8 * 8;
}
