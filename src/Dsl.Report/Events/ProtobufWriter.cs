using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dsl.Report;

/// <summary>Writes messages in the wire format of protocol buffers: fields in the order in which they are given.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>A field of type int64 or int32, not negative.</summary>
    public void Integer(int field, long value)
    {
        Number(((ulong)field << 3) | Varint);
        Number((ulong)value);
    }

    /// <summary>A field of type double.</summary>
    public void Double(int field, double value)
    {
        Number(((ulong)field << 3) | Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(sizeof(double)), value);
        bytes.Advance(sizeof(double));
    }

    /// <summary>A field of type float.</summary>
    public void Float(int field, float value)
    {
        Number(((ulong)field << 3) | Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.GetSpan(sizeof(float)), value);
        bytes.Advance(sizeof(float));
    }

    /// <summary>A field of type string.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A repeated field of type double, packed.</summary>
    public void Doubles(int field, ReadOnlySpan<double> values)
    {
        Number(((ulong)field << 3) | Delimited);
        Number((ulong)values.Length * sizeof(double));
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(sizeof(double)), value);
            bytes.Advance(sizeof(double));
        }
    }

    /// <summary>A field that is a message.</summary>
    public void Message(int field, ProtobufWriter message) => Bytes(field, message.Written);

    /// <summary>A field of type bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Number(((ulong)field << 3) | Delimited);
        Number((ulong)value.Length);
        bytes.Write(value);
    }

    private void Number(ulong value)
    {
        Span<byte> digits = bytes.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            digits[length++] = (byte)(value | 0x80);
        digits[length++] = (byte)value;
        bytes.Advance(length);
    }
}
