using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Executors;
using Dsl.Spark.Protocol;
using Dsl.Spark.Sql.Streaming;

namespace Dsl.Spark.Sql;

public sealed partial class SparkSession
{
    /// <summary>Tables that go on growing.</summary>
    public DataStreamReader ReadStream => new(this);

    /// <summary>The streams of this session.</summary>
    public StreamingQueryManager Streams => new(this);

    /// <summary>
    /// Lets executors find the worker and the code of this session from a stream too. A stream's tasks do not carry the session's files, and their worker starts in another folder than the
    /// session's; so the files are brought by a query, and Spark is told of the worker by a path that is right for both. A stream takes a copy of the settings when it starts; what runs
    /// beside it, or starts while this is at work, finds the worker by the old path or by the new one.
    /// </summary>
    internal async Task ProvideStreamWorkerAsync(CancellationToken cancellation)
    {
        // SQL text and views do not tell what functions they call: whoever has any may have them there.
        if (!hasWorker)
            return;
        string folder = await SessionFiles.BringAsync(this, cancellation).ConfigureAwait(false);
        if (Worker.IsInstalled)
            return;
        if (!Path.IsPathRooted(folder))
        {
            // Executors work in folders of their own, in which the session's has the session's name; from within that one a small archive of this name leads to the same worker.
            string name = Client.ServerSessionId!;
            CodeArchive forwarder = CodeArchive.OfForwarder(Worker.Executable);
            await Client.AddOnceAsync(
                $"{forwarder.Name}-{name}",
                () => [Artifact.FromBytes($"archives/{forwarder.Name}.tar.gz#{name}", forwarder.ToBytes())],
                cancellation).ConfigureAwait(false);
        }

        await SetWorkerPathAsync($"{folder}/{Worker.Executable}", cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs a command, and gives the one answer that is waited for.</summary>
    internal async Task<T> CommandAsync<T>(Command command, Func<ExecutePlanResponse, T?> answer, CancellationToken cancellation)
        where T : class
    {
        T? found = null;
        await foreach (ExecutePlanResponse response in Client.ExecuteAsync(new Plan { Command = command }, cancellation).ConfigureAwait(false))
            found = answer(response) ?? found;
        return found ?? throw new InvalidOperationException($"Spark answered a command ({command.CommandTypeCase}) without {typeof(T).Name}.");
    }

    private Task SetWorkerPathAsync(string path, CancellationToken cancellation) => Conf.SetAsync("spark.sql.execution.pyspark.python", path, cancellation);
}

/// <content>Streams.</content>
public sealed partial class DataFrame
{
    /// <summary>Starts a stream over the rows of a table that goes on growing.</summary>
    public DataStreamWriter WriteStream => new(this);

    /// <summary>
    /// Writes what executors need for the C# functions and networks of this table: a folder for each assembly with what it refers to, a file for what travels with a function. Executors that join after a
    /// stream has started find them beside a worker that an administrator installed: with <c>/opt/dsl/w/bin/worker</c> in <c>/opt/dsl</c>.
    /// </summary>
    /// <param name="folder">A folder of this machine; it is made where there is none.</param>
    public void SaveFunctions(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (FunctionResource resource in resources.OfType<FunctionResource>())
            resource.SaveTo(folder);
    }

    /// <summary>Whether its rows come from a source that goes on growing, so that only a stream can run it.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<bool> IsStreamingAsync(CancellationToken cancellation = default)
    {
        AnalyzePlanResponse answer = await AnalyzeAsync(plan => new AnalyzePlanRequest { IsStreaming = new AnalyzePlanRequest.Types.IsStreaming { Plan = plan } }, cancellation).ConfigureAwait(false);
        return answer.IsStreaming.IsStreaming_;
    }

    /// <inheritdoc cref="IsStreamingAsync"/>
    public bool IsStreaming() => SparkSession.Wait(IsStreamingAsync());

    /// <summary>Says how late rows may come: aggregates of a stream drop what they keep of times that lie further back than the latest that was seen.</summary>
    /// <param name="eventTime">The column with the rows' times.</param>
    /// <param name="delayThreshold">How late, as SQL has it: <c>10 minutes</c>.</param>
    public DataFrame WithWatermark(string eventTime, string delayThreshold) =>
        Derive(_ => new Relation { WithWatermark = new WithWatermark { Input = Relation, EventTime = eventTime, DelayThreshold = delayThreshold } });
}
