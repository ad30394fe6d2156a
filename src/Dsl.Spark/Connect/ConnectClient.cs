using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;
using Google.Protobuf;
using Polly;

namespace Dsl.Spark.Connect;

/// <summary>The calls of the service SparkConnectService for one session. Errors are <see cref="SparkException"/>; what passes by itself is tried again.</summary>
internal sealed class ConnectClient : IAsyncDisposable
{
    // How long a session's end waits for what still goes on behind the caller's back.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(10);

    private readonly GrpcChannel channel;
    private readonly string clientType;
    private readonly UserContext user;
    private readonly ResiliencePipeline patient;
    private readonly ResiliencePipeline hello;
    private readonly ConcurrentDictionary<Task, bool> background = new();
    private readonly ConcurrentDictionary<string, bool> markers = new();
    private readonly SemaphoreSlim uploading = new(1, 1);
    private string? serverSession;
    private bool isDisposed;

    /// <summary>Calls nobody yet.</summary>
    /// <param name="target">Where the server is and as whom to speak to it.</param>
    /// <param name="retry">When calls are made again.</param>
    public ConnectClient(ConnectionString target, RetryPolicy retry)
    {
        Target = target;
        SessionId = target.SessionId ?? Guid.NewGuid().ToString();
        clientType = $"{target.UserAgent ?? "dsl"} dotnet/{Environment.Version}";
        channel = new GrpcChannel(target, clientType);
        string name = target.UserId ?? Environment.UserName;
        user = new UserContext { UserId = name, UserName = name };
        patient = retry.Build();
        hello = retry.AtFirstContact().Build();
    }

    public ConnectionString Target { get; }

    /// <summary>The session's UUID, chosen here.</summary>
    public string SessionId { get; }

    /// <summary>The server's own name of the session: under it lie the session's files on executors. Null before the first answer.</summary>
    public string? ServerSessionId => serverSession;

    /// <summary>Hears how queries go on.</summary>
    public event Action<ExecutionProgress>? Progressed;

    /// <summary>When calls are made again: not for long before the server answered a first time.</summary>
    private ResiliencePipeline Retries => serverSession is null ? hello : patient;

    /// <summary>Runs a plan and gives the server's answers as they come, each once, whatever happens to the connection.</summary>
    /// <param name="plan">A relation or a command.</param>
    /// <param name="cancellation">Ends the call at once and interrupts the operation on the cluster; so does leaving the loop before its end.</param>
    public async IAsyncEnumerable<ExecutePlanResponse> ExecuteAsync(Plan plan, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ExecutePlanRequest request = new() { SessionId = SessionId, UserContext = user, ClientType = clientType, OperationId = Guid.NewGuid().ToString(), Plan = plan };
        request.RequestOptions.Add(new ExecutePlanRequest.Types.RequestOption { ReattachOptions = new ReattachOptions { Reattachable = true } });
        if (serverSession is not null)
            request.ClientObservedServerSideSessionId = serverSession;
        Execution execution = new(this, channel, Retries, request);
        ExecutionProgress? last = null;
        try
        {
            while (await execution.NextAsync(cancellation).ConfigureAwait(false) is { } response)
            {
                serverSession ??= response.ServerSideSessionId is { Length: > 0 } name ? name : null;
                if (response.ExecutionProgress is { } message)
                    Progressed?.Invoke(last = ExecutionProgress.From(request.OperationId, message));
                yield return response;
            }
        }
        finally
        {
            execution.End();
            if (last is not null)
                Progressed?.Invoke(last with { RunningTasks = 0, IsComplete = true });
        }
    }

