using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;

namespace Dsl.Spark.Connect;

/// <summary>The messages of an answer as they arrive. Nothing is read ahead of the caller: HTTP/2's own window is all that waits here.</summary>
internal sealed class GrpcStream<T> : IDisposable
    where T : class, IMessage<T>
{
    // Above this an array is better forgotten than kept in the pool.
    private const int LargestPooled = 16 << 20;

    private readonly ConnectionString target;
    private readonly HttpResponseMessage response;
    private readonly Stream stream;
    private readonly MessageParser<T> parser;
    private readonly byte[] prefix = new byte[5];

    public GrpcStream(ConnectionString target, HttpResponseMessage response, Stream stream, MessageParser<T> parser)
    {
        this.target = target;
        this.response = response;
        this.stream = stream;
        this.parser = parser;
    }

    /// <summary>The next message; null where the server says that there is none.</summary>
    /// <exception cref="GrpcException">The server says that it failed, or the connection broke.</exception>
    public async ValueTask<T?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            int got = await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            if (got == 0)
                return End();
            if (got < prefix.Length)
                throw new EndOfStreamException("an answer ended within a message's length");
            if (prefix[0] != 0)
                throw new GrpcException(GrpcCode.Internal, "The server sent a compressed message, which was not asked for.");
            int size = BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1));
            if (size < 0)
                throw new GrpcException(GrpcCode.Internal, $"The server announced a message of {(uint)size:N0} bytes; 2 GiB is the limit of gRPC.");
            byte[] body = size <= LargestPooled ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
            try
            {
                await stream.ReadExactlyAsync(body.AsMemory(0, size), cancellation).ConfigureAwait(false);
                return parser.ParseFrom(body.AsSpan(0, size));
            }
            finally
            {
                if (size <= LargestPooled)
                    ArrayPool<byte>.Shared.Return(body);
            }
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new GrpcException(GrpcCode.Internal, $"The server sent what is no {typeof(T).Name}: {error.Message}", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw GrpcChannel.Broken(target, error);
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        response.Dispose();
    }

    private T? End() => !GrpcException.TryRead(response.TrailingHeaders, out GrpcException? error)
        ? throw new GrpcException(GrpcCode.Unavailable, "The answer ended without a status: the connection was cut.")
        : error is null ? null : throw error;
}
