using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;

namespace Dsl.Spark.Connect;

/// <summary>
/// Calls of gRPC over HTTP/2 (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md): one message to one, one to many, many to one. What goes wrong, also on the way, is a
/// <see cref="GrpcException"/>.
/// </summary>
internal sealed class GrpcChannel : IDisposable
{
    /// <summary>What Spark's server takes at most in one message, unless configured otherwise. Beyond it the server resets the stream and HttpClient waits for ever.</summary>
    public const int LargestRequest = 128 << 20;

    private const string Service = "/spark.connect.SparkConnectService/";

    private readonly HttpClient http;
    private readonly ConnectionString target;

    public GrpcChannel(ConnectionString target, string userAgent)
    {
        this.target = target;
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(20),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            AutomaticDecompression = DecompressionMethods.None,
            UseProxy = target.UsesTls,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        if (target.UsesTls)
            handler.SslOptions.CertificateChainPolicy = TrustedRoots.Policy();
        http = new HttpClient(handler)
        {
            BaseAddress = target.Address,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        HttpRequestHeaders headers = http.DefaultRequestHeaders;
        headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        headers.TryAddWithoutValidation("user-agent", userAgent);
        foreach ((string name, string value) in target.Headers)
            headers.TryAddWithoutValidation(name, value);
        if (target.Token is { } token)
            headers.TryAddWithoutValidation("authorization", "Bearer " + token);
    }

    /// <summary>Sends a message and takes one.</summary>
    public async Task<T> CallAsync<T>(string method, IMessage request, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        using GrpcStream<T> answers = await OpenAsync(method, request, parser, cancellation).ConfigureAwait(false);
        return await OnlyAsync(method, answers, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a message and takes many; the stream is the caller's to dispose.</summary>
    public Task<GrpcStream<T>> OpenAsync<T>(string method, IMessage request, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T> => SendAsync(method, new[] { request }, parser, cancellation);

    /// <summary>Sends messages as they come and takes one.</summary>
    public async Task<T> UploadAsync<T>(string method, IEnumerable<IMessage> requests, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        using GrpcStream<T> answers = await SendAsync(method, requests, parser, cancellation).ConfigureAwait(false);
        return await OnlyAsync(method, answers, cancellation).ConfigureAwait(false);
    }

    public void Dispose() => http.Dispose();

    private static async Task<T> OnlyAsync<T>(string method, GrpcStream<T> answers, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        T answer = await answers.ReadAsync(cancellation).ConfigureAwait(false) ?? throw new GrpcException(GrpcCode.Internal, $"The server ended {method} without an answer.");
        // The status comes behind the message.
        return await answers.ReadAsync(cancellation).ConfigureAwait(false) is null ? answer : throw new GrpcException(GrpcCode.Internal, $"The server gave {method} more than one answer.");
    }

    private async Task<GrpcStream<T>> SendAsync<T>(string method, IEnumerable<IMessage> requests, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Service + method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new GrpcContent(method, requests),
        };
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Broken(target, error);
        }

        try
        {
            if (GrpcException.TryRead(response.Headers, out GrpcException? error) && error is not null)
                throw error;
            if (response.StatusCode != HttpStatusCode.OK)
                throw new GrpcException(CodeOf(response.StatusCode), $"{target.Address} answered with HTTP status {(int)response.StatusCode} ({response.ReasonPhrase}) instead of gRPC.");
            if (response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
                throw new GrpcException(GrpcCode.Unknown, $"{target.Address} answered with content of type {response.Content.Headers.ContentType}; Spark Connect speaks gRPC.");
            return new GrpcStream<T>(target, response, await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), parser);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>What broke on the way, as a status: worth another try unless it is the certificate.</summary>
    internal static GrpcException Broken(ConnectionString target, Exception error)
    {
        // The request's own content was refused before it was sent.
        if (error.InnerException is GrpcException own)
            return own;
        bool isRefusedForGood = error is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError };
        return new GrpcException(
            isRefusedForGood ? GrpcCode.FailedPrecondition : GrpcCode.Unavailable,
            $"The connection to {target.Host}:{target.Port} {(isRefusedForGood ? "cannot be made" : "failed")}: {(error.InnerException ?? error).Message}",
            error);
    }

    private static GrpcCode CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => GrpcCode.Internal,
        HttpStatusCode.Unauthorized => GrpcCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => GrpcCode.Unavailable,
        _ => GrpcCode.Unknown,
    };
}
