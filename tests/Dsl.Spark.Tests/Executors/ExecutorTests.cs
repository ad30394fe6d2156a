using System;
using System.Collections.Generic;
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

/// <summary>C# functions inside the executors of a real Spark.</summary>
[Collection(SparkCollection.Name)]
public class ExecutorTests(RealSpark spark)
{
    [FactWithSpark]
    public async Task A_function_runs_over_a_column()
    {
        SparkSession session = await spark.ShareAsync();
        DataFrame numbers = await session.SqlAsync("SELECT id, CAST(id AS DOUBLE) AS v FROM range(0, 25000, 1, 3)");
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), null);
        IReadOnlyList<Row> rows = await numbers.Select(Functions.Col("id"), SparkFunction.Call(scaled, Functions.Col("v")).As("w")).CollectAsync();
        Assert.Equal(25000, rows.Count);
        Assert.All(rows, row => Assert.Equal(2.0 * row.Get<long>("id"), row.Get<double>("w")));
    }

    [FactWithSpark]
    public async Task What_travels_with_a_function_is_loaded()
    {
        SparkSession session = await spark.ShareAsync();
        DataFrame numbers = await session.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(10)");
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), BitConverter.GetBytes(10.0));
        IReadOnlyList<Row> rows = await numbers.Select(SparkFunction.Call(scaled, SparkFunction.Call(scaled, Functions.Col("v"))).As("w")).CollectAsync();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 400.0 * i), rows.Select(row => row.Get<double>(0)));
    }

    [FactWithSpark]
    public async Task Tasks_and_queries_of_a_session_share_a_process()
    {
        SparkSession session = await spark.ShareAsync();
        FunctionDescription process = new(typeof(ExecutedFunctions.ProcessId), "process", new IntegerType(), null);
        DataFrame asked = session.Range(0, 8, 1, 4).Select(SparkFunction.Call(process, Functions.Col("id")).As("process"));
        IEnumerable<int> first = (await asked.CollectAsync()).Select(row => row.Get<int>(0));
        IEnumerable<int> second = (await asked.CollectAsync()).Select(row => row.Get<int>(0));
        Assert.Single(first.Concat(second).Distinct());
    }

    [FactWithSpark]
    public async Task An_error_comes_back_with_its_stack()
    {
        SparkSession session = await spark.ShareAsync();
        DataFrame numbers = await session.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(10)");
        FunctionDescription failing = new(typeof(ExecutedFunctions.Failing), "failing", new DoubleType(), null);
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => numbers.Select(SparkFunction.Call(failing, Functions.Col("v"))).CollectAsync());
        Assert.Contains("System.InvalidOperationException: no such number", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("ExecutedFunctions.Failing.Run(", error.ToString(), StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task Tasks_of_a_barrier_stage_meet()
    {
        SparkSession session = await spark.ShareAsync();
        FunctionDescription meeting = new(typeof(ExecutedFunctions.Meeting), "meeting", ExecutedFunctions.Meeting.Columns, null);
        DataFrame numbers = await session.SqlAsync("SELECT id FROM range(0, 7, 1, 2)");
        IReadOnlyList<Row> rows = await SparkFunction.MapPartitions(numbers, ["id"], meeting, barrier: true).CollectAsync();
        Assert.Equal(["0 3 é0:3 é1:4", "1 4 é0:3 é1:4"], rows.Select(row => string.Join(" ", row.Values)).Order(StringComparer.Ordinal));
    }

    [FactWithSpark]
    public async Task Empty_partitions_have_no_rows()
    {
        SparkSession session = await spark.ShareAsync();
        FunctionDescription meeting = new(typeof(ExecutedFunctions.Meeting), "meeting", ExecutedFunctions.Meeting.Columns, null);
        DataFrame numbers = await session.SqlAsync("SELECT id FROM range(0, 3, 1, 5)");
        IReadOnlyList<Row> rows = await SparkFunction.MapPartitions(numbers, ["id"], meeting).CollectAsync();
        Assert.Equal(5, rows.Count);
        Assert.Equal(3, rows.Sum(row => row.Get<long>("rows")));
    }

    [FactWithSpark]
    public async Task A_killed_worker_is_started_again()
    {
        await using SparkSession session = await spark.ConnectAsync();
        FunctionDescription deadly = new(typeof(ExecutedFunctions.Deadly), "deadly", new IntegerType(), null);
        DataFrame numbers = await session.SqlAsync("SELECT id FROM range(0, 1000, 1, 2)");
        IReadOnlyList<Row> rows = await numbers.Select(Functions.Col("id"), SparkFunction.Call(deadly, Functions.Col("id")).As("attempt")).CollectAsync();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), rows.Select(row => row.Get<long>("id")).Order());
        Assert.All(rows, row => Assert.InRange(row.Get<int>("attempt"), 1, 3));
    }

    [FactWithSpark]
    public async Task Long_rows_pass()
    {
        SparkSession session = await spark.ShareAsync();
        FunctionDescription length = new(typeof(ExecutedFunctions.LengthOf), "length_of", new IntegerType(), null);
        DataFrame texts = await session.SqlAsync("SELECT repeat('é', CAST(id AS INT) * 10000000) AS s FROM range(3)");
        IReadOnlyList<Row> rows = await texts.Select(SparkFunction.Call(length, Functions.Col("s")).As("n")).CollectAsync();
        Assert.Equal([0, 20_000_000, 40_000_000], rows.Select(row => row.Get<int>(0)));

        // Out of the executor too.
        rows = await texts.Select(Functions.Length(Udfs.Trimmed(Functions.Col("s")))).CollectAsync();
        Assert.Equal([0, 10_000_000, 20_000_000], rows.Select(row => row.Get<int>(0)));
    }

    [FactWithSpark]
    public async Task A_cancelled_query_ends_here_and_in_the_executor()
    {
        SparkSession session = await spark.ShareAsync();
        FunctionDescription endless = new(typeof(ExecutedFunctions.Endless), "endless", new DoubleType(), null);
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), null);
        DataFrame numbers = await session.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(0, 10, 1, 2)");

        // Both threads of this Spark are taken until the tasks end.
        using CancellationTokenSource ending = new(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => numbers.Select(SparkFunction.Call(endless, Functions.Col("v"))).CollectAsync(ending.Token));
        Assert.Equal(10, (await numbers.Select(SparkFunction.Call(scaled, Functions.Col("v"))).CollectAsync()).Count);
    }

    [FactWithSpark]
    public async Task A_registered_function_is_found_by_sql()
    {
        await using SparkSession session = await spark.ConnectAsync();
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), BitConverter.GetBytes(10.0));
        await session.Udf.RegisterAsync(scaled);
        session.Udf.Register(column => SparkFunction.Call(scaled, column), "twenty_times");
        Row row = Assert.Single(await (await session.SqlAsync("SELECT SUM(scaled(CAST(id AS DOUBLE))) AS a, SUM(twenty_times(DOUBLE(1))) AS b FROM range(10)")).CollectAsync());
        Assert.Equal([900.0, 200.0], row.Values);
        Assert.Contains("none that executors call", Assert.Throws<ArgumentException>(() => session.Udf.Register(column => column + 1)).Message, StringComparison.Ordinal);
    }
}
