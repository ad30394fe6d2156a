using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;
using Dsl.Spark.Protocol.Rpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dsl.Spark.Tests.Connect;

/// <summary>A Spark Connect server that answers any plan with the same answers, keeps operations as Spark does, and fails where a test wants it.</summary>
internal sealed class FakeSpark : IAsyncDisposable
{
    private readonly WebApplication app;
    private int streams;

    private FakeSpark(WebApplication app) => this.app = app;

    /// <summary>What a plan is answered with, without ids.</summary>
    public List<ExecutePlanResponse> Answers { get; } = [];

    /// <summary>Where the nth stream of answers (from 0) breaks: after so many messages, and so many bytes of the next. Null: not at all.</summary>
    public Func<int, (int Messages, int Bytes)?> Cut { get; set; } = _ => null;

    /// <summary>Fails a call, whatever it asks for; null: does not.</summary>
    public Func<string, FakeError?> Fail { get; set; } = _ => null;

    /// <summary>What holds a stream of answers open behind its last message, or before its cut.</summary>
    public Task? Hold { get; set; }

    /// <summary>Calls by name, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<IMessage> Requests { get; } = new();

    public ConcurrentDictionary<string, List<ExecutePlanResponse>> Operations { get; } = new();

    public ConcurrentDictionary<string, byte[]> Artifacts { get; } = new();

    /// <summary>What FetchErrorDetails answers; null: it fails itself.</summary>
    public FetchErrorDetailsResponse? Details { get; set; }

    public string ConnectionString => $"sc://127.0.0.1:{new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port}";