    /// <summary>Asks about a plan.</summary>
    /// <param name="request">The question; session and user are filled in here.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<AnalyzePlanResponse> AnalyzeAsync(AnalyzePlanRequest request, CancellationToken cancellation = default)
    {
        request.SessionId = SessionId;
        request.UserContext = user;
        request.ClientType = clientType;
        if (serverSession is not null)
            request.ClientObservedServerSideSessionId = serverSession;
        AnalyzePlanResponse answer = await CallAsync("AnalyzePlan", request, AnalyzePlanResponse.Parser, cancellation).ConfigureAwait(false);
        serverSession ??= answer.ServerSideSessionId;
        return answer;
    }

    /// <summary>Reads or writes the session's settings.</summary>
    public Task<ConfigResponse> ConfigAsync(ConfigRequest.Types.Operation operation, CancellationToken cancellation = default)
    {
        ConfigRequest request = new() { SessionId = SessionId, UserContext = user, ClientType = clientType, Operation = operation };
        if (serverSession is not null)
            request.ClientObservedServerSideSessionId = serverSession;
        return CallAsync("Config", request, ConfigResponse.Parser, cancellation);
    }

    /// <summary>Adds files to the session. The same bytes under the same name may come again; other bytes give ARTIFACT_ALREADY_EXISTS.</summary>
    public async Task AddArtifactsAsync(IReadOnlyCollection<Artifact> artifacts, CancellationToken cancellation = default)
    {
        AddArtifactsResponse answer;
        try
        {
            answer = await Retries.ExecuteAsync(
                async token => await channel.UploadAsync("AddArtifacts", artifacts.SelectMany(one => one.Messages()).Select(Addressed), AddArtifactsResponse.Parser, token).ConfigureAwait(false),
                cancellation).ConfigureAwait(false);
        }
        catch (GrpcException error)
        {
            throw await ExplainAsync(error, cancellation).ConfigureAwait(false);
        }

        // A checksum that does not fit is no error to the server: it drops the file and says so here alone.
        HashSet<string> whole = [.. answer.Artifacts.Where(one => one.IsCrcSuccessful).Select(one => one.Name)];
        if (artifacts.FirstOrDefault(one => !whole.Contains(one.Name)) is { } broken)
            throw new SparkException($"The artifact {broken.Name} of {broken.Length:N0} bytes did not arrive whole: the server's checksum differs, and it kept nothing.", GrpcCode.DataLoss);

        IMessage Addressed(AddArtifactsRequest request)
        {
            request.SessionId = SessionId;
            request.UserContext = user;
            request.ClientType = clientType;
            if (serverSession is not null)
                request.ClientObservedServerSideSessionId = serverSession;
            return request;
        }
    }

    /// <summary>
    /// Adds files once a session, whoever connected to it before: a small artifact <c>cache/hash</c> is the mark that they are there, because the server answers for such names alone.
    /// </summary>
    /// <param name="hash">A hash of all the files, in hexadecimal.</param>
    /// <param name="artifacts">The files, made only where they are wanted.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task AddOnceAsync(string hash, Func<IReadOnlyCollection<Artifact>> artifacts, CancellationToken cancellation = default)
    {
        string marker = "cache/" + hash;
        if (markers.ContainsKey(marker))
            return;
        await uploading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!markers.ContainsKey(marker) && !await HasArtifactAsync(marker, cancellation).ConfigureAwait(false))
            {
                IReadOnlyCollection<Artifact> files = artifacts();
                await AddArtifactsAsync(files, cancellation).ConfigureAwait(false);
                if (!files.Any(one => one.Name == marker))
                    await AddArtifactsAsync([Artifact.FromBytes(marker, "1"u8.ToArray())], cancellation).ConfigureAwait(false);
            }

