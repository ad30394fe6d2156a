using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Dsl.Runtime;

/// <summary>
/// Reads and writes safetensors files. Of networks F32 is written; F32, F16 and BF16 are read. Tensors are written from and read into the memory in which
/// they live. A file is checked whole before the first value is stored: an error leaves every tensor as it was.
/// </summary>
public static partial class Safetensors
{
    private const int ChunkFloats = 1 << 20;

    /// <summary>Writes a file whole or not at all: the old file stays until the new one is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors, written in this order as F32.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>, written in ordinal order.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a shape does not fit its values.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<INamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        FileReplacement.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{INamedTensor}, IReadOnlyDictionary{string, string}?)"/>
    public static void Write(Stream stream, IReadOnlyList<INamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        WriteHeader(stream, metadata, tensors.Count, entries =>
        {
            foreach (INamedTensor tensor in tensors)
                entries.Add(tensor.Name, "F32", sizeof(float), tensor.Shape, tensor.Count, nameof(tensors));
        });
        foreach (INamedTensor tensor in tensors)
        {
            ReadOnlySpan<float> values = tensor.Values;
            for (int start = 0; start < values.Length; start += ChunkFloats)
                stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(ChunkFloats, values.Length - start))));
        }
    }

    /// <summary>Reads a file's header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    public static SafetensorsHeader ReadHeader(string path)
    {
        using SafeFileHandle file = Open(path);
        return ReadHeader(new FileBytes(file, path), path);
    }

    /// <summary>Reads the header of a file in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">What the file is called in messages.</param>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    public static SafetensorsHeader ReadHeader(ReadOnlySpan<byte> bytes, string source = "The safetensors data") => ReadHeader(new MemoryBytes(bytes), source);

    /// <summary>Reads a file into tensors: each must be there in its shape, and nothing else but <c>*.num_batches_tracked</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors to fill; their values are stored only when the whole file fits.</param>
    /// <param name="prefix">Only names that begin with it count, and it is cut off them; see <see cref="TensorNames.Resolve"/>.</param>
    /// <param name="map">Makes a tensor's name of a name in the file, or null to pass it over; see <see cref="TensorNames.Resolve"/>.</param>
    /// <returns>The header, for its metadata.</returns>
    /// <exception cref="SafetensorsException">The file is damaged or does not fit; the message names the tensor.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static SafetensorsHeader Read(string path, IReadOnlyList<INamedTensor> tensors, string? prefix = null, Func<string, string?>? map = null)
    {
        using SafeFileHandle file = Open(path);
        return Read(new FileBytes(file, path), tensors, path, prefix, map);
    }

    /// <summary>Reads a file in memory into tensors.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="tensors">The tensors to fill.</param>
    /// <param name="prefix">Only names that begin with it count, and it is cut off them; see <see cref="TensorNames.Resolve"/>.</param>
    /// <param name="map">Makes a tensor's name of a name in the file, or null to pass it over; see <see cref="TensorNames.Resolve"/>.</param>
    /// <param name="source">What the file is called in messages.</param>
    /// <inheritdoc cref="Read(string, IReadOnlyList{INamedTensor}, string?, Func{string, string?}?)"/>
    public static SafetensorsHeader Read(
        ReadOnlySpan<byte> bytes,
        IReadOnlyList<INamedTensor> tensors,
        string? prefix = null,
        Func<string, string?>? map = null,
        string source = "The safetensors data") => Read(new MemoryBytes(bytes), tensors, source, prefix, map);

    /// <summary>Reads a file into tensors that are chosen by its header: of one file, though another may take its name meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choose">Checks the header, and gives the tensors to fill.</param>
    /// <param name="map">See <see cref="TensorNames.Resolve"/>; asked after <paramref name="choose"/>.</param>
    internal static void Read(string path, Func<SafetensorsHeader, IReadOnlyList<INamedTensor>> choose, Func<string, string?> map)
    {
        using SafeFileHandle file = Open(path);
        FileBytes bytes = new(file, path);
        SafetensorsHeader header = ReadHeader(bytes, path);
        Fill(bytes, header, choose(header), path, null, map);
    }

    private static SafeFileHandle Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be read: {(Directory.Exists(path) ? "it is a folder." : e.Message)}", e);
        }
    }

    private static SafetensorsHeader ReadHeader<TBytes>(TBytes bytes, string source)
        where TBytes : ITensorBytes, allows ref struct
    {
        if (bytes.Length < SafetensorsHeader.LengthBytes)
            throw new SafetensorsException($"{source} is no safetensors file or is cut off: it has {bytes.Length} bytes.");
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        bytes.Read(0, length);
        byte[] json = new byte[SafetensorsHeader.CheckLength(BinaryPrimitives.ReadUInt64LittleEndian(length), bytes.Length, source)];
        bytes.Read(SafetensorsHeader.LengthBytes, json);
        return SafetensorsHeader.Parse(json, bytes.Length, source);
    }

    private static SafetensorsHeader Read<TBytes>(TBytes bytes, IReadOnlyList<INamedTensor> tensors, string source, string? prefix, Func<string, string?>? map)
        where TBytes : ITensorBytes, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(tensors);
        SafetensorsHeader header = ReadHeader(bytes, source);
        Fill(bytes, header, tensors, source, prefix, map);
        return header;
    }

    private static void Fill<TBytes>(
        TBytes bytes, SafetensorsHeader header, IReadOnlyList<INamedTensor> tensors, string source, string? prefix, Func<string, string?>? map)
        where TBytes : ITensorBytes, allows ref struct
    {
        string[] inFile = new string[header.Tensors.Count];
        for (int i = 0; i < inFile.Length; i++)
            inFile[i] = header.Tensors[i].Name;
        string[] wanted = new string[tensors.Count];
        for (int i = 0; i < wanted.Length; i++)
            wanted[i] = tensors[i].Name;
        int[] found = TensorNames.Resolve(inFile, wanted, source, prefix, map);
        for (int i = 0; i < found.Length; i++)
            CheckFits(header.Tensors[found[i]], tensors[i], source);
        for (int i = 0; i < found.Length; i++)
            ReadValues(bytes, header.DataStart, header.Tensors[found[i]], tensors[i].ValuesToReplace);
    }

    private static void CheckFits(SafetensorsEntry entry, INamedTensor tensor, string source)
    {
        string name = MessageText.Quote(tensor.Name);
        if (entry.Name != tensor.Name)
            name += $" ({MessageText.Quote(entry.Name)} in the file)";
        if (!entry.HasShape(tensor.Shape))
        {
            throw new SafetensorsException(
                $"{source}: {name} has shape {TensorShape.Format(entry.Shape)} in the file, but {TensorShape.Format(tensor.Shape)} is wanted.");
        }

        if (entry.ElementType is not ("F32" or "F16" or "BF16"))
            throw new SafetensorsException($"{source}: {name} has element type {entry.ElementType}; F32, F16 and BF16 are read.");
    }

    private static void ReadValues<TBytes>(TBytes bytes, long dataStart, SafetensorsEntry entry, Span<float> values)
        where TBytes : ITensorBytes, allows ref struct
    {
        long offset = dataStart + entry.Begin;
        if (entry.ElementType == "F32")
        {
            for (int start = 0; start < values.Length; start += ChunkFloats)
            {
                Span<byte> chunk = MemoryMarshal.AsBytes(values.Slice(start, Math.Min(ChunkFloats, values.Length - start)));
                bytes.Read(offset, chunk);
                offset += chunk.Length;
            }

            return;
        }

        Span<ushort> halves = stackalloc ushort[1024];
        bool brain = entry.ElementType == "BF16";
        while (!values.IsEmpty)
        {
            Span<ushort> chunk = halves[..Math.Min(halves.Length, values.Length)];
            bytes.Read(offset, MemoryMarshal.AsBytes(chunk));
            for (int i = 0; i < chunk.Length; i++)
                values[i] = brain ? BitConverter.UInt32BitsToSingle((uint)chunk[i] << 16) : (float)BitConverter.UInt16BitsToHalf(chunk[i]);
            values = values[chunk.Length..];
            offset += chunk.Length * sizeof(ushort);
        }
    }

    private static void WriteHeader(Stream stream, IReadOnlyDictionary<string, string>? metadata, int count, Action<HeaderEntries> write)
    {
        ArrayBufferWriter<byte> header = new(256 + (128 * count));
        header.Advance(SafetensorsHeader.LengthBytes);
        using (Utf8JsonWriter json = new(header))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            write(new HeaderEntries(json));
            json.WriteEndObject();
        }

        // Blanks up to a multiple of 8, so that the values are aligned in a mapped file.
        int padding = -header.WrittenCount & 7;
        header.GetSpan(8)[..padding].Fill((byte)' ');
        header.Advance(padding);
        byte[] bytes = header.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - SafetensorsHeader.LengthBytes);
        stream.Write(bytes);
    }

    /// <summary>The tensors of a header that is being written, one behind the other.</summary>
    private sealed class HeaderEntries(Utf8JsonWriter json)
    {
        private readonly HashSet<string> names = new(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        private long offset;

        public void Add(string name, string elementType, int elementBytes, ReadOnlySpan<int> shape, int length, string parameter)
        {
            if (!names.Add(name))
                throw new ArgumentException($"Two tensors are called {MessageText.Quote(name)}, or one has the reserved name.", parameter);
            long count = 1;
            json.WriteStartObject(name);
            json.WriteString("dtype", elementType);
            json.WriteStartArray("shape");
            foreach (int dimension in shape)
            {
                json.WriteNumberValue(dimension);
                count = checked(count * dimension);
            }

            json.WriteEndArray();
            if (count != length)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Tensor {MessageText.Quote(name)} has shape {TensorShape.Format(shape)}, but {length} values."), parameter);
            }

            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            offset += length * (long)elementBytes;
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
