using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;

namespace Dsl.Report;

/// <summary>
/// A file of events as TensorBoard reads it: TFRecord framing (length, its check sum, data, their check sum) around <c>Event</c> messages (tensorflow/core/util/event.proto and
/// framework/summary.proto). Events are gathered in memory and appended in one write, so that whatever ends the process leaves whole records, or one cut at the end, which readers pass over.
/// </summary>
internal sealed class EventFile
{
    private const string Version = "brain.Event:2";
    private const uint MaskDelta = 0xA282EAD8;

    private readonly ArrayBufferWriter<byte> gathered = new();

    /// <summary>Starts a file with the event that tells its version.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="time">Now.</param>
    public EventFile(string path, DateTimeOffset time)
    {
        Path = path;
        ProtobufWriter first = Event(time, 0);
        first.Text(3, Version);
        Add(first);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Gathers a number.</summary>
    public void Scalar(DateTimeOffset time, long step, string tag, double value)
    {
        ProtobufWriter summary = Tagged(tag);
        summary.Float(2, (float)value);
        Summary(time, step, summary);
    }

    /// <summary>Gathers how values are spread.</summary>
    public void Values(DateTimeOffset time, long step, string tag, Histogram histogram)
    {
        ProtobufWriter message = new();
        message.Double(1, histogram.Minimum);
        message.Double(2, histogram.Maximum);
        message.Double(3, histogram.Count);
        message.Double(4, histogram.Sum);
        message.Double(5, histogram.SumOfSquares);
        message.Doubles(6, histogram.Limits);
        message.Doubles(7, histogram.Counts);
        ProtobufWriter summary = Tagged(tag);
        summary.Message(5, message);
        Summary(time, step, summary);
    }

    /// <summary>Gathers a picture.</summary>
    public void Image(DateTimeOffset time, long step, string tag, Picture picture)
    {
        ProtobufWriter message = new();
        message.Integer(1, picture.Height);
        message.Integer(2, picture.Width);
        message.Integer(3, picture.Channels);
        message.Bytes(4, picture.ToPng());
        ProtobufWriter summary = Tagged(tag);
        summary.Message(4, message);
        Summary(time, step, summary);
    }

    /// <summary>Appends to the file what was gathered since the last time.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush()
    {
        using FileStream file = new(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(gathered.WrittenSpan);
        gathered.ResetWrittenCount();
    }

    /// <summary>The check sum of a record: CRC-32C, turned and shifted so that sums of sums are not degenerate (tensorflow/core/lib/hash/crc32c.h).</summary>
    internal static uint MaskedSum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
            sum = BitOperations.Crc32C(sum, value);
        return BitOperations.RotateRight(~sum, 15) + MaskDelta;
    }

    private static ProtobufWriter Event(DateTimeOffset time, long step)
    {
        ProtobufWriter message = new();
        message.Double(1, (time - DateTimeOffset.UnixEpoch).TotalSeconds);
        message.Integer(2, step);
        return message;
    }

    private static ProtobufWriter Tagged(string tag)
    {
        ProtobufWriter value = new();
        value.Text(1, tag);
        return value;
    }

    private void Summary(DateTimeOffset time, long step, ProtobufWriter value)
    {
        ProtobufWriter summary = new();
        summary.Message(1, value);
        ProtobufWriter message = Event(time, step);
        message.Message(5, summary);
        Add(message);
    }

    private void Add(ProtobufWriter message)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)message.Written.Length);
        gathered.Write(number);
        Sum(number);
        gathered.Write(message.Written);
        Sum(message.Written);
    }

    private void Sum(ReadOnlySpan<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(number, MaskedSum(bytes));
        gathered.Write(number);
    }
}
