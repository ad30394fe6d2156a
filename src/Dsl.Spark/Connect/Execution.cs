using System;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;
using Polly;

namespace Dsl.Spark.Connect;

/// <summary>
/// An operation and the answers to it. A broken connection is taken up again behind the last answer that was handed out, so that none comes twice and none is lost; a plan that never reached
/// the server is sent again. After pyspark.sql.connect.client.reattach.
/// </summary>
internal sealed class Execution
{
    // A server that ends empty streams at once would be asked without a pause.
    private static readonly TimeSpan PauseBehindEmpty = TimeSpan.FromMilliseconds(100);

    // An interrupt that overtakes its plan finds nothing; the plan is not far behind.
    private const int InterruptAttempts = 5;

    private readonly ConnectClient client;
    private readonly GrpcChannel channel;
    private readonly ResiliencePipeline retries;
    private readonly ExecutePlanRequest request;
    private readonly Lock releasing = new();
    private GrpcStream<ExecutePlanResponse>? stream;
    private string? lastResponse;
    private bool isSent;
    private bool mustSend = true;
    private bool isOver;
    private bool isComplete;
    private string? releaseUntil;
    private bool isReleasing;

    public Execution(ConnectClient client, GrpcChannel channel, ResiliencePipeline retries, ExecutePlanRequest request)
    {
        this.client = client;
        this.channel = channel;
        this.retries = retries;
        this.request = request;
    }

    /// <summary>The next answer; null behind the last.</summary>
    /// <exception cref="SparkException">The operation failed.</exception>
    public async ValueTask<ExecutePlanResponse?> NextAsync(CancellationToken cancellation)
    {
        if (isComplete)
            return null;
        ExecutePlanResponse response;
        try
        {
            response = await retries.ExecuteAsync(ReadAsync, cancellation).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // Too large: nothing was sent.
            isSent = false;
            throw;
        }
        catch (GrpcException error)
        {
            isOver = true;
            throw await client.ExplainAsync(error, cancellation).ConfigureAwait(false);
        }

        lastResponse = response.ResponseId;
        if (response.ResultComplete is not null)
        {
            isComplete = true;
            isOver = true;
        }
        else if (response.ArrowBatch is not null)
        {
            Release(lastResponse);
        }

        return response;
    }

    /// <summary>Ends the operation, on the server too where it still runs. The caller does not wait for that.</summary>
    public void End()
    {
        Close();
        if (!isSent)
            return;
        bool isRunning = !isOver;
        string operation = request.OperationId;
        client.Behind(async () =>
        {
            for (int i = 0; isRunning && i < InterruptAttempts; i++)
            {
                if ((await client.InterruptAsync(operation).ConfigureAwait(false)).Count > 0)
                    break;
                await Task.Delay(100).ConfigureAwait(false);
            }

            await client.ReleaseAsync(operation, until: null).ConfigureAwait(false);
        });
    }

    private async ValueTask<ExecutePlanResponse> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            bool isReattaching = stream is null && !mustSend;
            bool wasFresh = stream is null;
            try
            {
                stream ??= await OpenAsync(cancellation).ConfigureAwait(false);
                if (await stream.ReadAsync(cancellation).ConfigureAwait(false) is { } response)
                    return response;
                // The server ends streams that last long; what is missing comes on the next.
                Close();
                if (wasFresh)
                    await Task.Delay(PauseBehindEmpty, cancellation).ConfigureAwait(false);
            }
            catch (GrpcException error)
            {
                Close();
                if (isReattaching && IsLost(error))
                {
                    if (lastResponse is not null)
                        throw new GrpcException(GrpcCode.Aborted, $"The server lost the operation after it had sent a part of its result; it is not run again, because that part would come twice. ({error.Message})", error);
                    mustSend = true;
                }
                else if (error.ErrorClass == "INVALID_HANDLE.OPERATION_ALREADY_EXISTS" && isSent)
                {
                    // An older server, whose answer to the first try was lost.
                    mustSend = false;
                }
                else if (error.ErrorClass == "INVALID_HANDLE.OPERATION_ABANDONED" && lastResponse is null)
                {
                    request.OperationId = Guid.NewGuid().ToString();
                    mustSend = true;
                }
                else
                {
                    throw;
                }
            }
        }
    }

    private Task<GrpcStream<ExecutePlanResponse>> OpenAsync(CancellationToken cancellation)
    {
        if (mustSend)
        {
            // Whatever becomes of it, the next stream asks first whether it arrived.
            isSent = true;
            mustSend = false;
            return channel.OpenAsync("ExecutePlan", request, ExecutePlanResponse.Parser, cancellation);
        }

        ReattachExecuteRequest again = new() { SessionId = request.SessionId, UserContext = request.UserContext, ClientType = request.ClientType, OperationId = request.OperationId };
        if (request.HasClientObservedServerSideSessionId)
            again.ClientObservedServerSideSessionId = request.ClientObservedServerSideSessionId;
        if (lastResponse is not null)
            again.LastResponseId = lastResponse;
        return channel.OpenAsync("ReattachExecute", again, ExecutePlanResponse.Parser, cancellation);
    }

    private static bool IsLost(GrpcException error) => error.ErrorClass is "INVALID_HANDLE.OPERATION_NOT_FOUND" or "INVALID_HANDLE.SESSION_NOT_FOUND";

    private void Close()
    {
        stream?.Dispose();
        stream = null;
    }

    /// <summary>Lets the server forget what arrived. One such call is on its way at a time; those meanwhile become one.</summary>
    private void Release(string until)
    {
        lock (releasing)
        {
            releaseUntil = until;
            if (isReleasing)
                return;
            isReleasing = true;
        }

        client.Behind(async () =>
        {
            while (Take() is { } id)
                await client.ReleaseAsync(request.OperationId, id).ConfigureAwait(false);
        });
    }

    private string? Take()
    {
        lock (releasing)
        {
            string? id = releaseUntil;
            releaseUntil = null;
            isReleasing = id is not null;
            return id;
        }
    }
}
