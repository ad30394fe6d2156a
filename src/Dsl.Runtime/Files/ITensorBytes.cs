using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Dsl.Runtime;

/// <summary>Where the bytes of a file come from: memory, or the file itself, read piece by piece straight to where they belong.</summary>
internal interface ITensorBytes
{
    long Length { get; }

    void Read(long offset, scoped Span<byte> destination);
}

/// <summary>A file in memory.</summary>
internal readonly ref struct MemoryBytes(ReadOnlySpan<byte> bytes) : ITensorBytes
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public long Length => bytes.Length;

    public void Read(long offset, scoped Span<byte> destination) => bytes.Slice((int)offset, destination.Length).CopyTo(destination);
}

/// <summary>A file on disk.</summary>
internal readonly struct FileBytes(SafeFileHandle file, string path) : ITensorBytes
{
    private readonly SafeFileHandle file = file;
    private readonly string path = path;

    public long Length { get; } = LengthOf(file, path);

    public void Read(long offset, scoped Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(file, destination, offset);
            if (count == 0)
                throw new SafetensorsException($"{path} became shorter while it was read.");
            destination = destination[count..];
            offset += count;
        }
    }

    private static long LengthOf(SafeFileHandle file, string path)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            throw new SafetensorsException($"{path} is no safetensors file but a pipe or a device, which cannot be read in any order.");
        }
    }
}
