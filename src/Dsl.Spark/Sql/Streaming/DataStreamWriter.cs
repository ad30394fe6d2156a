using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql.Streaming;

/// <summary>Which rows a stream gives on.</summary>
public enum OutputMode
{
    /// <summary>New rows, which never change any more.</summary>
    Append,

    /// <summary>All rows each time; for aggregates.</summary>
    Complete,

    /// <summary>Rows that are new or have changed.</summary>
    Update,
}

/// <summary>
/// Starts a stream: <c>scored.WriteStream.Format("parquet").Option("checkpointLocation", "scored.checkpoint").Start("scored")</c>. What it has done stands in the checkpoint: a stream that is
/// started again with the same one, in whatever session, goes on where it ended. Paths are the cluster's.
/// </summary>
public sealed class DataStreamWriter
{
    private readonly DataFrame table;
    private readonly WriteStreamOperationStart operation;

    internal DataStreamWriter(DataFrame table)
    {
        this.table = table;
        operation = new WriteStreamOperationStart { Input = table.Relation };
    }

    /// <summary>Which rows it gives on; <see cref="Streaming.OutputMode.Append"/> unless told otherwise.</summary>
    /// <param name="outputMode">Which.</param>
    public DataStreamWriter OutputMode(OutputMode outputMode) => OutputMode(outputMode.ToString());

    /// <inheritdoc cref="OutputMode(Streaming.OutputMode)"/>
    /// <param name="outputMode"><c>append</c>, <c>complete</c> or <c>update</c>.</param>
    public DataStreamWriter OutputMode(string outputMode)
    {
        if (!Enum.TryParse(outputMode, ignoreCase: true, out OutputMode known) || !Enum.IsDefined(known))
            throw new ArgumentException($"There is no output mode '{outputMode}'; there are append, complete and update.", nameof(outputMode));
        operation.OutputMode = known.ToString();
        return this;
    }

    /// <summary>Where the rows go.</summary>
    /// <param name="source">A form of files such as <c>parquet</c>; <c>memory</c>, a table in the driver that SQL finds by the query's name; <c>console</c>, the server's output; or <c>noop</c>.</param>
    public DataStreamWriter Format(string source)
    {
        operation.Format = source;
        return this;
    }

    /// <summary>An option of the sink (https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#output-sinks).</summary>
    /// <param name="key">Its name, such as <c>checkpointLocation</c>.</param>
    /// <param name="value">Its value.</param>
    public DataStreamWriter Option(string key, string value)
    {
        operation.Options[key] = value;
        return this;
    }

    /// <inheritdoc cref="Option(string, string)"/>
    public DataStreamWriter Option(string key, bool value) => Option(key, value ? "true" : "false");

    /// <inheritdoc cref="Option(string, string)"/>
    public DataStreamWriter Option(string key, long value) => Option(key, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Option(string, string)"/>
    public DataStreamWriter Option(string key, double value) => Option(key, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Options of the sink.</summary>
    /// <param name="values">Their values by name.</param>
    public DataStreamWriter Options(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach ((string key, string value) in values)
            operation.Options[key] = value;
        return this;
    }

    /// <summary>A folder for each value of these columns.</summary>
    /// <param name="colNames">The columns.</param>
    public DataStreamWriter PartitionBy(params string[] colNames)
    {
        operation.PartitioningColumnNames.Clear();
        operation.PartitioningColumnNames.AddRange(colNames);
        return this;
    }

    /// <summary>What the stream is called; of the active ones of a session each has its own name.</summary>
    /// <param name="queryName">The name; that of the table where rows go to memory.</param>
    public DataStreamWriter QueryName(string queryName)
    {
        if (string.IsNullOrWhiteSpace(queryName))
            throw new ArgumentException("A name is wanted for the stream; an empty one is given.", nameof(queryName));
        operation.QueryName = queryName;
        return this;
    }

    /// <summary>When it looks for new rows.</summary>
    /// <param name="trigger">When.</param>
    public DataStreamWriter Trigger(Trigger trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        trigger.Set(operation);
        return this;
    }

    /// <summary>Starts the stream. It runs on the cluster until it is stopped, fails, or its session ends.</summary>
    /// <param name="path">The folder for files; null where the sink has none.</param>
    /// <param name="cancellation">Ends the call; a stream that has started by then goes on.</param>
    /// <exception cref="SparkException">Spark refuses the plan, or a worker for C# functions does not start.</exception>
    public Task<StreamingQuery> StartAsync(string? path = null, CancellationToken cancellation = default)
    {
        if (path is not null)
            operation.Path = path;
        return RunAsync(cancellation);
    }

    /// <inheritdoc cref="StartAsync"/>
    public StreamingQuery Start(string? path = null) => SparkSession.Wait(StartAsync(path));

    /// <summary>Starts the stream; rows are added to a table of the catalog, which is made where there is none.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call; a stream that has started by then goes on.</param>
    /// <exception cref="SparkException">Spark refuses the plan, or a worker for C# functions does not start.</exception>
    public Task<StreamingQuery> ToTableAsync(string tableName, CancellationToken cancellation = default)
    {
        operation.TableName = tableName;
        return RunAsync(cancellation);
    }

    /// <inheritdoc cref="ToTableAsync"/>
    public StreamingQuery ToTable(string tableName) => SparkSession.Wait(ToTableAsync(tableName));

    private async Task<StreamingQuery> RunAsync(CancellationToken cancellation)
    {
        SparkSession session = table.SparkSession;
        await session.ProvideAsync(table.Resources, cancellation).ConfigureAwait(false);
        await session.ProvideStreamWorkerAsync(cancellation).ConfigureAwait(false);
        WriteStreamOperationStartResult started = await session.CommandAsync(
            new Command { WriteStreamOperationStart = operation },
            response => response.WriteStreamOperationStartResult,
            cancellation).ConfigureAwait(false);
        return new StreamingQuery(session, started.QueryId, started.Name);
    }
}
