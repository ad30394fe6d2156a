using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>
/// A session on a Spark cluster: where everything starts. <see cref="ConnectAsync(string, CancellationToken)"/> reaches a Spark Connect server, <see cref="LocalAsync"/> starts one here. Disposing of it ends the
/// session on the server, with its views, its files and its streams. It may be used by several threads.
/// </summary>
/// <example>
/// <code>
/// await using var spark = await SparkSession.ConnectAsync("sc://localhost");
/// await spark.Sql("SELECT id, id * id AS square FROM range(5)").ShowAsync();
/// </code>
/// </example>
public sealed partial class SparkSession : IAsyncDisposable, IDisposable
{
    private readonly LocalServer? server;
    private long plans;

    private SparkSession(ConnectClient client, LocalServer? server)
    {
        Client = client;
        this.server = server;
    }

    /// <summary>The version of Spark, such as <c>4.3.0</c>.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The session's UUID. Who connects with it as <c>session_id</c> finds the same session.</summary>
    public string SessionId => Client.SessionId;

    internal ConnectClient Client { get; }

    /// <summary>Hears how the queries of this session go on, on threads of the pool.</summary>
    public event Action<ExecutionProgress>? Progressed
    {
        add => Client.Progressed += value;
        remove => Client.Progressed -= value;
    }

    /// <summary>Connects to a Spark Connect server.</summary>
    /// <param name="connection">
    /// <c>sc://host:port/;token=...;user_id=...;use_ssl=true;session_id=...</c>; port 15002 where none is given. A token goes over TLS, or to this machine itself. Parameters with other names
    /// become headers of every call. Over TLS the system's certificate authorities vouch for the server, or those of the PEM file that the environment variable
    /// GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names.
    /// </param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ArgumentException">It is no such string.</exception>
    /// <exception cref="SparkException">There is no Spark, or it refuses.</exception>
    public static Task<SparkSession> ConnectAsync(string connection, CancellationToken cancellation = default) =>
        ConnectAsync(ConnectionString.Parse(connection), RetryPolicy.Default, server: null, cancellation);

