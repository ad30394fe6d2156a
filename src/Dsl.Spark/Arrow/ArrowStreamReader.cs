using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using Dsl.Spark.Types;

namespace Dsl.Spark.Arrow;

/// <summary>
/// Reads an Arrow stream (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format): a schema, batches, an end mark. Nothing in it is trusted: what does not fit gives
/// an <see cref="InvalidDataException"/> that says what was found, before a column of it can be looked at.
/// </summary>
internal sealed class ArrowStreamReader
{
    // Metadata names columns; data lies outside it.
    private const int LongestMetadata = 64 << 20;

    private const int SchemaHeader = 1;
    private const int DictionaryHeader = 2;
    private const int BatchHeader = 3;

    private readonly Source source;
    private readonly byte[] prefix = new byte[8];
    private byte[] metadata = [];
    private ColumnLayout[] layouts = [];
    private StructType? schema;
    private bool isEnded;

    /// <summary>Reads a stream; a batch is good until the next is read.</summary>
    /// <param name="stream">What to read; not closed.</param>
    public ArrowStreamReader(Stream stream) => source = new StreamSource(stream);

    /// <summary>Reads a stream that is in memory; batches are views of it.</summary>
    /// <param name="memory">The whole stream.</param>
    public ArrowStreamReader(ReadOnlyMemory<byte> memory) => source = new MemorySource(memory);

    /// <summary>The schema, which the stream starts with.</summary>
    public StructType ReadSchema()
    {
        if (schema is not null)
            return schema;
        if (ReadMetadata() is not { } length)
            throw new InvalidDataException("The Arrow stream ends before its schema.");
        FlatTable message = FlatTable.Root(metadata.AsSpan(0, length));
        long body = message.Int64(3);
        if (message.Byte(1) != SchemaHeader || body != 0)
            throw new InvalidDataException($"The Arrow stream starts with a message of kind {message.Byte(1)} and {body} bytes; a schema (kind {SchemaHeader}) is wanted.");
        schema = ArrowTypes.Read(message.Table(2, "the schema"), out layouts);
        return schema;
    }

    /// <summary>The next batch, or null at the end mark and behind it.</summary>
    public RecordBatch? Read()
    {
        StructType columns = ReadSchema();
        if (isEnded)
            return null;
        if (ReadMetadata() is not { } length)
        {
            isEnded = true;
            return null;
        }

        FlatTable message = FlatTable.Root(metadata.AsSpan(0, length));
        int kind = message.Byte(1);
        long bodyLength = message.Int64(3);
        if (kind == DictionaryHeader)
            throw new InvalidDataException("The Arrow stream has dictionaries; Spark writes none, and none are read.");
        if (kind != BatchHeader)
            throw new InvalidDataException($"The Arrow stream has a message of kind {kind} where a batch (kind {BatchHeader}) is wanted.");
        if (bodyLength < 0 || bodyLength > Array.MaxLength)
            throw new InvalidDataException($"The Arrow batch has a body of {bodyLength} bytes; at most {Array.MaxLength} are read.");
        FlatTable batch = message.Table(2, "the batch");
        if (batch.Has(3))
            throw new InvalidDataException("The Arrow batch is compressed; set spark.sql.execution.arrow.compression.codec to none.");
        return new BatchParser(batch, source.Read((int)bodyLength)).Parse(columns, layouts);
    }

    /// <summary>Reads on behind the end mark: a further stream follows on the same connection.</summary>
    public void Restart() => (schema, isEnded) = (null, false);

    /// <summary>Gives back the memory of batches of unusual size: it may take a while until the next stream begins.</summary>
    public void Trim() => source.Trim();

