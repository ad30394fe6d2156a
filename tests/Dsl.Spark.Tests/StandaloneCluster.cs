using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Xunit;

namespace Dsl.Spark.Tests;

/// <summary>
/// A master and two workers, each with a host of its own as far as Spark can see, and an executor of one core on each; on executors there is nothing, not even .NET. It ends with the tests, however they end.
/// </summary>
public sealed class StandaloneCluster : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-cluster-");
    private readonly List<GuardedProcess> processes = [];
    private LocalServer? server;

    /// <summary>Where it is.</summary>
    internal string ConnectionString => server!.ConnectionString;

    /// <summary>A folder for files of a test, on the machine of all.</summary>
    public string NewFolder() => folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    /// <summary>A session of one's own.</summary>
    public Task<SparkSession> ConnectAsync() => SparkSession.ConnectAsync(ConnectionString);

    public async Task InitializeAsync()
    {
        if (SharedFolder.SparkMissing is not null)
            return;
        int port = LocalServer.FreePort();
        string master = $"spark://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        GuardedProcess first = Start("127.0.0.1", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--webui-port", "0");
        await first.WaitForPortAsync("Spark's master", port, CancellationToken.None);

        // A speculative copy of a task never runs on the host of the task.
        foreach (string host in new[] { "127.0.0.2", "127.0.0.3" })
            Start(host, "org.apache.spark.deploy.worker.Worker", "--host", host, "--cores", "1", "--memory", "700m", "--webui-port", "0", "--work-dir", NewFolder(), master);
        Dictionary<string, string> settings = new()
        {
            ["spark.driver.memory"] = "1g",
            ["spark.driver.host"] = "127.0.0.1",
            ["spark.driver.extraJavaOptions"] = RealSpark.ShortLived,
            ["spark.executor.memory"] = "600m",
            ["spark.executor.extraJavaOptions"] = RealSpark.ShortLived,
            ["spark.local.dir"] = folder.CreateSubdirectory("local").FullName,
            ["spark.sql.warehouse.dir"] = folder.CreateSubdirectory("warehouse").FullName,

            // What DOTNET_ROOT and PATH say here must not reach executors.
            ["spark.executorEnv.DOTNET_ROOT"] = "/nowhere",
            ["spark.executorEnv.PATH"] = "/usr/bin:/bin",
            ["spark.speculation"] = "true",
            ["spark.speculation.quantile"] = "0.5",
            ["spark.speculation.multiplier"] = "1.5",
        };
        server = await LocalServer.StartAsync(SharedFolder.SparkHome, master, settings, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        // The driver first: workers then end their executors by themselves.
        if (server is not null)
            await server.DisposeAsync();
        await Task.WhenAll(processes.Select(one => one.DisposeAsync().AsTask()));
        folder.Delete(recursive: true);
    }

    private GuardedProcess Start(string host, params string[] program)
    {
        Dictionary<string, string> environment = new() { ["SPARK_HOME"] = SharedFolder.SparkHome, ["SPARK_LOCAL_IP"] = host, ["SPARK_DAEMON_MEMORY"] = "256m", ["SPARK_DAEMON_JAVA_OPTS"] = RealSpark.ShortLived };
        GuardedProcess started = GuardedProcess.Start([Path.Combine(SharedFolder.SparkHome, "bin", "spark-class"), .. program], environment);
        processes.Add(started);
        return started;
    }
}
