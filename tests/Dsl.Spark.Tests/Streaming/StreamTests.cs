using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Executors;
using Dsl.Spark.Sql;
using Dsl.Spark.Sql.Streaming;
using Dsl.Spark.Tests.Executors;
using Dsl.Spark.Tests.Networks;
using Dsl.Spark.Types;
using Xunit;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Spark.Tests.Streaming;

/// <summary>Streams of a real Spark, with C# in them.</summary>
[Collection(SparkCollection.Name)]
public class StreamTests(RealSpark spark)
{
    private const string Schema = "id BIGINT, x ARRAY<FLOAT>";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [FactWithSpark]
    public async Task A_stream_that_was_stopped_goes_on_in_another_session_with_every_row_once()
    {
        string folder = spark.NewFolder();
        string gate = Path.Combine(folder, "gate");
        await File.WriteAllTextAsync(gate, "");
        using Scorer network = new(seed: 5);
        string id;
        await using (SparkSession first = await spark.ConnectAsync())
        {
            for (int i = 0; i < 3; i++)
                await AddAsync(first, folder, i);
            StreamingQuery query = await Start(first, Trigger.ProcessingTime(TimeSpan.Zero));
            id = query.Id;
            Assert.Equal("scoring", query.Name);
            Assert.True(await query.IsActiveAsync());
            await UntilAsync(async () => await query.LastProgressAsync() is { NumInputRows: 100 } && (await query.StatusAsync()).IsTriggerActive, query);
            StreamingQueryProgress progress = Assert.Single(await query.RecentProgressAsync());
            Assert.Equal((id, query.RunId, "scoring", 0), (progress.Id, progress.RunId, progress.Name, progress.BatchId));
            Assert.Contains("addBatch", progress.DurationMs.Keys);
            Assert.StartsWith("FileStreamSource[", Assert.Single(progress.Sources).Description, StringComparison.Ordinal);

            // The second batch is held.
            await query.StopAsync();
            Assert.False(await query.IsActiveAsync());
            Assert.Null(await query.ExceptionAsync());
            Assert.True(await query.AwaitTerminationAsync(Patience));
        }

        File.Delete(gate);
        await using SparkSession second = await spark.ConnectAsync();
        Assert.Equal(100, (await second.Read.Parquet(folder + "/out").CollectAsync()).Count);
        await AddAsync(second, folder, 3);
        StreamingQuery again = await Start(second, Trigger.AvailableNow());
        Assert.Equal(id, again.Id);
        await again.AwaitTerminationAsync();
        IReadOnlyList<StreamingQueryProgress> reports = await again.RecentProgressAsync();
        IReadOnlyList<Row> rows = await second.Read.Parquet(folder + "/out").OrderBy("id").CollectAsync();
        Assert.Equal(Enumerable.Range(0, 400).Select(i => (long)i), rows.Select(row => row.Get<long>("id")));
        float[] outputs = new float[400 * 5];
        network.Predict([.. rows.SelectMany(row => row.Get<float[]>("x"))], outputs);
        Assert.Equal(outputs, rows.SelectMany(row => row.Get<float[]>("y")));
        // Stopped between taking note of the second file and of its batch, the source gives it together with the third.
        StreamingQueryProgress[] batches = [.. reports.Where(one => one.NumInputRows > 0)];
        Assert.Equal(300, batches.Sum(one => one.NumInputRows));
        Assert.InRange(batches.Length, 2, 3);
        Assert.Equal(Enumerable.Range(1, batches.Length).Select(batch => (long)batch), batches.Select(one => one.BatchId));

        Task<StreamingQuery> Start(SparkSession session, Trigger trigger)
        {
            DataFrame arriving = session.ReadStream.Schema(Schema).Option("maxFilesPerTrigger", 1).Parquet(folder + "/in");
            DataFrame scored = arriving.Select(Held.Until(Col("id"), Lit(gate)).As("id"), Col("x"), network.Predict(Col("x")).As("y"));
            return scored.WriteStream.Format("parquet").OutputMode("append").QueryName("scoring").Trigger(trigger)
                .Option("checkpointLocation", folder + "/checkpoint").StartAsync(folder + "/out");
        }
    }

