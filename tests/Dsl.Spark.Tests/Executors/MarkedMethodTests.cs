using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Xunit;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Spark.Tests.Executors;

/// <summary>Methods marked <c>[SparkUdf]</c> and <c>[SparkMap]</c> in the executors of a real Spark.</summary>
[Collection(SparkCollection.Name)]
public sealed class MarkedMethodTests(RealSpark spark)
{
    [FactWithSpark]
    public async Task Methods_run_over_columns()
    {
        SparkSession session = await spark.ShareAsync();
        DataFrame table = await session.SqlAsync(
            """
            SELECT id, CAST(id AS DOUBLE) AS x, IF(id % 3 = 0, NULL, 2.0D) AS y, CAST(id AS STRING) AS name, CAST(id AS DECIMAL(10,2)) AS amount,
                   TIMESTAMP'2024-02-29 12:00:00Z' AS t, DATE'2024-02-29' AS d, array(1.0D, CAST(id AS DOUBLE)) AS l, array(1.0F, 2.0F) AS m, 2 AS seconds,
                   named_struct('X', CAST(id AS DOUBLE), 'Y', CAST(NULL AS DOUBLE), 'Name', 'n') AS point
            FROM range(0, 1000, 1, 3)
            """);
        IReadOnlyList<Row> rows = await table.Select(
            Col("id"),
            Udfs.Distance(Col("x"), Col("y")).As("distance"),
            Udfs.Greet(Col("name"), Col("name")).As("greeting"),
            Udfs.Tax(Col("amount"), Lit(null).Cast("decimal(4,4)")).As("tax"),
            Udfs.Later(Col("t"), Col("seconds")).Cast("string").As("later"),
            Udfs.NextDay(Col("d")).Cast("string").As("next"),
            Udfs.Dot(Col("l"), Col("m")).As("dot"),
            Udfs.Scaled(Col("point"), Col("y")).As("scaled"),
            Udfs.Blend(Udfs.Distance(Col("x"), Col("x")), Col("seconds")).As("blend")).CollectAsync();
        Assert.Equal(1000, rows.Count);
        foreach (Row row in rows)
        {
            long id = row.Get<long>("id");
            double? y = id % 3 == 0 ? null : 2;
            Assert.Equal(y is { } some ? Udfs.Distance(id, some) : null, row["distance"]);
            Assert.Equal(id.ToString(System.Globalization.CultureInfo.InvariantCulture) + id, row["greeting"]);
            Assert.Equal(id * 0.19m, row.Get<decimal>("tax"));
            Assert.EndsWith(":00:02", row.Get<string>("later"), System.StringComparison.Ordinal);
            Assert.Equal("2024-03-01", row["next"]);
            Assert.Equal(1.0 + (2 * id), row["dot"]);
            Assert.Equal((float)(2 * Udfs.Distance(id, id)), row["blend"]);
            if (y is null)
                Assert.Null(row["scaled"]);
            else
                Assert.Equal(2.0 * id, row.Get<Row>("scaled").Get<double>("X"));
        }
    }

    [FactWithSpark]
    public async Task Another_type_is_an_error_of_the_query()
    {
        SparkSession session = await spark.ShareAsync();
        DataFrame table = await session.SqlAsync("SELECT id FROM range(10)");
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => table.Select(Udfs.Distance(Col("id"), Col("id"))).CollectAsync());
        Assert.Contains("Udfs.Distance takes double as x, but Spark sends bigint", error.ToString(), System.StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task Methods_run_over_partitions()
    {
        SparkSession session = await spark.ShareAsync();
        DataFrame table = await session.SqlAsync("SELECT id AS surplus, CAST(id AS INT) AS `From`, CAST(NULL AS BIGINT) AS `To` FROM range(0, 30000, 1, 2)");
        IReadOnlyList<Row> counts = await Maps.Partitions(table).CollectAsync();
        Assert.Equal([(0, 15000L), (1, 15000L)], counts.Select(row => (row.Get<int>("From"), row.Get<long>("To"))).Order());
        IReadOnlyList<Row> met = await Maps.Met(table, barrier: true).CollectAsync();
        Assert.Equal([(0, 30000L), (1, 30000L)], met.Select(row => (row.Get<int>("From"), row.Get<long>("To"))).Order());

        DataFrame points = await session.SqlAsync("SELECT CAST(id % 4 AS DOUBLE) AS X, CAST(NULL AS DOUBLE) AS Y, 'p' AS Name FROM range(0, 40000, 1, 2)");
        Assert.Equal(60000, (await Maps.Repeated(points).CollectAsync()).Count);

        // Spark drops columns that nothing asks for: what the method takes must not be among them.
        string file = System.IO.Path.Combine(spark.NewFolder(), "points");
        await points.Write.ParquetAsync(file);
        Row sum = Assert.Single(await Maps.Repeated(session.Read.Parquet(file)).Agg(Sum(Col("X"))).CollectAsync());
        Assert.Equal(10000 * (1.0 + 4 + 9), sum[0]);
    }
}
