using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql.Streaming;

/// <summary>A stream that was started. It lives on the cluster: dropping this object does not end it, the end of its session does.</summary>
public sealed class StreamingQuery
{
    // A wait without end is many short ones, so that a cut connection or a caller who gives up leaves nothing behind on the server for long.
    internal const long LongestWait = 20_000;

    private readonly SparkSession session;
    private readonly StreamingQueryInstanceId id;

    internal StreamingQuery(SparkSession session, StreamingQueryInstanceId id, string name)
    {
        this.session = session;
        this.id = id;
        Name = name.Length > 0 ? name : null;
    }

    /// <summary>The UUID of the stream, which stays when it is started again from its checkpoint.</summary>
    public string Id => id.Id;

    /// <summary>The UUID of this start of it.</summary>
    public string RunId => id.RunId;

    /// <summary>What it is called; null where it has no name.</summary>
    public string? Name { get; }

    /// <summary>What it does now.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<StreamingQueryStatus> StatusAsync(CancellationToken cancellation = default)
    {
        StreamingQueryCommandResult.Types.StatusResult status = await FetchStatusAsync(cancellation).ConfigureAwait(false);
        return new StreamingQueryStatus(status.StatusMessage, status.IsDataAvailable, status.IsTriggerActive);
    }

    /// <inheritdoc cref="StatusAsync"/>
    public StreamingQueryStatus Status() => SparkSession.Wait(StatusAsync());

    /// <summary>Whether it runs: neither stopped, nor failed, nor done.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<bool> IsActiveAsync(CancellationToken cancellation = default) => (await FetchStatusAsync(cancellation).ConfigureAwait(false)).IsActive;

    /// <inheritdoc cref="IsActiveAsync"/>
    public bool IsActive() => SparkSession.Wait(IsActiveAsync());

    /// <summary>Reports on its last batches, the oldest first: as many as Spark keeps (<c>spark.sql.streaming.numRecentProgressUpdates</c>, 100 unless set otherwise).</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task<IReadOnlyList<StreamingQueryProgress>> RecentProgressAsync(CancellationToken cancellation = default) =>
        ProgressAsync(new StreamingQueryCommand { RecentProgress = true }, cancellation);

    /// <inheritdoc cref="RecentProgressAsync"/>
    public IReadOnlyList<StreamingQueryProgress> RecentProgress() => SparkSession.Wait(RecentProgressAsync());

    /// <summary>The last report; null before the first.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<StreamingQueryProgress?> LastProgressAsync(CancellationToken cancellation = default)
    {
        IReadOnlyList<StreamingQueryProgress> progress = await ProgressAsync(new StreamingQueryCommand { LastProgress = true }, cancellation).ConfigureAwait(false);
        return progress.Count > 0 ? progress[^1] : null;
    }

    /// <inheritdoc cref="LastProgressAsync"/>
    public StreamingQueryProgress? LastProgress() => SparkSession.Wait(LastProgressAsync());

    /// <summary>Waits until it is stopped or done.</summary>
    /// <param name="cancellation">Ends the wait; the stream goes on.</param>
    /// <exception cref="SparkException">It failed: STREAM_FAILED, with what it failed of as the inner exceptions.</exception>
    public async Task AwaitTerminationAsync(CancellationToken cancellation = default)
    {
        while (!await WaitAsync(LongestWait, cancellation).ConfigureAwait(false))
        {
            // Still at work.
        }
    }

    /// <inheritdoc cref="AwaitTerminationAsync(CancellationToken)"/>
    /// <param name="timeout">How long at most; more than 0.</param>
    /// <param name="cancellation">Ends the wait; the stream goes on.</param>
    /// <returns>Whether it has ended.</returns>
    public Task<bool> AwaitTerminationAsync(TimeSpan timeout, CancellationToken cancellation = default) => WaitAsync(Milliseconds(timeout), cancellation);

    /// <inheritdoc cref="AwaitTerminationAsync(CancellationToken)"/>
    public void AwaitTermination() => SparkSession.Wait(AwaitTerminationAsync());

    /// <inheritdoc cref="AwaitTerminationAsync(TimeSpan, CancellationToken)"/>
    /// <param name="timeoutMs">How many milliseconds at most; more than 0.</param>
    public bool AwaitTermination(long timeoutMs) => SparkSession.Wait(AwaitTerminationAsync(TimeSpan.FromMilliseconds(timeoutMs)));

