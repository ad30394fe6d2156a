using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Xunit;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Spark.Tests.Sql;

/// <summary>Tables on a real Spark: small ones, whose results are known.</summary>
[Collection(SparkCollection.Name)]
public class DataFrameTests(RealSpark real)
{
    private static readonly StructType People = new(new StructField("name", new StringType()), new StructField("age", new IntegerType()), new StructField("city", new StringType()));

    [FactWithSpark]
    public async Task Rows_are_chosen_and_made()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame people = Make(spark);
        await IsAsync("[Ada, 36] [Bob, 20]", people.Filter(Col("age") > 18 & Col("city") == "London").Select("name", "age").OrderBy(Col("age").Desc()));
        await IsAsync("[Ada, 36] [Bob, 20]", people.Where("age > 18 AND city = 'London'").SelectExpr("name", "age").Sort("name"));
        await IsAsync("[Ada, 37]", people.Select(people["name"], (people["age"] + 1).As("next")).Filter(Col("next").Between(37, 38)));
        await IsAsync("[Ada, 36, London, 72.5]", people.WithColumn("twice", (Col("age") * 2) + 0.5).Filter(Col("name").StartsWith("A")));
        await IsAsync("[1, London, Ada]", people.WithColumns(new Dictionary<string, Column> { ["age"] = Lit(1) }).Filter(Col("name").Like("A%")).Select("age", "city", "name"));
        Assert.Equal(["who", "years", "city"], people.WithColumnsRenamed(new Dictionary<string, string> { ["name"] = "who", ["age"] = "years" }).Columns());
        Assert.Equal(["name", "years", "city"], people.WithColumnRenamed("age", "years").Columns());
        Assert.Equal(["name"], people.Drop("age", "nothing").Drop(Col("city")).Columns());
        Assert.Equal(["a", "b", "c"], people.ToDF("a", "b", "c").Columns());
        await IsAsync("[Eve, null, null]", people.Filter(Col("age").IsNull()));
        await IsAsync("[Ada] [Cyd]", people.Filter(Col("name").IsIn("Ada", "Cyd", "Zoe")).Select("name").OrderBy("name"));
        await IsAsync("[null] [20] [36] [12]", people.OrderBy(Col("name").Desc()).Select("age", "name").Select("age").Filter(Lit(true)).Limit(9), ordered: false);
        await IsAsync("[Bob] [Cyd]", people.OrderBy("name").Offset(1).Limit(2).Select("name"));
        Assert.Equal(4, await people.CountAsync());
        Assert.Equal("Ada", (await people.OrderBy("name").FirstAsync())!.Get<string>("name"));
        Assert.Equal(["Cyd", "Eve"], (await people.OrderBy("name").TailAsync(2)).Select(row => row.Get<string>(0)));
        Assert.Equal(2, people.Take(2).Count);
        Assert.False(people.IsEmpty());
        Assert.True(people.Filter(Lit(false)).IsEmpty());
    }

    [FactWithSpark]
    public async Task Columns_have_operators()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame one = spark.Range(1).Select(Lit(7).As("a"), Lit(2).As("b"), Lit("text").As("s"), Lit(null).As("n"), Expr("named_struct('x', 1, 'y', array(5, 6))").As("st"));
        Column a = Col("a");
        Column b = Col("b");
        await IsAsync(
            "[9, 5, 14, 3.5, 1, -7, 8]",
            one.Select(a + b, a - b, a * b, a / b, a % b, -a, 1 + a));
        await IsAsync(
            "[False, True, False, True, False, True, False, True]",
            one.Select(a == b, a != b, a < b, a > b, a <= b, a >= b, a == 7 & b == 3, a == 7 | b == 3));
        await IsAsync(
            "[False, null, True, True, 2, 7, 5]",
            one.Select(!(a > b), Col("n") == 1, Col("n").EqNullSafe(null), Col("n").IsNull(), a.BitwiseAND(b), a.BitwiseOR(b), a.BitwiseXOR(b)));
        await IsAsync(
            "[True, True, True, True, ex, True]",
            one.Select(Col("s").Like("t%"), Col("s").RLike("^te"), Col("s").Contains("ex"), Col("s").EndsWith("xt"), Col("s").SubStr(2, 2), Col("s").ILike("TEXT")));
        await IsAsync(
            "[7, 7.0, null, few, many]",
            one.Select(
                a.Cast("string"),
                a.Cast(new DecimalType(4, 1)).Cast("string"),
                Col("s").TryCast("int"),
                When(a < 5, "none").When(a < 10, "few").Otherwise("many"),
                When(a < 5, "none").Otherwise("many")));
        await IsAsync("[1, 6, [1, 2], [[5, 6]]]", one.Select(Col("st").GetField("x"), Col("st.y").GetItem(1), Struct(Lit(1), Lit(2)), Col("st").DropFields("x")));
        await IsAsync("[[1, [5, 6], z]]", one.Select(Col("st").WithField("z", Lit("z"))));
        Assert.Throws<InvalidOperationException>(() => a.When(a > 1, 2));
        Assert.Throws<InvalidOperationException>(() => When(a > 1, 2).Otherwise(1).Otherwise(2));
    }

    [FactWithSpark]
    public async Task Tables_meet()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame people = Make(spark);
        StructType places = new(new StructField("city", new StringType()), new StructField("country", new StringType()));
        DataFrame cities = spark.CreateDataFrame([["London", "UK"], ["Rome", "Italy"]], places);
        await IsAsync("[London, Ada, 36, UK] [London, Bob, 20, UK]", people.Join(cities, "city"), ordered: false);
        await IsAsync("[Ada, UK] [Bob, UK] [Cyd, null] [Eve, null]", people.Join(cities, people["city"] == cities["city"], "left").Select("name", "country").OrderBy("name"));
        await IsAsync("[Cyd] [Eve]", people.Join(cities, ["city"], "left_anti").Select("name").OrderBy("name"));
        await IsAsync("[8]", people.CrossJoin(cities).Agg(Count(Lit(1))));
        await IsAsync("[3]", people.As("l").Join(people.As("r"), Col("l.age") > Col("r.age")).Agg(Count(Lit(1))));
        DataFrame low = spark.Range(0, 4);
        DataFrame high = spark.Range(2, 6);
        await IsAsync("[0] [1] [2] [2] [3] [3] [4] [5]", low.Union(high).OrderBy("id"));
        await IsAsync("[2] [3]", low.Intersect(high).OrderBy("id"));
        await IsAsync("[0] [1]", low.Except(high).OrderBy("id"));
        await IsAsync("[0] [1] [2] [3] [4] [5]", low.Union(high).Distinct().OrderBy("id"));
        await IsAsync("[1, null] [null, 2]", spark.Sql("SELECT 1 AS a").UnionByName(spark.Sql("SELECT 2 AS b"), allowMissingColumns: true), ordered: false);
        await IsAsync("[2]", people.DropDuplicates("city").Filter(Col("city").IsNotNull()).Agg(Count(Lit(1))));
        Assert.Contains("There is no join 'sideways'", Assert.Throws<ArgumentException>(() => low.Join(high, ["id"], "sideways")).Message, StringComparison.Ordinal);
        await using SparkSession other = await real.ConnectAsync();
        Assert.Contains("different sessions", Assert.Throws<ArgumentException>(() => low.Union(other.Range(1))).Message, StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task Groups_and_windows()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame people = Make(spark);
        await IsAsync("[null, 1] [London, 2] [Paris, 1]", people.GroupBy("city").Count().OrderBy("city"));
        await IsAsync("[London, 56, 28, 20, 36]", people.GroupBy(Col("city")).Agg(Sum(Col("age")), Avg(Col("age")), Min(Col("age")), Max(Col("age"))).Filter(Col("city") == "London"));
        await IsAsync("[null, 68] [Ada, 36] [Bob, 20] [Cyd, 12] [Eve, null]", people.Rollup(Col("name")).Sum("age").OrderBy("name"));
        await IsAsync("[68, 36]", people.GroupBy().Agg(Sum(Col("age")), Max(Col("age"))));
        await IsAsync("[1, 36, null]", people.WithColumn("one", Lit(1)).Filter(Col("name") == "Ada").GroupBy("one").Pivot("city", "London", "Paris").Sum("age"));
        WindowSpec window = Window.PartitionBy("city").OrderBy(Col("age").Desc());
        await IsAsync(
            "[Ada, 1, null, 56] [Bob, 2, 36, 56]",
            people.Filter(Col("city") == "London").Select(
                Col("name"),
                RowNumber().Over(window),
                Lag(Col("age")).Over(window),
                Sum(Col("age")).Over(window.RowsBetween(Window.UnboundedPreceding, Window.UnboundedFollowing))).OrderBy("name"));
        await IsAsync("[0, 1] [1, 3] [2, 3]", spark.Range(3).Select(Col("id"), Sum(Col("id")).Over(Window.OrderBy("id").RowsBetween(-1, 1))).OrderBy("id"));
        await IsAsync("[3, 2]", spark.Sql("SELECT * FROM VALUES (1), (2), (2), (null) AS t(x)").Agg(Count(Col("x")), CountDistinct(Col("x"))));
        Assert.Throws<ArgumentException>(() => people.GroupBy("city").Sum());
        Assert.Throws<InvalidOperationException>(() => people.Rollup(Col("city")).Pivot("name"));
    }

    [FactWithSpark]
    public async Task Null_is_filled_dropped_replaced()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame people = Make(spark);
        Assert.Equal(3, people.Na().Drop().Count());
        Assert.Equal(4, people.Na().Drop("all").Count());
        Assert.Equal(3, people.Na().Drop(2).Count());
        await IsAsync("[Eve, 7, null]", people.Na().Fill(7).Filter(Col("name") == "Eve"));
        await IsAsync("[Eve, 7, nowhere]", people.Na().Fill(new Dictionary<string, object> { ["age"] = 7, ["city"] = "nowhere" }).Filter(Col("name") == "Eve"));
        await IsAsync("[Ada, 1, London]", people.Na().Replace(["age"], [new(36, 1)]).Filter(Col("name") == "Ada"));
        Assert.Throws<ArgumentException>(() => people.Na().Drop("some"));
    }

    [FactWithSpark]
    public async Task Parts_are_drawn()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame numbers = spark.Range(0, 1000, 1, 4);
        DataFrame[] parts = numbers.RandomSplit([3, 1], seed: 5);
        List<long> all = [.. (await parts[0].CollectAsync()).Concat(await parts[1].CollectAsync()).Select(row => row.Get<long>(0))];
        Assert.Equal(1000, all.Distinct().Count());
        Assert.Equal(1000, all.Count);
        Assert.InRange(parts[1].Count(), 180, 320);
        Assert.Equal((await numbers.Sample(0.1, seed: 1).CollectAsync()).Select(row => row[0]), (await numbers.Sample(0.1, seed: 1).CollectAsync()).Select(row => row[0]));
        await IsAsync("[3]", numbers.Repartition(3).Select(SparkPartitionId().As("p")).Agg(CountDistinct(Col("p"))));
        await IsAsync("[2]", numbers.Coalesce(2).Select(SparkPartitionId().As("p")).Agg(CountDistinct(Col("p"))));
        await IsAsync("[1000]", numbers.Repartition(5, Col("id") % 7).Agg(Count(Lit(1))));
        Assert.Throws<ArgumentException>(() => numbers.RandomSplit([0, -1]));
    }

    [FactWithSpark]
    public async Task What_is_written_is_read()
    {
        await using SparkSession spark = await real.ConnectAsync();
        string folder = real.NewFolder();
        DataFrame people = Make(spark);
        string At(string name) => Path.Combine(folder, name);
        await people.Write.ParquetAsync(At("p"));
        people.Write.Orc(At("o"));
        people.Write.Json(At("j"));
        people.Write.Option("header", true).Csv(At("c"));
        people.Select("name").Write.Text(At("t"));
        const string Wanted = "[Ada, 36, London] [Bob, 20, London] [Cyd, 12, Paris] [Eve, null, null]";
        await IsAsync(Wanted, spark.Read.Parquet(At("p")).OrderBy("name"));
        await IsAsync(Wanted, spark.Read.Orc(At("o")).OrderBy("name"));
        await IsAsync(Wanted, spark.Read.Schema(People).Json(At("j")).OrderBy("name"));
        await IsAsync(Wanted, spark.Read.Option("header", true).Schema("name STRING, age INT, city STRING").Csv(At("c")).OrderBy("name"));
        await IsAsync("[Ada] [Bob] [Cyd] [Eve]", spark.Read.Text(At("t")).OrderBy("value"));
        SparkException error = Assert.Throws<SparkException>(() => people.Write.Parquet(At("p")));
        Assert.Equal("PATH_ALREADY_EXISTS", error.ErrorClass);
        people.Write.Mode(SaveMode.Append).Parquet(At("p"));
        Assert.Equal(8, spark.Read.Parquet(At("p")).Count());
        people.Write.Mode("overwrite").PartitionBy("city").Parquet(At("p"));
        Assert.Equal(4, spark.Read.Format("parquet").Load(At("p")).Count());
        Assert.True(Directory.Exists(At("p/city=London")));
        people.Write.Mode(SaveMode.Ignore).Parquet(At("p"));
        string table = "t" + Guid.NewGuid().ToString("N");
        people.Write.BucketBy(2, "name").SortBy("age").SaveAsTable(table);
        people.Write.InsertInto(table);
        Assert.Equal(8, spark.Table(table).Count());
        Assert.True(await spark.Catalog.TableExistsAsync(table));
        spark.Sql($"DROP TABLE {table}");
        Assert.False(await spark.Catalog.TableExistsAsync(table));
    }

    [FactWithSpark]
    public async Task Views_settings_and_the_catalog()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame people = Make(spark);
        people.CreateOrReplaceTempView("people");
        await IsAsync("[36]", spark.Sql("SELECT max(age) FROM people"));
        await IsAsync("[name] [age] [city]", spark.Catalog.ListColumns("people").Select("name"));
        await IsAsync("[people]", spark.Catalog.ListTables().Filter(Col("isTemporary")).Select("name"));
        Assert.Equal("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", Assert.Throws<SparkException>(() => people.CreateTempView("people")).ErrorClass);
        Assert.Equal("default", await spark.Catalog.CurrentDatabaseAsync());
        Assert.True(await spark.Catalog.DatabaseExistsAsync("default"));
        Assert.True(await spark.Catalog.FunctionExistsAsync("abs"));
        await spark.Catalog.CacheTableAsync("people");
        Assert.True(await spark.Catalog.IsCachedAsync("people"));
        await spark.Catalog.UncacheTableAsync("people");
        Assert.False(await spark.Catalog.IsCachedAsync("people"));
        Assert.True(await spark.Catalog.DropTempViewAsync("people"));
        Assert.False(await spark.Catalog.DropTempViewAsync("people"));
        spark.Conf.Set("spark.sql.shuffle.partitions", 3);
        Assert.Equal("3", spark.Conf.Get("spark.sql.shuffle.partitions"));
        spark.Conf.Unset("spark.sql.shuffle.partitions");
        Assert.Equal("200", spark.Conf.Get("spark.sql.shuffle.partitions"));
        Assert.Equal("x", spark.Conf.Get("spark.no.such.setting", "x"));
        Assert.Null(spark.Conf.Get("spark.no.such.setting", null));
        Assert.Throws<SparkException>(() => spark.Conf.Get("spark.no.such.setting"));
        Assert.Equal("none", (await spark.Conf.GetAllAsync("spark.sql.execution.arrow.compression."))["codec"]);
        DataFrame kept = spark.Range(10).Cache();
        Assert.Equal(StorageLevel.MemoryAndDiskDeserialized, await kept.StorageLevelAsync());
        Assert.Equal(10, kept.Count());
        kept.Unpersist(blocking: true);
        Assert.Equal(StorageLevel.None, await kept.StorageLevelAsync());
    }

    [FactWithSpark]
    public async Task Tables_are_shown_and_explained()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame people = Make(spark);
        Assert.Equal("+----+----+\n|name| age|\n+----+----+\n| Ada|  36|\n| Eve|NULL|\n+----+----+\n", await people.Filter(Col("name").IsIn("Ada", "Eve")).Select("name", "age").OrderBy("name").ShowStringAsync());
        Assert.Equal("root\n |-- name: string (nullable = true)\n |-- age: integer (nullable = true)\n |-- city: string (nullable = true)\n", people.Schema().ToTreeString().Replace(": int (", ": integer (", StringComparison.Ordinal));
        Assert.Contains("== Physical Plan ==", await people.Filter(Col("age") > 1).ExplainStringAsync(), StringComparison.Ordinal);
        Assert.Contains("== Analyzed Logical Plan ==", await people.ExplainStringAsync("extended"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => people.ExplainStringAsync("loudly"));
        Row described = Assert.Single(await people.Describe("age").Filter(Col("summary") == "count").CollectAsync());
        Assert.Equal("3", described.Get<string>("age"));
        await IsAsync("[min, 12] [max, 36]", people.Summary("min", "max").Select("summary", "age"));
    }

    [FactWithSpark]
    public async Task Rows_from_here_come_back_as_they_were()
    {
        await using SparkSession spark = await real.ConnectAsync();
        StructType schema = new(
            new StructField("b", new BooleanType()),
            new StructField("i8", new ByteType()),
            new StructField("i64", new LongType(), IsNullable: false),
            new StructField("f", new FloatType()),
            new StructField("dec", new DecimalType(38, 10)),
            new StructField("s", new StringType()),
            new StructField("bin", new BinaryType()),
            new StructField("d", new DateType()),
            new StructField("t", new TimestampType()),
            new StructField("n", new TimestampNtzType()),
            new StructField("a", new ArrayType(new DoubleType(), ContainsNull: false)),
            new StructField("aa", new ArrayType(new ArrayType(new StringType()))),
            new StructField("st", new StructType(new StructField("x", new IntegerType()), new StructField("y", new StringType()))),
            new StructField("m", new MapType(new StringType(), new IntegerType())),
            new StructField("v", new VectorType()));
        object?[] full =
        [
            true, (sbyte)-3, 1L << 60, 1.25f, -12345678901234.0123456789m, "é😀", new byte[] { 0, 255 }, new DateOnly(1582, 10, 15), new DateTime(2024, 2, 29, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            new DateTime(1960, 1, 1, 23, 59, 59), new[] { 1.5, double.NaN }, new[] { new[] { "a", null }, null }, new Row(new StructType(new StructField("x", new IntegerType()), new StructField("y", new StringType())), 5, null),
            new Dictionary<string, int> { ["k"] = 7 }, new[] { 0.0, 2.5 },
        ];
        object?[] empty = new object?[full.Length];
        empty[2] = 0L;
        DataFrame table = spark.CreateDataFrame([full, empty], schema);
        Assert.Equal(schema, await table.SchemaAsync());
        IReadOnlyList<Row> rows = await table.CollectAsync();
        Assert.Equal(2, rows.Count);
        Row first = rows.Single(row => row.Get<long>("i64") != 0);
        Row sent = new(schema, full);
        foreach (string name in schema.Names.Except(["m", "aa"]))
            Assert.Equal(sent[name], first[name]);
        Assert.Equal(7, first.Get<IReadOnlyDictionary<object, object?>>("m")["k"]);
        Assert.Equal("[[a, null], null]", first.ToString().Split("[[a")[1].Split("], [5")[0].Insert(0, "[[a") + "]");
        Assert.All(Enumerable.Range(0, full.Length).Where(i => i != 2), i => Assert.True(rows.Single(row => row.Get<long>("i64") == 0).IsNullAt(i)));
        Assert.Equal(first, Assert.Single(await spark.CreateDataFrame([first]).CollectAsync()));
    }

    [FactWithSpark]
    public async Task Many_rows_from_here_travel_once()
    {
        await using SparkSession spark = await real.ConnectAsync();
        StructType schema = new(new StructField("id", new LongType()), new StructField("text", new StringType()));
        DataFrame table = spark.CreateDataFrame(Enumerable.Range(0, 100_000).Select(i => new object?[] { (long)i, $"row number {i}" }), schema);
        Assert.Single(table.Resources);
        Assert.Equal(100_000, table.Count());
        await IsAsync("[4999950000]", table.Filter(Col("text") == Concat(Lit("row number "), Col("id").Cast("string"))).Agg(Sum(Col("id"))));
        Assert.True(await spark.Client.HasArtifactAsync("cache/" + ((LocalRows)table.Resources.Single()).Hash));
    }

    [FactWithSpark]
    public async Task A_session_is_built_by_steps()
    {
        await using SparkSession spark = await SparkSession.Builder().Remote(real.ConnectionString).AppName("ignored").Config("spark.sql.session.timeZone", "Asia/Tokyo").GetOrCreateAsync();
        await IsAsync("[1970-01-01 09:00:00]", spark.Range(1).Select(TimestampSeconds(Lit(0)).Cast("string")));
    }

    internal static DataFrame Make(SparkSession spark) => spark.CreateDataFrame([["Ada", 36, "London"], ["Bob", 20, "London"], ["Cyd", 12, "Paris"], ["Eve", null, null]], People);

    internal static async Task IsAsync(string wanted, DataFrame table, bool ordered = true)
    {
        IEnumerable<string> rows = (await table.CollectAsync()).Select(row => row.ToString());
        string[] expected = wanted.Split("] [").Select((one, i) => (i == 0 ? "" : "[") + one + (one.EndsWith(']') && i == wanted.Split("] [").Length - 1 ? "" : "]")).ToArray();
        Assert.Equal(ordered ? expected : expected.Order(StringComparer.Ordinal), ordered ? rows : rows.Order(StringComparer.Ordinal));
    }
}
