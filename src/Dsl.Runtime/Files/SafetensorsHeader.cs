using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dsl.Runtime;

/// <summary>
/// The header of a safetensors file (https://github.com/huggingface/safetensors#format): 8 bytes of little-endian length, then a JSON object
/// of tensors, then their bytes without a hole or an overlap. Everything in it is checked here, so that a reader can trust it.
/// </summary>
public sealed class SafetensorsHeader
{
    /// <summary>The longest header that is read, as in the format's own reader.</summary>
    internal const int MaximumLength = 100_000_000;

    /// <summary>The bytes before the header: its length.</summary>
    internal const int LengthBytes = 8;

    /// <summary>The member that is no tensor.</summary>
    internal const string MetadataKey = "__metadata__";

    private SafetensorsHeader(long dataStart, List<SafetensorsEntry> tensors, Dictionary<string, string> metadata)
    {
        DataStart = dataStart;
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Tensors { get; }

    /// <summary>The strings of <c>__metadata__</c>; empty without it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where the tensors' bytes begin in the file.</summary>
    internal long DataStart { get; }

    /// <summary>Checks the header's length against the file's before anything is allocated for it.</summary>
    internal static int CheckLength(ulong headerLength, long fileLength, string source)
    {
        if (headerLength > MaximumLength || (long)headerLength > fileLength - LengthBytes)
        {
            throw new SafetensorsException(
                $"{source} is no safetensors file or is cut off: its header claims {headerLength} bytes, the file has {fileLength} in all.");
        }

        return (int)headerLength;
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="fileLength">The length of the whole file in bytes.</param>
    /// <param name="source">What the file is called in messages.</param>
    /// <exception cref="SafetensorsException">The header is damaged, or does not fit the file.</exception>
    internal static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long fileLength, string source)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
            throw new SafetensorsException($"{source} is no safetensors file: its header is no JSON object.");
        long dataLength = fileLength - LengthBytes - json.Length;
        List<SafetensorsEntry> tensors = [];
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        List<NamedRange> ranges = [];
        if (new PlainHeaderReader(json).TryRead(ranges, metadata))
        {
            foreach (NamedRange range in ranges)
                tensors.Add(Check(range, dataLength, source));
        }
        else
        {
            metadata.Clear();
            ReadAnyJson(json, dataLength, source, tensors, metadata);
        }

        CheckCoverage(tensors, dataLength, source);
        return new SafetensorsHeader(LengthBytes + (long)json.Length, tensors, metadata);
    }

