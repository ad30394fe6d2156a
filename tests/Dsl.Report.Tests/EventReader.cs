using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Dsl.Report.Tests;

/// <summary>A value of an event: which of the three it is tells <see cref="Kind"/>, the number of its field.</summary>
internal sealed record EventValue(string Tag, int Kind, double Scalar, double[][] Histogram, byte[] Picture, int[] PictureSize);

/// <summary>An event.</summary>
internal sealed record Event(double Time, long Step, string? Version, IReadOnlyList<EventValue> Values);

/// <summary>Reads event files: by the description of the formats alone, and strictly.</summary>
internal static class EventReader
{
    /// <summary>Reads records to the end.</summary>
    /// <exception cref="InvalidDataException">A record is cut, or its check sums are not those of its bytes; the message says where it begins.</exception>
    public static IReadOnlyList<Event> Read(byte[] file)
    {
        List<Event> events = [];
        int at = 0;
        while (at < file.Length)
        {
            int begin = at;
            byte[] head = Take(12);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(head);
            if (Unmasked(head.AsSpan(8)) != Crc32C(head.AsSpan(0, 8)))
                throw new InvalidDataException($"The record at {begin} has a length that is not what its check sum says.");
            byte[] data = Take(checked((int)length));
            if (Unmasked(Take(4)) != Crc32C(data))
                throw new InvalidDataException($"The record at {begin} has data that are not what their check sum says.");
            events.Add(EventOf(data));

            byte[] Take(int count)
            {
                if (count > file.Length - at)
                    throw new InvalidDataException($"The record at {begin} is cut.");
                at += count;
                return file[(at - count)..at];
            }
        }

        return events;
    }

    private static uint Unmasked(ReadOnlySpan<byte> masked)
    {
        uint rotated = BinaryPrimitives.ReadUInt32LittleEndian(masked) - 0xA282EAD8;
        return (rotated >> 17) | (rotated << 15);
    }

    /// <summary>Bit by bit: the remainder by Castagnoli's polynomial.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = ((crc & 1) * 0x82F63B78u) ^ (crc >> 1);
        }

        return ~crc;
    }

    private static Event EventOf(byte[] message)
    {
        List<(int Field, ulong Number, byte[] Bytes)> fields = Fields(message);
        return new Event(
            fields.Where(field => field.Field == 1).Select(field => BitConverter.UInt64BitsToDouble(field.Number)).Single(),
            (long)fields.Where(field => field.Field == 2).Select(field => field.Number).SingleOrDefault(),
            fields.Where(field => field.Field == 3).Select(field => Encoding.UTF8.GetString(field.Bytes)).SingleOrDefault(),
            [.. fields.Where(field => field.Field == 5).SelectMany(field => Fields(field.Bytes)).Select(field => ValueOf(field.Bytes))]);
    }

    private static EventValue ValueOf(byte[] message)
    {
        List<(int Field, ulong Number, byte[] Bytes)> fields = Fields(message);
        (int kind, ulong number, byte[] bytes) = fields.Single(field => field.Field is 2 or 4 or 5);
        List<(int Field, ulong Number, byte[] Bytes)> inner = kind == 2 ? [] : Fields(bytes);
        double[][] histogram = kind != 5 ? [] :
        [
            [.. inner.Where(field => field.Field <= 5).Select(field => BitConverter.UInt64BitsToDouble(field.Number))],
            .. inner.Where(field => field.Field >= 6).Select(field => field.Bytes.Chunk(8).Select(eight => BitConverter.ToDouble(eight)).ToArray()),
        ];
        return new EventValue(
            Encoding.UTF8.GetString(fields.Single(field => field.Field == 1).Bytes),
            kind,
            kind == 2 ? BitConverter.UInt32BitsToSingle((uint)number) : 0,
            histogram,
            kind == 4 ? inner.Single(field => field.Field == 4).Bytes : [],
            kind == 4 ? [.. inner.Where(field => field.Field < 4).Select(field => (int)field.Number)] : []);
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(byte[] message)
    {
        List<(int, ulong, byte[])> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint();
            int field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add((field, Varint(), []));
                    break;
                case 1:
                    fields.Add((field, BitConverter.ToUInt64(Take(8)), []));
                    break;
                case 5:
                    fields.Add((field, BitConverter.ToUInt32(Take(4)), []));
                    break;
                case 2:
                    fields.Add((field, 0, Take((int)Varint())));
                    break;
                default:
                    throw new InvalidDataException($"There is no wire type {key & 7}.");
            }
        }

        return fields;

        ulong Varint()
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte part = Take(1)[0];
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                    return value;
            }
        }

        byte[] Take(int count)
        {
            at += count;
            return message[(at - count)..at];
        }
    }
}