            markers[marker] = true;
        }
        finally
        {
            uploading.Release();
        }
    }

    /// <summary>Whether the session has an artifact; of those named <c>cache/...</c> alone the server knows it.</summary>
    public async Task<bool> HasArtifactAsync(string name, CancellationToken cancellation = default)
    {
        ArtifactStatusesRequest request = new() { SessionId = SessionId, UserContext = user, ClientType = clientType };
        request.Names.Add(name);
        ArtifactStatusesResponse answer = await CallAsync("ArtifactStatus", request, ArtifactStatusesResponse.Parser, cancellation).ConfigureAwait(false);
        return answer.Statuses.TryGetValue(name, out ArtifactStatusesResponse.Types.ArtifactStatus? status) && status.Exists;
    }

    /// <summary>Interrupts an operation, or all of the session.</summary>
    /// <param name="operation">Which; null for all.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Those that the server found at work.</returns>
    public async Task<IReadOnlyList<string>> InterruptAsync(string? operation, CancellationToken cancellation = default)
    {
        InterruptRequest request = new() { SessionId = SessionId, UserContext = user, ClientType = clientType, InterruptType = InterruptRequest.Types.InterruptType.All };
        if (operation is not null)
        {
            request.InterruptType = InterruptRequest.Types.InterruptType.OperationId;
            request.OperationId = operation;
        }

        return (await CallAsync("Interrupt", request, InterruptResponse.Parser, cancellation).ConfigureAwait(false)).InterruptedIds;
    }

    /// <summary>Lets the server forget answers of an operation up to one of them, or the whole operation.</summary>
    public Task ReleaseAsync(string operation, string? until)
    {
        ReleaseExecuteRequest request = new() { SessionId = SessionId, UserContext = user, ClientType = clientType, OperationId = operation };
        if (until is null)
            request.ReleaseAll = new ReleaseExecuteRequest.Types.ReleaseAll();
        else
            request.ReleaseUntil = new ReleaseExecuteRequest.Types.ReleaseUntil { ResponseId = until };
        return CallAsync("ReleaseExecute", request, ReleaseExecuteResponse.Parser, CancellationToken.None);
    }

    /// <summary>Does something that no caller waits for; its errors are dropped.</summary>
    public void Behind(Func<Task> work)
    {
        Task task = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (Exception error) when (error is SparkException or OperationCanceledException or ObjectDisposedException)
            {
                // The server drops what nobody asks for by itself, after a while.
            }
        });
        background[task] = true;
        task.ContinueWith(done => background.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The error as Spark explains it; without its details where it cannot be asked.</summary>
    public async Task<SparkException> ExplainAsync(GrpcException error, CancellationToken cancellation = default)
    {
        if (!error.Metadata.TryGetValue("errorId", out string? id))
            return SparkException.From(error);
        FetchErrorDetailsRequest request = new() { SessionId = SessionId, UserContext = user, ClientType = clientType, ErrorId = id };
        if (serverSession is not null)
            request.ClientObservedServerSideSessionId = serverSession;
        try
        {
            return SparkException.From(error, await channel.CallAsync("FetchErrorDetails", request, FetchErrorDetailsResponse.Parser, cancellation).ConfigureAwait(false));
        }
        catch (GrpcException)
        {
            // Asked a second time, or about a cause without a message, the server fails here itself.
            return SparkException.From(error);
        }
    }

    /// <summary>Ends the session on the server, with all that it has there.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        using CancellationTokenSource patience = new(LongestGoodbye);
        try
        {
            await Task.WhenAll(background.Keys).WaitAsync(patience.Token).ConfigureAwait(false);
            ReleaseSessionRequest request = new() { SessionId = SessionId, UserContext = user, ClientType = clientType };
            await channel.CallAsync("ReleaseSession", request, ReleaseSessionResponse.Parser, patience.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is GrpcException or OperationCanceledException)
        {
            // A server that is gone has no session either.
        }

        channel.Dispose();
        uploading.Dispose();
    }

    private async Task<T> CallAsync<T>(string method, IMessage request, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        try
        {
            return await Retries.ExecuteAsync(async token => await channel.CallAsync(method, request, parser, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (GrpcException error)
        {
            throw await ExplainAsync(error, cancellation).ConfigureAwait(false);
        }
    }
}