    /// <summary>Reads the metadata of a message; null at the end mark.</summary>
    private int? ReadMetadata()
    {
        source.ReadExactly(prefix.AsSpan(0, 8));
        uint mark = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(4));
        if (mark != uint.MaxValue)
            throw new InvalidDataException($"The Arrow stream has {mark:X8} where a message starts; FFFFFFFF is wanted.");
        if (length == 0)
            return null;
        if (length is < 0 or > LongestMetadata)
            throw new InvalidDataException($"The Arrow message has metadata of {length} bytes; 1 to {LongestMetadata} are read.");
        if (metadata.Length < length)
            metadata = new byte[Math.Max(length, 4096)];
        source.ReadExactly(metadata.AsSpan(0, length));
        return length;
    }

    /// <summary>Where bytes come from.</summary>
    private abstract class Source
    {
        public abstract void ReadExactly(Span<byte> into);

        /// <summary>The next bytes, good until the next are read.</summary>
        public abstract ReadOnlyMemory<byte> Read(int count);

        /// <inheritdoc cref="ArrowStreamReader.Trim"/>
        public virtual void Trim()
        {
        }
    }

    private sealed class StreamSource(Stream stream) : Source
    {
        // A length is a claim: memory is taken as the bytes come, at most this much ahead of them.
        private const int Ahead = 16 << 20;

        // Ten thousand rows of a dozen numbers.
        private const int Usual = 1 << 20;

        private byte[] body = [];

        public override void ReadExactly(Span<byte> into) => stream.ReadExactly(into);

        public override ReadOnlyMemory<byte> Read(int count)
        {
            int have = 0;
            while (have < count)
            {
                if (body.Length < count)
                {
                    int room = (int)Math.Min(count, Math.Max((long)have + Ahead, 2L * have));
                    if (body.Length < room)
                    {
                        byte[] larger = GC.AllocateUninitializedArray<byte>(room);
                        body.AsSpan(0, have).CopyTo(larger);
                        body = larger;
                    }
                }

                int part = Math.Min(count, body.Length) - have;
                stream.ReadExactly(body.AsSpan(have, part));
                have += part;
            }

            return body.AsMemory(0, count);
        }

        public override void Trim()
        {
            if (body.Length > Usual)
                body = [];
        }
    }

    private sealed class MemorySource(ReadOnlyMemory<byte> memory) : Source
    {
        private int at;

        public override void ReadExactly(Span<byte> into) => Read(into.Length).Span.CopyTo(into);

        public override ReadOnlyMemory<byte> Read(int count)
        {
            if (count > memory.Length - at)
                throw new EndOfStreamException($"The Arrow stream ends at byte {memory.Length}; {count} bytes are wanted from byte {at}.");
            at += count;
            return memory.Slice(at - count, count);
        }
    }

    /// <summary>Takes a batch's columns from its body in the order of its nodes and buffers.</summary>
    private ref struct BatchParser
    {
        private readonly ReadOnlyMemory<byte> body;
        private readonly ReadOnlySpan<long> nodes;
        private readonly ReadOnlySpan<long> buffers;
        private readonly long count;
        private int node;
        private int buffer;
        private long taken;

        public BatchParser(FlatTable batch, ReadOnlyMemory<byte> body)
        {
            this.body = body;
            count = batch.Int64(0);
            nodes = MemoryMarshal.Cast<byte, long>(batch.Elements(1, 16));
            buffers = MemoryMarshal.Cast<byte, long>(batch.Elements(2, 16));
        }

        public RecordBatch Parse(StructType schema, ColumnLayout[] layouts)
        {
            if (count is < 0 or > int.MaxValue - 1)
                throw new InvalidDataException($"The Arrow batch has {count} rows.");
            ArrowColumn[] columns = new ArrowColumn[layouts.Length];
            for (int i = 0; i < columns.Length; i++)
                columns[i] = Column(schema.Fields[i].Name, schema.Fields[i].DataType, layouts[i], (int)count);
            if (node != nodes.Length / 2 || buffer != buffers.Length / 2)
                throw new InvalidDataException($"The Arrow batch has {nodes.Length / 2} columns and {buffers.Length / 2} buffers; its schema has {node} and {buffer}.");
            return new RecordBatch(schema, (int)count, columns);
        }

        /// <summary>A column and what lies under it.</summary>
        /// <param name="name">The name of the schema's field that it belongs to, for errors.</param>
        /// <param name="type">What its values are.</param>
        /// <param name="layout">How it lies in memory.</param>
        /// <param name="rows">How many rows there must be; -1: at least as many as the list above it reaches.</param>
        private ArrowColumn Column(string name, DataType type, ColumnLayout layout, int rows)
        {
            if (2 * node >= nodes.Length)
                throw new InvalidDataException($"The Arrow batch has {nodes.Length / 2} columns; its schema has more ({name}).");
            long length = nodes[2 * node];
            long nulls = nodes[(2 * node) + 1];
            node++;
            if (length < 0 || length > int.MaxValue - 1 || (rows >= 0 && length != rows))
                throw new InvalidDataException($"Column {name} of the Arrow batch has {length} rows{(rows >= 0 ? $"; {rows} are wanted" : "")}.");
            if (nulls < 0 || nulls > length)
                throw new InvalidDataException($"Column {name} of the Arrow batch has {nulls} nulls in {length} rows.");
            int count = (int)length;
            if (layout.Kind == BufferKind.Nothing)
                return new ArrowColumn(type, layout, count, default, default, default, []);

            ReadOnlyMemory<byte> validity = Take(name, "validity");
            if (validity.Length == 0 && nulls > 0)
                throw new InvalidDataException($"Column {name} of the Arrow batch has {nulls} nulls, but says not which.");
            if (validity.Length > 0)
                validity = AtLeast(validity, (count + 7L) / 8, name, "validity");
            switch (layout.Kind)
            {
                case BufferKind.Bits:
                    return new ArrowColumn(type, layout, count, validity, default, AtLeast(Take(name, "values"), (count + 7L) / 8, name, "values"), []);
                case BufferKind.Fixed:
                    return new ArrowColumn(type, layout, count, validity, default, AtLeast(Take(name, "values"), count * (long)layout.Width, name, "values"), []);
                case BufferKind.Bytes:
                    ReadOnlyMemory<byte> starts = Offsets(name, count, layout.Width, out int end);
                    return new ArrowColumn(type, layout, count, validity, starts, AtLeast(Take(name, "bytes"), end, name, "bytes"), []);
                case BufferKind.List:
                    ReadOnlyMemory<byte> offsets = Offsets(name, count, layout.Width, out int elements);
                    DataType elementType = type is MapType map ? map.Entries : ((ArrayType)type).ElementType;
                    ArrowColumn element = Column(name, elementType, layout.Children[0], -1);
                    return element.Count >= elements
                        ? new ArrowColumn(type, layout, count, validity, offsets, default, [element])
                        : throw new InvalidDataException($"Column {name} of the Arrow batch has lists up to element {elements}, but {element.Count} elements.");
                default:
                    ArrowColumn[] children = new ArrowColumn[layout.Children.Length];
                    for (int i = 0; i < children.Length; i++)
                        children[i] = Column(name, ((StructType)type).Fields[i].DataType, layout.Children[i], count);
                    return new ArrowColumn(type, layout, count, validity, default, default, children);
            }
        }

        /// <summary>Offsets of 4 bytes that rise; those of 8 bytes are made shorter, as a batch's body is.</summary>
        private ReadOnlyMemory<byte> Offsets(string name, int count, int width, out int end)
        {
            ReadOnlyMemory<byte> bytes = Take(name, "offsets");
            end = 0;
            if (count == 0)
                return default;
            bytes = AtLeast(bytes, (count + 1L) * width, name, "offsets");
            if (width == 8)
            {
                ReadOnlySpan<long> wide = MemoryMarshal.Cast<byte, long>(bytes.Span)[..(count + 1)];
                byte[] narrow = new byte[4 * wide.Length];
                Span<int> places = MemoryMarshal.Cast<byte, int>(narrow.AsSpan());
                for (int i = 0; i < wide.Length; i++)
                {
                    if (wide[i] is < 0 or > int.MaxValue)
                        throw new InvalidDataException($"Column {name} of the Arrow batch: row {i} starts at {wide[i]}.");
                    places[i] = (int)wide[i];
                }

                bytes = narrow;
            }

            ReadOnlySpan<int> offsets = MemoryMarshal.Cast<byte, int>(bytes.Span)[..(count + 1)];
            int last = offsets[0];
            for (int i = 1; i < offsets.Length && last >= 0; i++)
            {
                if (offsets[i] < last)
                    throw new InvalidDataException($"Column {name} of the Arrow batch: row {i - 1} lasts from {last} to {offsets[i]}.");
                last = offsets[i];
            }

            if (offsets[0] < 0)
                throw new InvalidDataException($"Column {name} of the Arrow batch: row 0 starts at {offsets[0]}.");
            end = last;
            return bytes;
        }

        /// <summary>The next buffer. Each lies behind the one before it.</summary>
        private ReadOnlyMemory<byte> Take(string name, string what)
        {
            if (2 * buffer >= buffers.Length)
                throw new InvalidDataException($"The Arrow batch has {buffers.Length / 2} buffers; column {name} wants its {what} as a further one.");
            long offset = buffers[2 * buffer];
            long length = buffers[(2 * buffer) + 1];
            buffer++;
            if (length == 0)
                return default;
            if (offset < 0 || length < 0 || offset > body.Length || length > body.Length - offset)
                throw new InvalidDataException($"Column {name} of the Arrow batch: {what} of {length} bytes at byte {offset} of a body of {body.Length}.");
            if (offset < taken)
                throw new InvalidDataException($"Column {name} of the Arrow batch: {what} start at byte {offset}, where another buffer lasts to byte {taken}.");
            taken = offset + length;
            return body.Slice((int)offset, (int)length);
        }

        private static ReadOnlyMemory<byte> AtLeast(ReadOnlyMemory<byte> bytes, long wanted, string name, string what) => bytes.Length >= wanted
            ? bytes
            : throw new InvalidDataException($"Column {name} of the Arrow batch: {what} of {bytes.Length} bytes; {wanted} are wanted.");
    }
}