    /// <summary>Starts a server on a port of its own.</summary>
    /// <param name="certificate">What it shows over TLS; null for none of it.</param>
    public static async Task<FakeSpark> StartAsync(X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http2;
                if (certificate is not null)
                    endpoint.UseHttps(certificate);
            });
        });
        FakeSpark fake = new(builder.Build());
        fake.app.Run(fake.AnswerAsync);
        await fake.app.StartAsync();
        return fake;
    }

    /// <summary>A client of this server that waits for next to nothing.</summary>
    public ConnectClient Connect(string parameters = "") =>
        new(Spark.Connect.ConnectionString.Parse(ConnectionString + "/" + parameters), new RetryPolicy(15, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(4)));

    public int Count(string method) => Calls.Count(one => one == method);

    public IEnumerable<T> Received<T>() => Requests.OfType<T>();

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(0);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string method = context.Request.Path.Value!.Split('/')[^1];
        Calls.Enqueue(method);
        context.Response.ContentType = "application/grpc";
        List<byte[]> messages = await ReadAsync(context.Request.Body);
        if (Fail(method) is { } error)
        {
            Refuse(context, error);
            return;
        }

        switch (method)
        {
            case "ExecutePlan":
                ExecutePlanRequest plan = Take(ExecutePlanRequest.Parser, messages);
                List<ExecutePlanResponse> answers = Operations.GetOrAdd(plan.OperationId, id => [.. Answers.Select((one, i) => Numbered(one, id, i))]);
                await StreamAsync(context, answers);
                break;
            case "ReattachExecute":
                ReattachExecuteRequest again = Take(ReattachExecuteRequest.Parser, messages);
                if (Operations.TryGetValue(again.OperationId, out List<ExecutePlanResponse>? known))
                    await StreamAsync(context, known.Skip(again.HasLastResponseId ? 1 + known.FindIndex(one => one.ResponseId == again.LastResponseId) : 0));
                else
                    Refuse(context, new FakeError(GrpcCode.Internal, "[INVALID_HANDLE.OPERATION_NOT_FOUND] gone") { ErrorClass = "INVALID_HANDLE.OPERATION_NOT_FOUND" });
                break;
            case "AddArtifacts":
                await WriteAsync(context, Store(messages));
                break;
            case "ArtifactStatus":
                ArtifactStatusesResponse status = new();
                foreach (string name in Take(ArtifactStatusesRequest.Parser, messages).Names)
                    status.Statuses[name] = new ArtifactStatusesResponse.Types.ArtifactStatus { Exists = Artifacts.ContainsKey(name) };
                await WriteAsync(context, status);
                break;
            case "Interrupt":
                InterruptResponse interrupted = new();
                interrupted.InterruptedIds.Add(Take(InterruptRequest.Parser, messages).OperationId);
                await WriteAsync(context, interrupted);
                break;
            case "ReleaseExecute":
                Take(ReleaseExecuteRequest.Parser, messages);
                await WriteAsync(context, new ReleaseExecuteResponse());
                break;
            case "FetchErrorDetails" when Details is null:
                Refuse(context, new FakeError(GrpcCode.Internal, ""));
                break;
            case "FetchErrorDetails":
                await WriteAsync(context, Details);
                break;
            case "AnalyzePlan":
                Take(AnalyzePlanRequest.Parser, messages);
                await WriteAsync(context, new AnalyzePlanResponse { ServerSideSessionId = "server", SparkVersion = new AnalyzePlanResponse.Types.SparkVersion { Version = "4.3.0" } });
                break;
            case "Config":
                Take(ConfigRequest.Parser, messages);
                await WriteAsync(context, new ConfigResponse());
                break;
            case "ReleaseSession":
                Take(ReleaseSessionRequest.Parser, messages);
                await WriteAsync(context, new ReleaseSessionResponse());
                break;
            default:
                Refuse(context, new FakeError(GrpcCode.Unimplemented, method));
                break;
        }
    }

    private T Take<T>(MessageParser<T> parser, List<byte[]> messages)
        where T : IMessage<T>
    {
        T request = parser.ParseFrom(messages.Single());
        Requests.Enqueue(request);
        return request;
    }

    private AddArtifactsResponse Store(List<byte[]> messages)
    {
        AddArtifactsResponse answer = new();
        string name = "";
        MemoryStream bytes = new();
        long wanted = 0;
        bool isWhole = true;
        foreach (AddArtifactsRequest request in messages.Select(AddArtifactsRequest.Parser.ParseFrom))
        {
            Requests.Enqueue(request);
            foreach (AddArtifactsRequest.Types.SingleChunkArtifact one in request.Batch?.Artifacts ?? [])
                Keep(one.Name, one.Data.Data.ToByteArray(), one.Data.Crc == Crc32.Of(one.Data.Data.Span));
            AddArtifactsRequest.Types.ArtifactChunk? chunk = request.Chunk ?? request.BeginChunk?.InitialChunk;
            if (request.BeginChunk is { } begin)
                (name, bytes, wanted, isWhole) = (begin.Name, new MemoryStream(), begin.NumChunks, true);
            if (chunk is null)
                continue;
            bytes.Write(chunk.Data.Span);
            isWhole &= chunk.Crc == Crc32.Of(chunk.Data.Span);
            if (--wanted == 0)
                Keep(name, bytes.ToArray(), isWhole);
        }

        return answer;

        void Keep(string of, byte[] content, bool isGood)
        {
            isGood &= !of.EndsWith(".damaged", StringComparison.Ordinal);
            if (isGood)
                Artifacts[of] = content;
            answer.Artifacts.Add(new AddArtifactsResponse.Types.ArtifactSummary { Name = of, IsCrcSuccessful = isGood });
        }
    }

    private async Task StreamAsync(HttpContext context, IEnumerable<ExecutePlanResponse> answers)
    {
        (int Messages, int Bytes)? cut = Cut(Interlocked.Increment(ref streams) - 1);
        int sent = 0;
        foreach (ExecutePlanResponse answer in answers)
        {
            byte[] frame = Frame(answer);
            if (cut is { } at && sent == at.Messages)
            {
                if (at.Bytes < 0)
                {
                    context.Abort();
                    return;
                }

                await context.Response.Body.WriteAsync(frame.AsMemory(0, Math.Min(frame.Length, at.Bytes)));
                await context.Response.Body.FlushAsync();
                // What was written should leave before the stream is reset, else this would be a cut in front of the message.
                await (Hold ?? Task.Delay(5));
                context.Abort();
                return;
            }

            await context.Response.Body.WriteAsync(frame);
            await context.Response.Body.FlushAsync();
            sent++;
        }

        if (Hold is { } hold)
            await Task.WhenAny(hold, Task.Delay(Timeout.Infinite, context.RequestAborted));
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task WriteAsync(HttpContext context, IMessage message)
    {
        await context.Response.Body.WriteAsync(Frame(message));
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static void Refuse(HttpContext context, FakeError error)
    {
        Status status = new() { Code = (int)error.Code, Message = error.Message };
        ErrorInfo info = new() { Reason = "org.apache.spark.SparkException", Domain = "org.apache.spark" };
        if (error.ErrorClass.Length > 0)
            info.Metadata["errorClass"] = error.ErrorClass;
        if (error.ErrorId.Length > 0)
            info.Metadata["errorId"] = error.ErrorId;
        info.Metadata["sqlState"] = "42P01";
        status.Details.Add(Any.Pack(info));
        if (error.Delay is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        context.Response.Headers["grpc-status"] = ((int)error.Code).ToString();
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(error.Message);
        context.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
    }

    private static ExecutePlanResponse Numbered(ExecutePlanResponse answer, string operation, int index)
    {
        ExecutePlanResponse copy = answer.Clone();
        copy.OperationId = operation;
        copy.ResponseId = $"r{index}";
        copy.ServerSideSessionId = "server";
        return copy;
    }

    private static byte[] Frame(IMessage message)
    {
        byte[] frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }

    private static async Task<List<byte[]>> ReadAsync(Stream body)
    {
        List<byte[]> messages = [];
        byte[] prefix = new byte[5];
        while (await body.ReadAtLeastAsync(prefix, 5, throwOnEndOfStream: false) == 5)
        {
            byte[] message = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
            await body.ReadExactlyAsync(message);
            messages.Add(message);
        }

        return messages;
    }
}

/// <summary>What a call fails with.</summary>
internal sealed record FakeError(GrpcCode Code, string Message)
{
    public string ErrorClass { get; init; } = "";

    public string ErrorId { get; init; } = "";

    public TimeSpan? Delay { get; init; }
}