    // Apart, so that System.Text.Json is loaded where it is wanted alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadAnyJson(ReadOnlySpan<byte> json, long dataLength, string source, List<SafetensorsEntry> tensors, Dictionary<string, string> metadata)
    {
        try
        {
            HeaderReader reader = new(json, dataLength, source);
            reader.ReadAll(tensors, metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException is what Utf8JsonReader throws for text that is no valid UTF-8 or has half a surrogate pair. No inner exception:
            // its message may quote the file at any length.
            throw new SafetensorsException($"{source} has a damaged header: {Explain(e)}");
        }
    }

    private static string Explain(Exception e)
    {
        // The place stands at the end of the message, which is cut off where it quotes much.
        int place = e is JsonException ? e.Message.LastIndexOf(" LineNumber:", StringComparison.Ordinal) : -1;
        return place < 0 ? MessageText.Plain(e.Message) : MessageText.Plain(e.Message[..place]) + MessageText.Plain(e.Message[place..]);
    }

    private static SafetensorsException Damaged(string source, string what) => new($"{source} has a damaged header: {what}.");

    private static SafetensorsEntry Check(NamedRange tensor, long dataLength, string source)
    {
        (string name, string elementType, long[] shape, long begin, long end) = tensor;
        if (begin > end || end > dataLength)
            throw Damaged(source, $"tensor {MessageText.Quote(name)} claims the bytes {begin} to {end} of {dataLength}; the file is cut off or the header wrong");
        int bits = SafetensorsEntry.BitsPerElement(elementType);
        if (bits == 0)
            throw Damaged(source, $"tensor {MessageText.Quote(name)} has the unknown element type {MessageText.Quote(elementType)}");

        // A UInt128 holds any product that is still worth comparing: it is cut short as soon as it exceeds what a file can hold.
        UInt128 needed = (UInt128)bits;
        foreach (long dimension in shape)
        {
            if (dimension == 0)
            {
                needed = 0;
                break;
            }

            needed = needed > ulong.MaxValue ? needed : needed * (UInt128)dimension;
        }

        if (needed != (UInt128)(end - begin) * 8)
            throw Damaged(source, $"tensor {MessageText.Quote(name)} ({elementType} {TensorShape.Format(shape)}) does not fit its {end - begin} bytes");
        return new SafetensorsEntry(name, elementType, shape, begin, end);
    }

    private static void CheckCoverage(List<SafetensorsEntry> tensors, long dataLength, string source)
    {
        SafetensorsEntry[] ordered = [.. tensors];
        Array.Sort(ordered, static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long covered = 0;
        string before = "the header";
        foreach (SafetensorsEntry tensor in ordered)
        {
            if (tensor.Begin < covered)
                throw new SafetensorsException($"{source} is damaged: the bytes of {MessageText.Quote(tensor.Name)} overlap those of {before}.");
            if (tensor.Begin > covered)
                throw new SafetensorsException($"{source} is damaged: {tensor.Begin - covered} bytes between {before} and {MessageText.Quote(tensor.Name)} belong to no tensor.");
            covered = tensor.End;
            before = MessageText.Quote(tensor.Name);
        }

        if (covered != dataLength)
            throw new SafetensorsException($"{source} is damaged: {dataLength - covered} bytes after {before} belong to no tensor.");
    }

    private ref struct HeaderReader
    {
        private readonly long dataLength;
        private readonly string source;
        private Utf8JsonReader json;

        public HeaderReader(ReadOnlySpan<byte> json, long dataLength, string source)
        {
            this.json = new Utf8JsonReader(json);
            this.dataLength = dataLength;
            this.source = source;
        }

        public void ReadAll(List<SafetensorsEntry> tensors, Dictionary<string, string> metadata)
        {
            HashSet<string> names = new(StringComparer.Ordinal);
            json.Read();
            while (NextName() is { } name)
            {
                if (!names.Add(name))
                    throw Damaged($"{MessageText.Quote(name)} stands in it twice");
                if (name == MetadataKey)
                    ReadMetadata(metadata);
                else
                    tensors.Add(ReadTensor(name));
            }

            // Only blanks may follow: Read throws for anything else.
            json.Read();
        }

        private readonly SafetensorsException Damaged(string what) => SafetensorsHeader.Damaged(source, what);

        /// <summary>The next property's name; null at the object's end.</summary>
        private string? NextName()
        {
            json.Read();
            return json.TokenType == JsonTokenType.EndObject ? null : json.GetString();
        }

        private void ReadMetadata(Dictionary<string, string> metadata)
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw Damaged($"{MetadataKey} is no object");
            while (NextName() is { } key)
            {
                json.Read();
                if (json.TokenType != JsonTokenType.String)
                    throw Damaged($"the value of {MessageText.Quote(key)} in {MetadataKey} is no string");
                if (!metadata.TryAdd(key, json.GetString()!))
                    throw Damaged($"{MessageText.Quote(key)} stands in {MetadataKey} twice");
            }
        }

        private SafetensorsEntry ReadTensor(string name)
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw Damaged($"tensor {MessageText.Quote(name)} is no object");
            string? elementType = null;
            long[]? shape = null;
            long[]? offsets = null;
            while (NextName() is { } key)
            {
                json.Read();
                switch (key)
                {
                    case "dtype" when elementType is null && json.TokenType == JsonTokenType.String:
                        elementType = json.GetString();
                        break;
                    case "shape" when shape is null:
                        shape = ReadNumbers(name, key);
                        break;
                    case "data_offsets" when offsets is null:
                        offsets = ReadNumbers(name, key);
                        break;
                    case "dtype" or "shape" or "data_offsets":
                        throw Damaged($"tensor {MessageText.Quote(name)} has a wrong or a second {key}");
                    default:
                        json.Skip();
                        break;
                }
            }

            if (elementType is null || shape is null || offsets is not { Length: 2 })
                throw Damaged($"tensor {MessageText.Quote(name)} needs dtype, shape and two data_offsets");
            return Check(new NamedRange(name, elementType, shape, offsets[0], offsets[1]), dataLength, source);
        }

        private long[] ReadNumbers(string name, string key)
        {
            if (json.TokenType != JsonTokenType.StartArray)
                throw Damaged($"{key} of tensor {MessageText.Quote(name)} is no array");
            List<long> numbers = [];
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
                    throw Damaged($"{key} of tensor {MessageText.Quote(name)} has something else than whole numbers from 0 to 2⁶³-1");
                numbers.Add(number);
            }

            return [.. numbers];
        }
    }
}
