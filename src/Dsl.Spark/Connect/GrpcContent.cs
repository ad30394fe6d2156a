using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;

namespace Dsl.Spark.Connect;

/// <summary>Messages on their way to a server, each behind five bytes: whether it is compressed (never), and its length.</summary>
internal sealed class GrpcContent : HttpContent
{
    private const int PrefixLength = 5;

    private readonly IEnumerable<IMessage> messages;

    /// <summary>Content of these messages, taken one by one as they are sent.</summary>
    /// <exception cref="ArgumentException">The one message is larger than a server takes.</exception>
    public GrpcContent(string method, IEnumerable<IMessage> messages)
    {
        this.messages = messages;
        if (messages is IMessage[] { Length: 1 } single)
            Check(method, single[0].CalculateSize());
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Headers must leave before the body: a server may answer while messages are still being made.
        foreach (IMessage message in messages)
        {
            int size = message.CalculateSize();
            byte[] buffer = ArrayPool<byte>.Shared.Rent(PrefixLength + size);
            try
            {
                buffer[0] = 0;
                BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(1), size);
                message.WriteTo(buffer.AsSpan(PrefixLength, size));
                await stream.WriteAsync(buffer.AsMemory(0, PrefixLength + size), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    private static void Check(string method, int size)
    {
        if (size > GrpcChannel.LargestRequest)
            throw new ArgumentException($"{method} would send {size:N0} bytes; Spark takes {GrpcChannel.LargestRequest:N0} at most in one request. Large data goes through files or tables.");
    }
}
