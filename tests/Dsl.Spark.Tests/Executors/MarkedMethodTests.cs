using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
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
    public async Task Every_kind_of_parameter_and_result_passes()
    {
        // Spark compares the types that a worker gives with those that the plan says: only a real one tells whether they are the same.
        SparkSession session = await spark.ShareAsync();
        DataFrame table = await session.SqlAsync(
            """
            SELECT id, CAST(id % 100 AS TINYINT) AS i8, CAST(id AS SMALLINT) AS i16, CAST(id AS INT) AS i32, CAST(id - 50 AS FLOAT) AS f32, id % 2 = 0 AS even, IF(id % 3 = 0, NULL, id % 5 = 0) AS fifth,
                   IF(id % 7 = 0, NULL, id) AS some, concat(' é', id, ' ') AS text, CAST(concat('b', id) AS BINARY) AS bytes, TIMESTAMP_NTZ'2024-02-29 12:34:56' AS ntz, TIMESTAMP'2024-02-29 12:34:56Z' AS t,
                   array(3, CAST(id AS INT), 1) AS ints, array(5L, id) AS longs, split('a b c', ' ') AS words, IF(id % 3 = 0, NULL, array('x', NULL)) AS further,
                   named_struct('Inner', named_struct('X', 1D, 'Y', CAST(NULL AS DOUBLE), 'Name', 'n'), 'Day', DATE'2024-02-29', 'Weights', array(1F, 2F), 'Range', CAST(NULL AS STRUCT<From: INT, To: BIGINT>)) AS nested,
                   named_struct('From', CAST(id AS INT), 'To', id + 1) AS span
            FROM range(0, 300, 1, 2)
            """);
        IReadOnlyList<Row> rows = await table.Select(
            Col("id"), Udfs.Small(Col("i8"), Col("i16"), Col("i32"), Col("f32")), Udfs.Both(Col("even"), Col("fifth")), Udfs.Half(Col("f32")), Udfs.Sum(Col("id"), Col("some")),
            Udfs.Vowels(Col("words").GetItem(0)), Udfs.Trimmed(Col("text")), Udfs.Bytes(Col("text")), Udfs.FirstByte(Col("bytes")), Udfs.Reversed(Col("bytes")), Udfs.Midnight(Col("ntz")), Udfs.KindOf(Col("t")),
            Udfs.Sorted(Col("ints")), Udfs.Tail(Col("longs")), Udfs.Words(Col("text")), Udfs.Joined(Col("words"), Col("further")), Udfs.Deep(Col("nested"), Col("span"))).CollectAsync();
        Assert.Equal(300, rows.Count);
        foreach (Row row in rows)
        {
            long id = row.Get<long>(0);
            (bool? fifth, long? some) = (id % 3 == 0 ? null : id % 5 == 0, id % 7 == 0 ? null : id);
            (string text, byte[] bytes) = (FormattableString.Invariant($" é{id} "), Encoding.UTF8.GetBytes(FormattableString.Invariant($"b{id}")));
            Assert.Equal(
                [Udfs.Small((sbyte)(id % 100), (short)id, (int)id, id - 50f), Udfs.Both(id % 2 == 0, fifth), Udfs.Half(id - 50f), Udfs.Sum(id, some), 1, text.Trim(), Encoding.UTF8.GetByteCount(text)],
                row.Values.Skip(1).Take(7));
            Assert.Equal("b", row[8]);
            Assert.Equal(Udfs.Reversed(bytes), row.Get<byte[]>(9));
            Assert.Equal([new DateTime(2024, 2, 29), "Utc"], row.Values.Skip(10).Take(2));
            Assert.Equal(Udfs.Sorted([3, (int)id, 1]), row.Get<int[]>(12));
            Assert.Equal([id], row.Get<long[]>(13));
            Assert.Equal(Udfs.Words(text), row.Get<string?[]>(14));
            Assert.Equal(Udfs.Joined(["a", "b", "c"], id % 3 == 0 ? null : ["x", null]), row[15]);
            Row deep = row.Get<Row>(16);
            Assert.Equal(["[1, null, " + id.ToString(CultureInfo.InvariantCulture) + "]", new DateOnly(2024, 2, 29)], [deep[0]!.ToString(), deep[1]]);
            Assert.Equal([1f, 2f], deep.Get<float[]>(2));
            Assert.Equal([(int)id, id + 1], deep.Get<Row>(3).Values);
        }
    }

    [FactWithSpark]
    public async Task A_method_has_its_name_in_sql()
    {
        await using SparkSession session = await spark.ConnectAsync();
        session.Udf.Register(Udfs.Distance);
        session.Udf.Register(Udfs.Greet);
        session.Udf.Register(Udfs.Vowels, "vowels_of");
        Row row = Assert.Single(await (await session.SqlAsync("SELECT distance(3D, 4D) AS d, Greeting('Ada', CAST(NULL AS STRING)) AS g, vowels_of('Ada') AS v, distance(CAST(NULL AS DOUBLE), 1D) AS n FROM range(1)")).CollectAsync());
        Assert.Equal([5.0, "Ada", 1, null], row.Values);
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
