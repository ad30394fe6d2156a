using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dsl.Runtime;

/// <summary>The fields of one protobuf message, in wire format (protobuf.dev/programming-guides/encoding): as much of it as an ONNX file needs.</summary>
internal sealed class ProtobufWriter
{
    private const int LongestVarint = 10;

    private readonly ArrayBufferWriter<byte> bytes = new();

    private enum WireType
    {
        Varint = 0,
        LengthDelimited = 2,
        Fixed32 = 5,
    }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>An int64, int32 or enum.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    /// <summary>A float.</summary>
    public void Float(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.GetSpan(sizeof(float)), value);
        bytes.Advance(sizeof(float));
    }

    /// <summary>A string.</summary>
    public void Text(int field, string text)
    {
        Head(field, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    /// <summary>A message within this one.</summary>
    public void Message(int field, ProtobufWriter message)
    {
        Head(field, message.Written.Length);
        bytes.Write(message.Written);
    }

    /// <summary>The start of bytes or of a message that come from elsewhere.</summary>
    public void Head(int field, long length)
    {
        Tag(field, WireType.LengthDelimited);
        Varint((ulong)length);
    }

    private void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Varint(ulong value)
    {
        Span<byte> span = bytes.GetSpan(LongestVarint);
        int count = 0;
        for (; value >= 0x80; value >>= 7)
            span[count++] = (byte)(value | 0x80);
        span[count++] = (byte)value;
        bytes.Advance(count);
    }
}
