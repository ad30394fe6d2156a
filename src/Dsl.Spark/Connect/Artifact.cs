using System;
using System.Collections.Generic;
using System.IO;
using Dsl.Spark.Protocol;
using Google.Protobuf;

namespace Dsl.Spark.Connect;

/// <summary>A file for a session: its name says what Spark does with it (<c>archives/x.tar.gz#alias</c>, <c>files/</c>, <c>cache/</c>).</summary>
/// <param name="Name">The name.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Open">Gives the bytes, from the start each time.</param>
internal sealed record Artifact(string Name, long Length, Func<Stream> Open)
{
    /// <summary>Bytes of a chunk. The server takes up to 8 MiB; larger ones were no faster.</summary>
    public const int ChunkLength = 1 << 20;

    public static Artifact FromBytes(string name, ReadOnlyMemory<byte> bytes)
    {
        // Copied once, so that the stream can be opened again whatever the memory is.
        byte[] copy = bytes.ToArray();
        return new Artifact(name, copy.Length, () => new MemoryStream(copy, writable: false));
    }

    public static Artifact FromFile(string name, string path) => new(name, new FileInfo(path).Length, () => File.OpenRead(path));

    /// <summary>The messages that carry it: one where it is small, else chunk after chunk. Each message is good until the next is asked for.</summary>
    public IEnumerable<AddArtifactsRequest> Messages()
    {
        using Stream stream = Open();
        byte[] buffer = new byte[(int)Math.Min(Length, ChunkLength)];
        if (Length <= ChunkLength)
        {
            AddArtifactsRequest.Types.Batch batch = new();
            batch.Artifacts.Add(new AddArtifactsRequest.Types.SingleChunkArtifact { Name = Name, Data = Chunk(stream, buffer) });
            yield return new AddArtifactsRequest { Batch = batch };
            yield break;
        }

        long chunks = (Length + ChunkLength - 1) / ChunkLength;
        for (long i = 0; i < chunks; i++)
        {
            Memory<byte> part = buffer.AsMemory(0, (int)Math.Min(ChunkLength, Length - (i * ChunkLength)));
            AddArtifactsRequest.Types.ArtifactChunk chunk = Chunk(stream, part);
            yield return i > 0
                ? new AddArtifactsRequest { Chunk = chunk }
                : new AddArtifactsRequest { BeginChunk = new AddArtifactsRequest.Types.BeginChunkedArtifact { Name = Name, TotalBytes = Length, NumChunks = chunks, InitialChunk = chunk } };
        }
    }

    private static AddArtifactsRequest.Types.ArtifactChunk Chunk(Stream stream, Memory<byte> buffer)
    {
        stream.ReadExactly(buffer.Span);
        return new AddArtifactsRequest.Types.ArtifactChunk { Data = UnsafeByteOperations.UnsafeWrap(buffer), Crc = Crc32.Of(buffer.Span) };
    }
}
