using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Arrow;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Connect;

/// <summary>The wire against a real Spark.</summary>
[Collection(SparkCollection.Name)]
public class RealSparkTests(RealSpark real)
{
    [FactWithSpark]
    public async Task Rows_come_with_their_types()
    {
        await using SparkSession spark = await real.ConnectAsync();
        Assert.StartsWith("4.", spark.Version, StringComparison.Ordinal);
        DataFrame table = await spark.SqlAsync("""
            SELECT true AS b, 1Y AS i8, 2S AS i16, 3 AS i32, 4L AS i64, 5.5f AS f32, 6.5d AS f64, CAST(-1234567890.123456789 AS decimal(38,9)) AS dec, 'é😀' AS s, X'0102' AS bin,
                   DATE'1969-12-31' AS d, TIMESTAMP'2024-02-29 12:34:56.789012 UTC' AS ts, TIMESTAMP_NTZ'0001-01-01 00:00:00' AS ntz, array(1, null, 3) AS a, array(1.5f, 2.5f) AS af,
                   named_struct('x', 1, 'y', 'z') AS st, map('k', array(DATE'2000-01-01')) AS m, CAST(null AS string) AS n, void AS v
            FROM (SELECT null AS void)
            """);
        Row row = Assert.Single(await table.CollectAsync());
        Assert.Equal(await table.SchemaAsync(), row.Schema);
        Assert.Equal("boolean tinyint smallint int bigint float double decimal(38,9) string binary date timestamp timestamp_ntz", string.Join(" ", row.Schema.Fields.Take(13).Select(one => one.DataType)));
        Assert.Equal([true, (sbyte)1, (short)2, 3, 4L, 5.5f, 6.5d, -1234567890.123456789m, "é😀"], row.Values.Take(9));
        Assert.Equal(new byte[] { 1, 2 }, row.Get<byte[]>("bin"));
        Assert.Equal(new DateOnly(1969, 12, 31), row.Get<DateOnly>("d"));
        Assert.Equal(new DateTime(2024, 2, 29, 12, 34, 56, DateTimeKind.Utc).AddTicks(7890120), row.Get<DateTime>("ts"));
        Assert.Equal(DateTime.MinValue, row.Get<DateTime>("ntz"));
        Assert.Equal([1, null, 3], row.Get<int?[]>("a"));
        Assert.Equal([1.5f, 2.5f], row.Get<float[]>("af"));
        Assert.Equal(("z", 1L), (row.Get<Row>("st").Get<string>("y"), row.Get<Row>("st").Get<long>("x")));
        Assert.Equal(new[] { new DateOnly(2000, 1, 1) }, row.Get<IReadOnlyDictionary<object, object?>>("m")["k"]);
        Assert.Null(row.Get<string?>("n"));
        Assert.True(row.IsNullAt(18));
        Assert.Contains("Field 'n' (string) is null here; System.Int32 is wanted", Assert.Throws<InvalidCastException>(() => row.Get<int>("n")).Message, StringComparison.Ordinal);
        Assert.Contains("there are b, i8", Assert.Throws<ArgumentException>(() => row.Get<int>("no")).Message, StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task Parameters_go_into_sql()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame named = await spark.SqlAsync("SELECT :x + 1 AS a, :s AS b, :d AS c, :n AS e, :m AS f", new Dictionary<string, object?>
        {
            ["x"] = 41,
            ["s"] = "it's",
            ["d"] = new DateOnly(2024, 2, 29),
            ["n"] = null,
            ["m"] = 12.50m,
        });
        Assert.Equal([42, "it's", new DateOnly(2024, 2, 29), null, 12.50m], Assert.Single(await named.CollectAsync()).Values);
        Assert.Equal([3L], Assert.Single(await (await spark.SqlAsync("SELECT ? + ? AS a", 1L, 2L)).CollectAsync()).Values);
    }

    [FactWithSpark]
    public async Task Errors_say_what_Spark_says()
    {
        await using SparkSession spark = await real.ConnectAsync();
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => spark.SqlAsync("SELECT * FROM nowhere_at_all"));
        Assert.Equal(("TABLE_OR_VIEW_NOT_FOUND", "42P01"), (error.ErrorClass, error.SqlState));
        Assert.Equal("`nowhere_at_all`", error.MessageParameters["relationName"]);
        Assert.Contains("AnalysisException", error.JvmClasses[0], StringComparison.Ordinal);
        DataFrame broken = await spark.SqlAsync("SELECT id / (id - 5) AS x FROM range(10)");
        error = await Assert.ThrowsAsync<SparkException>(() => broken.CollectAsync());
        Assert.Equal(("DIVIDE_BY_ZERO", "22012"), (error.ErrorClass, error.SqlState));
        Assert.Contains("   at org.apache.spark.", error.JvmStackTrace, StringComparison.Ordinal);
        string longText = new('x', 5000);
        error = await Assert.ThrowsAsync<SparkException>(async () => await (await spark.SqlAsync($"SELECT raise_error('{longText}') AS x")).CollectAsync());
        Assert.Contains(longText, error.Message, StringComparison.Ordinal);
    }

