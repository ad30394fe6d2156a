using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Executors;
using Dsl.Spark.Sql;
using Dsl.Spark.Sql.Streaming;
using Dsl.Spark.Tests.Worker;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Executors;

/// <summary>A cluster of two executors, on which nothing is installed: the worker brings its own .NET.</summary>
public sealed class ClusterTests(StandaloneCluster cluster) : IClassFixture<StandaloneCluster>
{
    private const int LargestArchive = 40_000_000;

    [FactWithSpark]
    public async Task A_worker_with_its_own_runtime_runs_on_every_executor()
    {
        // Without the runtime's package there is nothing to send; the other form is tried elsewhere.
        if (await PublishedWorker.ArchiveAsync() is not { } archive)
            return;
        Assert.InRange(new FileInfo(archive).Length, 1, LargestArchive);
        SparkWorker worker = SparkWorker.SelfContained(archive);
        await using SparkSession session = await cluster.ConnectAsync();
        session.Worker = worker;
        FunctionDescription meeting = new(typeof(ExecutedFunctions.Meeting), "meeting", ExecutedFunctions.Meeting.Columns, null);
        DataFrame numbers = await session.SqlAsync("SELECT id FROM range(0, 7, 1, 2)");
        IReadOnlyList<Row> rows = await SparkFunction.MapPartitions(numbers, ["id"], meeting, barrier: true).CollectAsync();
        Assert.Equal(["0 3 é0:3 é1:4", "1 4 é0:3 é1:4"], rows.Select(row => string.Join(" ", row.Values)).Order(StringComparer.Ordinal));
        Assert.Throws<InvalidOperationException>(() => session.Worker = worker);

        // The same session again: nothing travels twice, and the state is found on both executors.
        await using SparkSession again = await SparkSession.ConnectAsync($"{cluster.ConnectionString}/;session_id={session.SessionId}");
        again.Worker = worker;
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), BitConverter.GetBytes(10.0));
        DataFrame values = await again.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(0, 100, 1, 8)");
        DataFrame called = values.Select(SparkFunction.Call(scaled, Functions.Col("v")));
        Assert.Equal(20.0 * 4950, (await called.CollectAsync()).Sum(row => row.Get<double>(0)));

        // A task that hangs on one host is done on the other meanwhile; then Spark gives it up, and it hears of that.
        string stopped = Path.Combine(cluster.NewFolder(), "stopped");
        FunctionDescription hanging = new(typeof(ExecutedFunctions.Hanging), "hanging", new LongType(), Encoding.UTF8.GetBytes(stopped));
        DataFrame two = await again.SqlAsync("SELECT id FROM range(0, 1000, 1, 2)");
        rows = await two.Select(Functions.Col("id"), SparkFunction.Call(hanging, Functions.Col("id")).As("same")).CollectAsync();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), rows.Select(row => row.Get<long>("same")).Order());
        Assert.All(rows, row => Assert.Equal(row[0], row[1]));
        AwaitedFile.Wait(stopped);

        // A stream's tasks find the same worker, code and state, on both executors.
        string arriving = Path.Combine(cluster.NewFolder(), "arriving");
        await values.Write.ParquetAsync(arriving);
        StreamingQuery query = await again.ReadStream.Schema("v DOUBLE").Parquet(arriving).Select(SparkFunction.Call(scaled, Functions.Col("v")).As("w"))
            .WriteStream.Format("memory").QueryName("scaled_rows").Trigger(Trigger.AvailableNow()).StartAsync();
        await query.AwaitTerminationAsync();
        Assert.Equal(20.0 * 4950, (await again.Table("scaled_rows").CollectAsync()).Sum(row => row.Get<double>(0)));
        Assert.StartsWith(again.Client.ServerSessionId!, await again.Conf.GetAsync("spark.sql.execution.pyspark.python"), StringComparison.Ordinal);

        // And queries do, by the path that streams have.
        Assert.Equal(20.0 * 4950, (await called.CollectAsync()).Sum(row => row.Get<double>(0)));
    }

    [FactWithSpark]
    public async Task Executors_without_NET_name_the_package_that_brings_it()
    {
        await using SparkSession session = await cluster.ConnectAsync();
        session.Worker = SparkWorker.FrameworkDependent(AppContext.BaseDirectory);
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), null);
        DataFrame values = await session.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(10)");
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => values.Select(SparkFunction.Call(scaled, Functions.Col("v"))).CollectAsync());
        Assert.Contains("This executor has no .NET", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Reference the package Dsl.Spark.Worker.linux-x64", error.ToString(), StringComparison.Ordinal);
    }
}
