using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Xunit;
using static Dsl.Spark.Sql.Functions;
using Column = Dsl.Spark.Sql.Column;

namespace Dsl.Spark.Tests.Networks;

/// <summary>Networks inside the executors of a real Spark.</summary>
[Collection(SparkCollection.Name)]
public class ScoringTests(RealSpark spark)
{
    // Every tenth row is null, and every tenth is too short.
    private const string Table = """
        SELECT id, CASE id % 10 WHEN 3 THEN NULL WHEN 4 THEN array(1F)
            ELSE transform(sequence(0, 11), i -> CAST((id * 13 + i * 7) % 29 / 29 AS FLOAT)) END AS x
        FROM range(0, 6000, 1, 3)
        """;

    [FactWithSpark]
    public async Task Executors_give_what_the_network_gives_here()
    {
        SparkSession session = await spark.ShareAsync();
        using Scorer network = new(seed: 3);
        DataFrame table = await session.SqlAsync(Table);
        DataFrame scored = table.Select(Col("x"), network.Predict(Col("x")).As("y"), network.Classify(Col("x")).As("c"));

        // One worker, one copy of the code, one of the weights.
        Assert.Single(scored.Resources);
        IReadOnlyList<Row> rows = await scored.CollectAsync();

        Assert.Equal(6000, rows.Count);
        Row[] right = [.. rows.Where(row => !row.IsNullAt(0) && row.Get<float[]>("x").Length == 12)];
        Assert.Equal(4800, right.Length);
        float[] inputs = [.. right.SelectMany(row => row.Get<float[]>("x"))];
        float[] outputs = new float[right.Length * 5];
        int[] labels = new int[right.Length];
        network.Predict(inputs, outputs);
        network.Classify(inputs, labels);
        Assert.Equal(outputs, right.SelectMany(row => row.Get<float[]>("y")));
        Assert.Equal(labels, right.Select(row => row.Get<Row>("c").Get<int>("label")));
        Assert.All(rows.Except(right), row => Assert.True(row.IsNullAt(1) && row.IsNullAt(2)));
    }

    [FactWithSpark]
    public async Task A_label_alone_comes_without_its_struct()
    {
        await using SparkSession session = await spark.ConnectAsync();
        using Scorer network = new(seed: 3);
        DataFrame table = await session.SqlAsync(Table);
        Column both = network.Classify(Col("x"));
        DataFrame scored = table.Select(Col("id"), both.As("c"), both.GetField("label").As("label"), both.GetField("score").As("score"));

        IReadOnlyList<Row> rows = await scored.CollectAsync();

        Assert.Equal(6000, rows.Count);
        Assert.Equal(1200, rows.Count(row => row.IsNullAt(2)));
        Assert.All(rows, row => Assert.Equal((row["c"] as Row)?["label"], row["label"]));
        Assert.All(rows, row => Assert.Equal((row["c"] as Row)?["score"], row["score"]));
        string plan = await table.Select(both.GetField("label")).ExplainStringAsync();
        Assert.Contains("Scorer.label(x", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Scorer(x", plan, StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task A_column_a_feature_will_do()
    {
        SparkSession session = await spark.ShareAsync();
        using Scorer network = new(seed: 4);
        DataFrame table = await session.SqlAsync($"SELECT {string.Join(", ", Enumerable.Range(0, 12).Select(i => $"CAST(id * {i + 1} % 17 AS DOUBLE) AS f{i}"))} FROM range(500)");

        IReadOnlyList<Row> rows = await table.Select(Col("*"), network.Predict(true, [.. Enumerable.Range(0, 12).Select(i => Col("f" + i))]).As("y")).CollectAsync();

        float[] outputs = new float[500 * 5];
        network.Predict([.. rows.SelectMany(row => Enumerable.Range(0, 12).Select(i => (float)row.Get<double>("f" + i)))], outputs);
        Assert.Equal(outputs, rows.SelectMany(row => row.Get<float[]>("y")));
    }

    [FactWithSpark]
    public async Task Vectors_doubles_and_bytes_are_rows_too()
    {
        SparkSession session = await spark.ShareAsync();
        using Scorer network = new(seed: 4);
        byte[][] values = [.. Enumerable.Range(0, 100).Select(row => Enumerable.Range(0, 12).Select(i => (byte)(row * 31 + i * 7)).ToArray())];
        StructType schema = new(new StructField("doubles", new ArrayType(new DoubleType())), new StructField("bytes", new BinaryType()), new StructField("vector", new VectorType()));
        DataFrame table = session.CreateDataFrame(values.Select(row => new object?[] { row.Select(value => (double)value).ToArray(), row, row.Select(value => (double)value).ToArray() }), schema);

        IReadOnlyList<Row> rows = await table.Select(Col("bytes"), network.Predict(Col("doubles")).As("d"), network.Predict(Col("bytes")).As("b"), network.Predict(Col("vector")).As("v")).CollectAsync();

        float[] outputs = new float[100 * 5];
        network.Predict([.. rows.SelectMany(row => row.Get<byte[]>("bytes").Select(value => (float)value))], outputs);
        Assert.Equal(100, rows.Count);
        Assert.All(new[] { "d", "b", "v" }, name => Assert.Equal(outputs, rows.SelectMany(row => row.Get<float[]>(name))));
    }

    [FactWithSpark]
    public async Task A_strict_column_fails_with_the_rows_place()
    {
        SparkSession session = await spark.ShareAsync();
        using Scorer network = new();
        DataFrame table = await session.SqlAsync(Table.Replace("6000, 1, 3", "6, 1, 1", StringComparison.Ordinal));

        SparkException error = await Assert.ThrowsAsync<SparkException>(() => table.Select(network.Predict(Col("x"), strict: true)).CollectAsync());

        Assert.Contains("Scorer: row 3 of partition 0, from 0, is null.", error.ToString(), StringComparison.Ordinal);
    }
}