    /// <summary>Waits until all that is there at the call has come through. For tests: where rows keep arriving it may last.</summary>
    /// <param name="cancellation">Ends the wait; the stream goes on.</param>
    /// <exception cref="SparkException">The stream failed.</exception>
    public Task ProcessAllAvailableAsync(CancellationToken cancellation = default) => AskAsync(new StreamingQueryCommand { ProcessAllAvailable = true }, cancellation);

    /// <inheritdoc cref="ProcessAllAvailableAsync"/>
    public void ProcessAllAvailable() => SparkSession.Wait(ProcessAllAvailableAsync());

    /// <summary>Stops it, and returns when it has stopped. Rows of the batch that it was at come again when it is started anew from its checkpoint.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task StopAsync(CancellationToken cancellation = default) => AskAsync(new StreamingQueryCommand { Stop = true }, cancellation);

    /// <inheritdoc cref="StopAsync"/>
    public void Stop() => SparkSession.Wait(StopAsync());

    /// <summary>How Spark ran its last batch.</summary>
    /// <param name="extended">Whether with the plans before the physical one.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<string> ExplainStringAsync(bool extended = false, CancellationToken cancellation = default)
    {
        StreamingQueryCommand command = new() { Explain = new StreamingQueryCommand.Types.ExplainCommand { Extended = extended } };
        return (await AskAsync(command, cancellation).ConfigureAwait(false)).Explain.Result;
    }

    /// <summary>Writes to the console how Spark ran its last batch.</summary>
    /// <param name="extended">Whether with the plans before the physical one.</param>
    public void Explain(bool extended = false) => Console.WriteLine(SparkSession.Wait(ExplainStringAsync(extended)));

    /// <summary>What it failed of: STREAM_FAILED, with the causes as inner exceptions, down to the stack of a C# function where one threw; null where it did not fail.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<SparkException?> ExceptionAsync(CancellationToken cancellation = default)
    {
        StreamingQueryCommandResult.Types.ExceptionResult? failure = (await AskAsync(new StreamingQueryCommand { Exception = true }, cancellation).ConfigureAwait(false)).Exception;
        if (failure is not { HasExceptionMessage: true })
            return null;
        try
        {
            // The answer has texts alone; the same exception, thrown, can be asked for its causes.
            await WaitAsync(1, cancellation).ConfigureAwait(false);
        }
        catch (SparkException error)
        {
            return error;
        }

        return new SparkException(failure.ExceptionMessage, GrpcCode.Unknown) { ErrorClass = failure.ErrorClass, JvmStackTrace = failure.StackTrace };
    }

    /// <inheritdoc cref="ExceptionAsync"/>
    public SparkException? Exception() => SparkSession.Wait(ExceptionAsync());

    /// <summary>Checks how long to wait.</summary>
    internal static long Milliseconds(TimeSpan timeout) => timeout > TimeSpan.Zero
        ? Math.Max(1, (long)timeout.TotalMilliseconds)
        : throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "Spark waits for more than 0 ms.");

    private async Task<bool> WaitAsync(long milliseconds, CancellationToken cancellation)
    {
        StreamingQueryCommand command = new() { AwaitTermination = new StreamingQueryCommand.Types.AwaitTerminationCommand { TimeoutMs = milliseconds } };
        return (await AskAsync(command, cancellation).ConfigureAwait(false)).AwaitTermination.Terminated;
    }

    private async Task<IReadOnlyList<StreamingQueryProgress>> ProgressAsync(StreamingQueryCommand command, CancellationToken cancellation)
    {
        StreamingQueryCommandResult answer = await AskAsync(command, cancellation).ConfigureAwait(false);
        return [.. (answer.RecentProgress?.RecentProgressJson ?? []).Select(StreamingQueryProgress.Read)];
    }

    private async Task<StreamingQueryCommandResult.Types.StatusResult> FetchStatusAsync(CancellationToken cancellation) =>
        (await AskAsync(new StreamingQueryCommand { Status = true }, cancellation).ConfigureAwait(false)).Status;

    private Task<StreamingQueryCommandResult> AskAsync(StreamingQueryCommand command, CancellationToken cancellation)
    {
        command.QueryId = id;
        return session.CommandAsync(new Command { StreamingQueryCommand = command }, response => response.StreamingQueryCommandResult, cancellation);
    }
}