    /// <summary>Starts a Spark on this machine, which ends with the session or with the process, and connects to it. It takes some ten seconds.</summary>
    /// <param name="master">Where tasks run: <c>local[*]</c> in as many threads as there are cores.</param>
    /// <param name="settings">Settings of Spark, such as <c>spark.driver.memory</c>.</param>
    /// <param name="cancellation">Ends the call, and Spark.</param>
    /// <exception cref="InvalidOperationException">The environment variable SPARK_HOME does not name the folder of a Spark 4, or that does not start: Java 17 is needed.</exception>
    public static async Task<SparkSession> LocalAsync(string master = "local[*]", IReadOnlyDictionary<string, string>? settings = null, CancellationToken cancellation = default)
    {
        if (Environment.GetEnvironmentVariable("SPARK_HOME") is not { Length: > 0 } home)
            throw new InvalidOperationException("SPARK_HOME is not set: it must name the folder of an unpacked Spark 4 (https://spark.apache.org/downloads.html), which also needs Java 17 or later.");
        LocalServer server = await LocalServer.StartAsync(home, master, settings, cancellation).ConfigureAwait(false);
        try
        {
            return await ConnectAsync(ConnectionString.Parse(server.ConnectionString), RetryPolicy.Default, server, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs SQL. Commands run at once; a query runs when its rows are asked for.</summary>
    /// <param name="sqlText">The text, with <c>:name</c> for parameters.</param>
    /// <param name="parameters">Their values: what a literal or a column can be.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="SparkException">It is wrong, or the command failed.</exception>
    public Task<DataFrame> SqlAsync(string sqlText, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        PlanContext context = new(this);
        SQL sql = new() { Query = sqlText };
        foreach ((string name, object? value) in parameters)
            sql.NamedArguments[name] = context.Build(Functions.Lit(value));
        return SqlAsync(sql, context, cancellation);
    }

    /// <inheritdoc cref="SqlAsync(string, IReadOnlyDictionary{string, object?}, CancellationToken)"/>
    /// <param name="sqlText">The text, with <c>?</c> for parameters.</param>
    /// <param name="parameters">Their values in order.</param>
    public Task<DataFrame> SqlAsync(string sqlText, params object?[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        PlanContext context = new(this);
        SQL sql = new() { Query = sqlText };
        foreach (object? value in parameters)
            sql.PosArguments.Add(context.Build(Functions.Lit(value)));
        return SqlAsync(sql, context, CancellationToken.None);
    }

    /// <inheritdoc cref="SqlAsync(string, IReadOnlyDictionary{string, object?}, CancellationToken)"/>
    public DataFrame Sql(string sqlText, IReadOnlyDictionary<string, object?> parameters) => Wait(SqlAsync(sqlText, parameters));

    /// <inheritdoc cref="SqlAsync(string, object?[])"/>
    public DataFrame Sql(string sqlText, params object?[] parameters) => Wait(SqlAsync(sqlText, parameters));

    /// <summary>Interrupts everything that the session does on the cluster.</summary>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The ids of the operations that were at work.</returns>
    public Task<IReadOnlyList<string>> InterruptAllAsync(CancellationToken cancellation = default) => Client.InterruptAsync(operation: null, cancellation);

    /// <summary>Ends the session on the server, and the server where <see cref="LocalAsync"/> started it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        if (server is not null)
            await server.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>As <see cref="ConnectAsync(string, CancellationToken)"/>, with a patience of one's own.</summary>
    internal static async Task<SparkSession> ConnectAsync(ConnectionString target, RetryPolicy retry, LocalServer? server, CancellationToken cancellation)
    {
        SparkSession session = new(new ConnectClient(target, retry), server);
        try
        {
            AnalyzePlanRequest question = new() { SparkVersion = new AnalyzePlanRequest.Types.SparkVersion() };
            session.Version = (await session.Client.AnalyzeAsync(question, cancellation).ConfigureAwait(false)).SparkVersion.Version;
            ConfigRequest.Types.Set settings = new();

            // A cluster may compress Arrow's batches, both to here and to executors' workers.
            settings.Pairs.Add(new KeyValue { Key = "spark.sql.execution.arrow.compression.codec", Value = "none" });

            // Before functions over columns that lie otherwise than Arrow's, such as Parquet's, Spark 4.3 makes rows of columns, and of rows and results columns again. Without that a query
            // takes two thirds of the time. Sources whose columns are Arrow's would have gained: who has one sets it to true.
            settings.Pairs.Add(new KeyValue { Key = "spark.sql.execution.arrow.pythonUDF.columnarInput.enabled", Value = "false" });
            await session.Client.ConfigAsync(new ConfigRequest.Types.Operation { Set = settings }, cancellation).ConfigureAwait(false);
            return session;
        }
        catch (SparkException error) when (error.StatusCode == GrpcCode.Unavailable)
        {
            await session.Client.DisposeAsync().ConfigureAwait(false);
            throw new SparkException($"No Spark Connect server answers at sc://{target.Host}:{target.Port}{(target.UsesTls ? " over TLS" : "")}: {error.Message}", error.StatusCode, error);
        }
        catch
        {
            await session.Client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits where a caller has no await.</summary>
    internal static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait{T}"/>
    internal static void Wait(Task task) => task.GetAwaiter().GetResult();

    /// <summary>A number for a plan.</summary>
    internal long NextPlanId() => Interlocked.Increment(ref plans);

    /// <summary>Brings to the cluster what a plan needs there.</summary>
    internal async Task ProvideAsync(IEnumerable<SessionResource> resources, CancellationToken cancellation)
    {
        foreach (SessionResource resource in resources)
            await resource.ProvideAsync(this, cancellation).ConfigureAwait(false);
    }

    private async Task<DataFrame> SqlAsync(SQL sql, PlanContext context, CancellationToken cancellation)
    {
        await ProvideAsync(context.Resources, cancellation).ConfigureAwait(false);
        SqlCommand command = new();
        if (Version.StartsWith("3.", StringComparison.Ordinal))
        {
            command.Sql = sql.Query;
            command.NamedArguments.Add(sql.NamedArguments);
            command.PosArguments.AddRange(sql.PosArguments);
        }
        else
        {
            command.Input = new Relation { Sql = sql };
        }

        Relation? result = null;
        await foreach (ExecutePlanResponse response in Client.ExecuteAsync(new Plan { Command = new Command { SqlCommand = command } }, cancellation).ConfigureAwait(false))
            result = response.SqlCommandResult?.Relation ?? result;
        return new DataFrame(this, result ?? throw new InvalidOperationException("Spark answered SQL without a result."), context.Resources);
    }
}
