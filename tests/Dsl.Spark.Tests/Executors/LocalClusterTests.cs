using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Executors;
using Dsl.Spark.Sql;
using Dsl.Spark.Sql.Streaming;
using Dsl.Spark.Tests.Networks;
using Dsl.Spark.Tests.Worker;
using Dsl.Spark.Types;
using Xunit;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Spark.Tests.Executors;

/// <summary>Spark's cluster within one machine: a driver, and two executors that are processes of their own.</summary>
public sealed class LocalClusterTests : IAsyncLifetime
{
    private const int Rows = 4000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-local-cluster-");
    private LocalServer? server;

    public async Task InitializeAsync()
    {
        if (SharedFolder.SparkMissing is not null)
            return;

        // Executors of this kind work in SPARK_HOME/work, and leave it behind.
        string home = folder.CreateSubdirectory("home").FullName;
        foreach (string part in Directory.EnumerateFileSystemEntries(SharedFolder.SparkHome))
            File.CreateSymbolicLink(Path.Combine(home, Path.GetFileName(part)), part);
        Dictionary<string, string> settings = new()
        {
            ["spark.driver.memory"] = "1g",
            ["spark.driver.extraJavaOptions"] = RealSpark.ShortLived,
            ["spark.executor.memory"] = "900m",
            ["spark.executor.extraJavaOptions"] = RealSpark.ShortLived,
            ["spark.local.dir"] = folder.CreateSubdirectory("local").FullName,
            ["spark.sql.warehouse.dir"] = folder.CreateSubdirectory("warehouse").FullName,

            // The other clusters talk to their workers over TCP.
            ["spark.python.unix.domain.socket.enabled"] = "true",
            ["spark.python.unix.domain.socket.dir"] = folder.FullName,
        };
        server = await LocalServer.StartAsync(home, "local-cluster[2,1,900]", settings, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [FactWithSpark]
    public async Task Functions_networks_and_streams_run_on_both_executors()
    {
        await using SparkSession session = await SparkSession.ConnectAsync(server!.ConnectionString);

        // Tasks of a barrier stage run at the same time, which here is on both executors.
        FunctionDescription meeting = new(typeof(ExecutedFunctions.Meeting), "meeting", ExecutedFunctions.Meeting.Columns, null);
        IReadOnlyList<Row> met = await SparkFunction.MapPartitions(session.Range(0, 7, 1, 2), ["id"], meeting, barrier: true).CollectAsync();
        Assert.Equal(["0 3 é0:3 é1:4", "1 4 é0:3 é1:4"], met.Select(row => string.Join(" ", row.Values)).Order(StringComparer.Ordinal));

        using Scorer network = new(seed: 9);
        DataFrame Scored(DataFrame ids) => ids.WithColumn("x", Expr("transform(sequence(0, 11), i -> CAST((id * 13 + i * 7) % 29 / 29 AS FLOAT))"))
            .Select(Col("id"), Col("x"), network.Predict(Col("x")).As("y"), Udfs.Distance(Col("id").Cast("double"), Lit(1.0)).As("d"));
        Check(await Scored(session.Range(0, Rows, 1, 2)).CollectAsync());

        // A worker that dies takes no task with it for good.
        FunctionDescription deadly = new(typeof(ExecutedFunctions.Deadly), "deadly", new IntegerType(), null);
        IReadOnlyList<Row> tried = await session.Range(0, 100, 1, 2).Select(Col("id"), SparkFunction.Call(deadly, Col("id")).As("attempt")).CollectAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), tried.Select(row => row.Get<long>("id")).Order());
        Assert.All(tried, row => Assert.InRange(row.Get<int>("attempt"), 1, 3));

        DirectoryInfo arriving = folder.CreateSubdirectory("arriving");
        foreach (int part in new[] { 0, 1 })
            await File.WriteAllLinesAsync(Path.Combine(arriving.FullName, $"{part}.csv"), Enumerable.Range(part * Rows / 2, Rows / 2).Select(id => id.ToString(CultureInfo.InvariantCulture)));
        StreamingQuery query = await Scored(session.ReadStream.Schema("id BIGINT").Csv(arriving.FullName)).WriteStream.Format("memory").QueryName("scored").Trigger(Trigger.AvailableNow()).StartAsync();
        await query.AwaitTerminationAsync();
        Check(await session.Table("scored").CollectAsync());

        void Check(IReadOnlyList<Row> rows)
        {
            rows = [.. rows.OrderBy(row => row.Get<long>("id"))];
            Assert.Equal(Enumerable.Range(0, Rows).Select(i => (long)i), rows.Select(row => row.Get<long>("id")));
            Assert.Equal(rows.Select(row => Udfs.Distance(row.Get<long>("id"), 1)), rows.Select(row => row.Get<double>("d")));
            float[] outputs = new float[Rows * 5];
            network.Predict([.. rows.SelectMany(row => row.Get<float[]>("x"))], outputs);
            Assert.Equal(outputs, rows.SelectMany(row => row.Get<float[]>("y")));
        }
    }
}
