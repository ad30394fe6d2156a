using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Dsl.Conformance;

/// <summary>An ONNX file, read as protobuf describes it: as much as tests look at.</summary>
public sealed class OnnxFile
{
    private OnnxFile(byte[] bytes)
    {
        Message model = new(bytes);
        IrVersion = model.Integers(1).Single();
        Opset = model.Messages(8).Single().Integers(2).Single();
        Message graph = model.Messages(7).Single();
        Nodes = [.. graph.Messages(1).Select(node => new OnnxFileNode(node))];
        Initializers = graph.Messages(5).Select(tensor => new OnnxFileTensor(tensor)).ToDictionary(tensor => tensor.Name);
        Inputs = [.. graph.Messages(11).Select(value => new OnnxFileValue(value))];
        Outputs = [.. graph.Messages(12).Select(value => new OnnxFileValue(value))];
    }

    public long IrVersion { get; }

    public long Opset { get; }

    public IReadOnlyList<OnnxFileNode> Nodes { get; }

    public IReadOnlyDictionary<string, OnnxFileTensor> Initializers { get; }

    public IReadOnlyList<OnnxFileValue> Inputs { get; }

    public IReadOnlyList<OnnxFileValue> Outputs { get; }

    public static OnnxFile Read(byte[] bytes) => new(bytes);

    /// <summary>The fields of a message by number, in the order in which they stand there.</summary>
    internal sealed class Message
    {
        private readonly List<(int Field, long Number, ReadOnlyMemory<byte> Bytes)> fields = [];

        public Message(ReadOnlyMemory<byte> bytes)
        {
            int at = 0;
            while (at < bytes.Length)
            {
                long tag = Varint(bytes.Span, ref at);
                switch (tag & 7)
                {
                    case 0:
                        fields.Add(((int)(tag >> 3), Varint(bytes.Span, ref at), default));
                        break;
                    case 2:
                        int length = (int)Varint(bytes.Span, ref at);
                        fields.Add(((int)(tag >> 3), 0, bytes.Slice(at, length)));
                        at += length;
                        break;
                    case 5:
                        fields.Add(((int)(tag >> 3), BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[at..]), default));
                        at += sizeof(int);
                        break;
                    default:
                        throw new InvalidOperationException($"wire type {tag & 7}");
                }
            }
        }

        public IEnumerable<long> Integers(int field) => fields.Where(one => one.Field == field).Select(one => one.Number);

        public IEnumerable<ReadOnlyMemory<byte>> Bytes(int field) => fields.Where(one => one.Field == field).Select(one => one.Bytes);

        public IEnumerable<string> Texts(int field) => Bytes(field).Select(bytes => Encoding.UTF8.GetString(bytes.Span));

        public IEnumerable<Message> Messages(int field) => Bytes(field).Select(bytes => new Message(bytes));

        private static long Varint(ReadOnlySpan<byte> bytes, ref int at)
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte one = bytes[at++];
                value |= (ulong)(one & 0x7F) << shift;
                if (one < 0x80)
                    return (long)value;
            }
        }
    }
}

/// <summary>A node.</summary>
public sealed class OnnxFileNode
{
    private readonly Dictionary<string, OnnxFile.Message> attributes;

    internal OnnxFileNode(OnnxFile.Message node)
    {
        Inputs = [.. node.Texts(1)];
        Outputs = [.. node.Texts(2)];
        Name = node.Texts(3).Single();
        Operation = node.Texts(4).Single();
        attributes = node.Messages(5).ToDictionary(attribute => attribute.Texts(1).Single());
    }

    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    public string Name { get; }

    public string Operation { get; }

    public IEnumerable<string> Attributes => attributes.Keys;

    public long Int(string attribute) => attributes[attribute].Integers(3).Single();

    public long[] Ints(string attribute) => [.. attributes[attribute].Integers(8)];

    public float Float(string attribute) => BitConverter.Int32BitsToSingle((int)attributes[attribute].Integers(2).Single());

    public string Text(string attribute) => attributes[attribute].Texts(4).Single();
}

/// <summary>A tensor with its values.</summary>
public sealed class OnnxFileTensor
{
    private readonly ReadOnlyMemory<byte> bytes;

    internal OnnxFileTensor(OnnxFile.Message tensor)
    {
        Shape = [.. tensor.Integers(1)];
        Element = tensor.Integers(2).Single();
        Name = tensor.Texts(8).Single();
        bytes = tensor.Bytes(9).Single();
    }

    public string Name { get; }

    public long[] Shape { get; }

    /// <summary>1: float32, 6: int32, 7: int64.</summary>
    public long Element { get; }

    public T[] Values<T>()
        where T : struct => MemoryMarshal.Cast<byte, T>(bytes.Span).ToArray();
}

/// <summary>An input or output of the graph.</summary>
public sealed class OnnxFileValue
{
    internal OnnxFileValue(OnnxFile.Message value)
    {
        Name = value.Texts(1).Single();
        OnnxFile.Message tensor = value.Messages(2).Single().Messages(1).Single();
        Element = tensor.Integers(1).Single();
        Dimensions = [.. tensor.Messages(2).Single().Messages(1).Select(dimension => dimension.Texts(2).SingleOrDefault() ?? dimension.Integers(1).Single().ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    public string Name { get; }

    public long Element { get; }

    /// <summary>Sizes, or the name of one that is not fixed.</summary>
    public string[] Dimensions { get; }
}