    [FactWithSpark]
    public async Task Two_streams_and_a_query_run_in_one_session()
    {
        string folder = spark.NewFolder();
        await using SparkSession session = await spark.ConnectAsync();
        using Scorer network = new(seed: 6);
        await AddAsync(session, folder, 0);
        DataFrame arriving = session.ReadStream.Schema(Schema).Parquet(folder + "/in");
        Assert.True(await arriving.IsStreamingAsync());
        Assert.False(await session.Range(3).IsStreamingAsync());
        DataFrame ticking = session.ReadStream.Format("rate").Option("rowsPerSecond", 50).Load();
        StreamingQuery labels = await arriving.Select(Col("id"), network.Classify(Col("x")).As("c")).WriteStream.Format("memory").QueryName("labels").StartAsync();
        Task<StreamingQuery> starting = ticking.Select(Udfs.Distance(Lit(3.0), Lit(4.0)).As("d")).WriteStream.Format("memory").QueryName("distances").StartAsync();
        for (int i = 0; i < 3; i++)
        {
            DataFrame query = session.Range(0, 1000, numPartitions: 2).Select(Udfs.Distance(Col("id").Cast("double"), Lit(0.0)).As("d"));
            Assert.Equal(499500.0, (await query.CollectAsync()).Sum(row => row.Get<double>("d")));
        }

        StreamingQuery distances = await starting;

        // A stream has the settings of when it started.
        await session.Conf.SetAsync("spark.sql.execution.pyspark.python", "/nowhere");
        await AddAsync(session, folder, 1);
        await labels.ProcessAllAvailableAsync();
        await UntilAsync(async () => (await session.Table("distances").CollectAsync()).Count > 0, distances);
        Assert.Equal(new HashSet<string> { labels.Id, distances.Id }, (await session.Streams.ActiveAsync()).Select(one => one.Id).ToHashSet());
        Assert.Equal(labels.RunId, (await session.Streams.GetAsync(labels.Id))?.RunId);
        Assert.Null(await session.Streams.GetAsync(Guid.NewGuid().ToString()));
        Assert.False(await session.Streams.AwaitAnyTerminationAsync(TimeSpan.FromMilliseconds(1)));
        Assert.All(await session.Table("distances").CollectAsync(), row => Assert.Equal(5.0, row.Get<double>("d")));
        await distances.StopAsync();
        Assert.True(await session.Streams.AwaitAnyTerminationAsync(Patience));
        await session.Streams.ResetTerminatedAsync();
        Assert.False(await session.Streams.AwaitAnyTerminationAsync(TimeSpan.FromMilliseconds(1)));

        IReadOnlyList<Row> rows = await session.SqlAsync("SELECT l.c.label AS label, t.x FROM labels l JOIN parquet.`" + folder + "/in` t USING (id)").Result.CollectAsync();
        int[] expected = new int[200];
        network.Classify([.. rows.SelectMany(row => row.Get<float[]>("x"))], expected);
        Assert.Equal(expected, rows.Select(row => row.Get<int>("label")));
        Assert.Contains("ArrowEvalPython", await labels.ExplainStringAsync(), StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task A_failed_stream_tells_the_stack()
    {
        await using SparkSession session = await spark.ConnectAsync();
        await session.Udf.RegisterAsync(new FunctionDescription(typeof(Worker.ExecutedFunctions.Failing), "failing", new DoubleType(), null));
        session.ReadStream.Format("rate").Option("rowsPerSecond", 20).Load().CreateOrReplaceTempView("ticks");

        // SQL text does not tell that it calls C#.
        DataFrame called = await session.SqlAsync("SELECT failing(CAST(value AS DOUBLE)) AS v FROM ticks");
        StreamingQuery query = await called.WriteStream.Format("noop").StartAsync();
        SparkException thrown = await Assert.ThrowsAsync<SparkException>(() => query.AwaitTerminationAsync());
        SparkException? kept = await query.ExceptionAsync();
        Assert.NotNull(kept);
        Assert.All([thrown, kept], error =>
        {
            Assert.Equal("STREAM_FAILED", error.ErrorClass);
            Assert.Contains(query.Id, error.Message, StringComparison.Ordinal);
            Assert.Contains("System.InvalidOperationException: no such number", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("ExecutedFunctions.Failing.Run(", error.ToString(), StringComparison.Ordinal);
        });
        Assert.False(query.IsActive());
    }

    [FactWithSpark]
    public async Task Queries_and_streams_run_with_an_installed_worker()
    {
        string folder = spark.NewFolder();
        CodeArchive files = CodeArchive.OfWorker(AppContext.BaseDirectory);
        files.SaveTo(folder);
        await using SparkSession session = await spark.ConnectAsync();
        session.Worker = SparkWorker.Installed(Path.Combine(folder, files.Name, "bin", "worker"));
        FunctionDescription scaled = new(typeof(Worker.ExecutedFunctions.Scaled), "scaled", new DoubleType(), BitConverter.GetBytes(10.0));
        DataFrame called = session.ReadStream.Format("rate").Option("rowsPerSecond", 20).Load().Select(Col("value"), SparkFunction.Call(scaled, Col("value").Cast("double")).As("v"));

        // A query's tasks have the session's files, whatever worker they run with.
        DataFrame numbers = session.Range(0, 100, 1, 2).Select(SparkFunction.Call(scaled, Col("id").Cast("double")).As("v"));
        Assert.Equal(20.0 * 4950, (await numbers.CollectAsync()).Sum(row => row.Get<double>(0)));
        Assert.Equal(session.Worker.Executable, await session.Conf.GetAsync("spark.sql.execution.pyspark.python"));
        called.SaveFunctions(folder + "/functions");
        string[] saved = [.. Directory.EnumerateFiles(folder + "/functions", "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder + "/functions", path))];
        Assert.Contains(saved, path => path.StartsWith("u-", StringComparison.Ordinal) && path.EndsWith("/Dsl.Spark.Tests.dll", StringComparison.Ordinal));
        Assert.Equal(BitConverter.GetBytes(10.0), await File.ReadAllBytesAsync(Path.Combine(folder, "functions", Assert.Single(saved, path => path.StartsWith("s-", StringComparison.Ordinal)))));

        StreamingQuery query = await called.WriteStream.Format("memory").QueryName("installed").StartAsync();
        await UntilAsync(async () => (await session.Table("installed").CollectAsync()).Count > 0, query);
        Assert.All(await session.Table("installed").CollectAsync(), row => Assert.Equal(20.0 * row.Get<long>(0), row.Get<double>(1)));
    }

    [FactWithSpark]
    public async Task Aggregates_of_a_stream_go_into_a_table_and_the_console()
    {
        string folder = spark.NewFolder();
        await using SparkSession session = await spark.ConnectAsync();
        DataFrame times = await session.SqlAsync("SELECT id, timestamp '2024-01-01 00:00:00' + make_interval(0, 0, 0, 0, 0, id) AS time FROM range(0, 120, 1, 1)");
        await times.Write.ParquetAsync(folder + "/in");
        DataFrame minutes = session.ReadStream.Schema(await times.SchemaAsync()).Parquet(folder + "/in")
            .WithWatermark("time", "1 second").GroupBy(Expr("window(time, '20 minutes')").As("w")).Agg(Count(Lit(1)).As("n"))
            .Select(Col("w.start").As("start"), Col("n"));
        string table = "minutes_" + Guid.NewGuid().ToString("N");
        StreamingQuery query = await minutes.WriteStream.Trigger(Trigger.AvailableNow()).Option("checkpointLocation", folder + "/a").ToTableAsync(table);
        await query.AwaitTerminationAsync();

        // The sixth is not over by a second.
        Assert.Equal([20L, 20, 20, 20, 20], (await session.Table(table).CollectAsync()).Select(row => row.Get<long>("n")));
        StreamingQueryProgress progress = (await query.RecentProgressAsync())[0];
        Assert.Equal(6, progress.StateOperators[0].NumRowsTotal);
        StreamingQuery shown = await minutes.WriteStream.OutputMode(OutputMode.Complete).Format("console").Trigger(Trigger.Once()).StartAsync();
        Assert.True(await shown.AwaitTerminationAsync(Patience));
        Assert.Contains("ConsoleTable", shown.LastProgress()!.Sink.Description, StringComparison.Ordinal);
        SparkException refused = await Assert.ThrowsAsync<SparkException>(() => minutes.CollectAsync());
        Assert.Contains("writeStream", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Adds a file of a hundred rows.</summary>
    private static async Task AddAsync(SparkSession session, string folder, int number)
    {
        DataFrame rows = await session.SqlAsync($"SELECT id, transform(sequence(0, 11), i -> CAST((id * 13 + i * 7) % 29 / 29 AS FLOAT)) AS x FROM range({number * 100}, {(number + 1) * 100}, 1, 1)");
        await rows.Write.Mode(SaveMode.Append).ParquetAsync(folder + "/in");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, StreamingQuery query)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (await query.ExceptionAsync() is { } error)
                throw error;
            Assert.True(watch.Elapsed < Patience, $"The stream came no further: {await query.StatusAsync()}, {(await query.LastProgressAsync())?.Json}");
            await Task.Delay(50);
        }
    }
}
