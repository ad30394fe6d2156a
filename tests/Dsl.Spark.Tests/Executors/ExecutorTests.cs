using System;
using System.Collections.Generic;
using System.Linq;
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
        await using SparkSession session = await spark.ConnectAsync();
        DataFrame numbers = await session.SqlAsync("SELECT id, CAST(id AS DOUBLE) AS v FROM range(0, 25000, 1, 3)");
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), null);
        IReadOnlyList<Row> rows = await Select(numbers, Functions.Col("id"), SparkFunction.Call(scaled, Functions.Col("v")).As("w")).CollectAsync();
        Assert.Equal(25000, rows.Count);
        Assert.All(rows, row => Assert.Equal(2.0 * row.Get<long>("id"), row.Get<double>("w")));
    }

    [FactWithSpark]
    public async Task What_travels_with_a_function_is_loaded()
    {
        await using SparkSession session = await spark.ConnectAsync();
        DataFrame numbers = await session.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(10)");
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), BitConverter.GetBytes(10.0));
        IReadOnlyList<Row> rows = await Select(numbers, SparkFunction.Call(scaled, SparkFunction.Call(scaled, Functions.Col("v"))).As("w")).CollectAsync();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 400.0 * i), rows.Select(row => row.Get<double>(0)));
    }

    [FactWithSpark]
    public async Task An_error_comes_back_with_its_stack()
    {
        await using SparkSession session = await spark.ConnectAsync();
        DataFrame numbers = await session.SqlAsync("SELECT CAST(id AS DOUBLE) AS v FROM range(10)");
        FunctionDescription failing = new(typeof(ExecutedFunctions.Failing), "failing", new DoubleType(), null);
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => Select(numbers, SparkFunction.Call(failing, Functions.Col("v"))).CollectAsync());
        Assert.Contains("System.InvalidOperationException: no such number", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("ExecutedFunctions.Failing.Run(", error.ToString(), StringComparison.Ordinal);
    }

    private static DataFrame Select(DataFrame table, params Column[] columns) => table.Derive(context =>
    {
        Protocol.Project project = new() { Input = table.Relation };
        project.Expressions.AddRange(context.Build(columns));
        return new Protocol.Relation { Project = project };
    });
}