    [FactWithSpark]
    public Task Cancelling_ends_the_query_on_the_cluster() => CancelAsync(progress => progress.RunningTasks > 0);

    [FactWithSpark]
    public Task Cancelling_ends_a_query_that_has_no_tasks_yet() => CancelAsync(_ => true);

    private async Task CancelAsync(Func<ExecutionProgress, bool> when)
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame endless = await spark.SqlAsync("SELECT count(*) AS n FROM range(0, 1000000000000, 1, 4) WHERE hash(id) = hash(id + 1)");
        using CancellationTokenSource source = new();
        TaskCompletionSource started = new();
        spark.Progressed += progress =>
        {
            if (when(progress))
                started.TrySetResult();
        };
        Task<IReadOnlyList<Row>> query = endless.CollectAsync(source.Token);
        Assert.Same(started.Task, await Task.WhenAny(started.Task, query));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        // With both cores taken by the endless query this one would never end.
        await (await spark.SqlAsync("SELECT count(*) FROM range(0, 100, 1, 4)")).CollectAsync();
        Assert.Empty(await spark.InterruptAllAsync());
    }

    [FactWithSpark]
    public async Task Cut_behind_every_frame_nothing_is_lost_or_doubled()
    {
        using CuttingProxy proxy = new(real.Port);
        RetryPolicy quick = new(15, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));
        await using SparkSession spark = await SparkSession.ConnectAsync(ConnectionString.Parse(proxy.ConnectionString), quick, server: null, CancellationToken.None);
        DataFrame table = await spark.SqlAsync("SELECT id, repeat('x', 20) AS s FROM range(0, 2400, 1, 2)");
        int frame = 0;
        int before;
        do
        {
            before = proxy.Cuts;
            proxy.Resets = frame % 2 == 1;
            proxy.CutBehind(++frame);
            List<long> ids = [];
            await foreach (Row row in table.ToLocalIteratorAsync())
                ids.Add(row.Get<long>(0));
            Assert.Equal(Enumerable.Range(0, 2400).Select(i => (long)i), ids);
        }
        while (proxy.Cuts > before);
        Assert.True(frame > 6, $"{frame} frames");
    }

    [FactWithSpark]
    public async Task A_large_result_passes_through_in_little_memory()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame table = await spark.SqlAsync("SELECT id, CAST(id AS double) AS x FROM range(0, 3000000, 1, 8)");
        long rows = 0;
        double sum = 0;
        await foreach (RecordBatch batch in table.ToBatchesAsync())
        {
            rows += batch.Count;
            foreach (double value in batch.Columns[1].Values<double>())
                sum += value;
        }

        Assert.Equal((3_000_000, 3_000_000d * 2_999_999 / 2), (rows, sum));
    }

    [FactWithSpark]
    public async Task A_session_is_found_again_and_its_files_are_there()
    {
        await using SparkSession spark = await real.ConnectAsync();
        int made = 0;
        Artifact[] Make()
        {
            made++;
            byte[] bytes = new byte[(2 * Artifact.ChunkLength) + 5];
            new Random(1).NextBytes(bytes);
            return [Artifact.FromBytes("files/random.bin", bytes)];
        }

        await spark.Client.AddOnceAsync("5ca1ab1e", Make);
        await using SparkSession again = await SparkSession.ConnectAsync($"{real.ConnectionString}/;session_id={spark.SessionId}");
        await again.Client.AddOnceAsync("5ca1ab1e", Make);
        Assert.Equal(1, made);
        Assert.Equal(spark.Client.ServerSessionId, again.Client.ServerSessionId);
        Assert.False(await again.Client.HasArtifactAsync("cache/0"));
    }

    [FactWithSpark]
    public async Task Schemas_keep_what_may_be_null()
    {
        await using SparkSession spark = await real.ConnectAsync();
        StructType schema = await (await spark.SqlAsync("SELECT id, array(id) AS a, map('k', named_struct('x', id)) AS m FROM range(1)")).SchemaAsync();
        Assert.Equal(
            new StructType(
                new StructField("id", new LongType(), IsNullable: false),
                new StructField("a", new ArrayType(new LongType(), ContainsNull: false), IsNullable: false),
                new StructField("m", new MapType(new StringType(), new StructType(new StructField("x", new LongType(), IsNullable: false)), ValueContainsNull: false), IsNullable: false)),
            schema);
    }
}
