using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql.Streaming;

/// <summary>The streams of a session.</summary>
public sealed class StreamingQueryManager
{
    private readonly SparkSession session;

    internal StreamingQueryManager(SparkSession session) => this.session = session;

    /// <summary>Those that run.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<IReadOnlyList<StreamingQuery>> ActiveAsync(CancellationToken cancellation = default)
    {
        StreamingQueryManagerCommandResult answer = await AskAsync(new StreamingQueryManagerCommand { Active = true }, cancellation).ConfigureAwait(false);
        return [.. (answer.Active?.ActiveQueries ?? []).Select(Found)];
    }

    /// <inheritdoc cref="ActiveAsync"/>
    public IReadOnlyList<StreamingQuery> Active() => SparkSession.Wait(ActiveAsync());

    /// <summary>A stream that runs; null where none has the id.</summary>
    /// <param name="id">Its <see cref="StreamingQuery.Id"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<StreamingQuery?> GetAsync(string id, CancellationToken cancellation = default)
    {
        StreamingQueryManagerCommandResult answer = await AskAsync(new StreamingQueryManagerCommand { GetQuery = id }, cancellation).ConfigureAwait(false);
        return answer.Query is { Id: not null } query ? Found(query) : null;
    }

    /// <inheritdoc cref="GetAsync"/>
    public StreamingQuery? Get(string id) => SparkSession.Wait(GetAsync(id));

    /// <summary>Waits until one of them has ended, also one that ended since the session began or since <see cref="ResetTerminatedAsync"/>.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SparkException">One has failed.</exception>
    public async Task AwaitAnyTerminationAsync(CancellationToken cancellation = default)
    {
        while (!await WaitAsync(StreamingQuery.LongestWait, cancellation).ConfigureAwait(false))
        {
            // All are still at work.
        }
    }

    /// <inheritdoc cref="AwaitAnyTerminationAsync(CancellationToken)"/>
    /// <param name="timeout">How long at most; more than 0.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether one has ended.</returns>
    public Task<bool> AwaitAnyTerminationAsync(TimeSpan timeout, CancellationToken cancellation = default) => WaitAsync(StreamingQuery.Milliseconds(timeout), cancellation);

    /// <inheritdoc cref="AwaitAnyTerminationAsync(CancellationToken)"/>
    public void AwaitAnyTermination() => SparkSession.Wait(AwaitAnyTerminationAsync());

    /// <inheritdoc cref="AwaitAnyTerminationAsync(TimeSpan, CancellationToken)"/>
    /// <param name="timeoutMs">How many milliseconds at most; more than 0.</param>
    public bool AwaitAnyTermination(long timeoutMs) => SparkSession.Wait(AwaitAnyTerminationAsync(TimeSpan.FromMilliseconds(timeoutMs)));

    /// <summary>Forgets those that have ended, so that <see cref="AwaitAnyTerminationAsync(CancellationToken)"/> waits for the next.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task ResetTerminatedAsync(CancellationToken cancellation = default) => AskAsync(new StreamingQueryManagerCommand { ResetTerminated = true }, cancellation);

    /// <inheritdoc cref="ResetTerminatedAsync"/>
    public void ResetTerminated() => SparkSession.Wait(ResetTerminatedAsync());

    private StreamingQuery Found(StreamingQueryManagerCommandResult.Types.StreamingQueryInstance query) => new(session, query.Id, query.Name);

    private async Task<bool> WaitAsync(long milliseconds, CancellationToken cancellation)
    {
        StreamingQueryManagerCommand command = new() { AwaitAnyTermination = new StreamingQueryManagerCommand.Types.AwaitAnyTerminationCommand { TimeoutMs = milliseconds } };
        return (await AskAsync(command, cancellation).ConfigureAwait(false)).AwaitAnyTermination.Terminated;
    }

    private Task<StreamingQueryManagerCommandResult> AskAsync(StreamingQueryManagerCommand command, CancellationToken cancellation) =>
        session.CommandAsync(new Command { StreamingQueryManagerCommand = command }, response => response.StreamingQueryManagerCommandResult, cancellation);
}
