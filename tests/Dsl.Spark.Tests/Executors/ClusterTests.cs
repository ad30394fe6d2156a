using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Executors;
using Dsl.Spark.Sql;
using Dsl.Spark.Tests.Worker;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Executors;

/// <summary>A cluster of two executors, on which nothing is installed: the worker brings its own .NET.</summary>
public sealed class ClusterTests : IDisposable
{
    private const int LargestArchive = 40_000_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-cluster-");

    public void Dispose() => folder.Delete(recursive: true);

    [FactWithSpark]
    public async Task A_worker_with_its_own_runtime_runs_on_every_executor()
    {
        string published = Path.Combine(folder.FullName, "worker");
        if (Publish(published) is { } failure)
        {
            // Without the runtime's package there is nothing to send; the other form is tried elsewhere.
            Assert.Contains("NU1", failure, StringComparison.Ordinal);
            return;
        }

        SparkWorker worker = SparkWorker.SelfContained(published);
        Assert.InRange(worker.ToArtifact()!.Length, 1, LargestArchive);
        string home = Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } set ? set : SharedFolder.SparkHome;
        Dictionary<string, string> settings = new()
        {
            ["spark.driver.memory"] = "1g",
            ["spark.executor.memory"] = "900m",
            ["spark.local.dir"] = folder.CreateSubdirectory("local").FullName,
            ["spark.sql.warehouse.dir"] = folder.CreateSubdirectory("warehouse").FullName,

            // Executors without .NET: what DOTNET_ROOT and PATH say here must not reach them.
            ["spark.executorEnv.DOTNET_ROOT"] = "/nowhere",
            ["spark.executorEnv.PATH"] = "/usr/bin:/bin",
        };
        await using LocalServer server = await LocalServer.StartAsync(home, "local-cluster[2,1,900]", settings, CancellationToken.None);
        await using SparkSession session = await SparkSession.ConnectAsync(server.ConnectionString);
        session.Worker = worker;
        FunctionDescription meeting = new(typeof(ExecutedFunctions.Meeting), "meeting", ExecutedFunctions.Meeting.Columns, null);
        DataFrame numbers = await session.SqlAsync("SELECT id FROM range(0, 7, 1, 2)");
        IReadOnlyList<Row> rows = await SparkFunction.MapPartitions(numbers, ["id"], meeting, barrier: true).CollectAsync();
        Assert.Equal(["0 3 é0:3 é1:4", "1 4 é0:3 é1:4"], rows.Select(row => string.Join(" ", row.Values)).Order(StringComparer.Ordinal));
        Assert.Throws<InvalidOperationException>(() => session.Worker = worker);

        // The same session again: nothing travels twice, and the state is found on both executors.
        await using SparkSession again = await SparkSession.ConnectAsync($"{server.ConnectionString}/;session_id={session.SessionId}");
        again.Worker = worker;
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), BitConverter.GetBytes(10.0));
        DataFrame values = await again.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(0, 100, 1, 8)");
        DataFrame called = values.Derive(context => new Protocol.Relation
        {
            Project = new Protocol.Project { Input = values.Relation, Expressions = { context.Build(SparkFunction.Call(scaled, Functions.Col("v"))) } },
        });
        Assert.Equal(20.0 * 4950, (await called.CollectAsync()).Sum(row => row.Get<double>(0)));
    }

    [Fact]
    public void What_is_no_published_worker_is_refused() =>
        Assert.Contains("has no worker with its own .NET", Assert.Throws<ArgumentException>(() => SparkWorker.SelfContained(folder.FullName)).Message, StringComparison.Ordinal);

    /// <summary>Publishes the worker; null, or what it said where it failed.</summary>
    private string? Publish(string into)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Dsl.sln")))
            root = root.Parent;
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, WorkingDirectory = root!.FullName };
        foreach (string argument in new[]
        {
            "publish", "src/Dsl.Spark.Worker", "-c", "Release", "-r", "linux-x64", "--self-contained", "-p:PublishReadyToRun=true", "--artifacts-path", Path.Combine(folder.FullName, "artifacts"),
            "-o", into, "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false",
        })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : output;
    }
}
