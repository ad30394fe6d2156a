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

/// <summary>Tables of another shape, and what the catalog makes and finds.</summary>
[Collection(SparkCollection.Name)]
public class ReshapingTests(RealSpark real)
{
    [FactWithSpark]
    public async Task Columns_become_rows()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame wide = spark.Sql("SELECT * FROM VALUES (1, 10, 20.5), (2, 11, null) AS t(id, a, b)");
        await DataFrameTests.IsAsync("[1, a, 10] [1, b, 20.5] [2, a, 11] [2, b, null]", wide.Unpivot([Col("id")], [Col("a"), Col("b")], "name", "value").OrderBy("id", "name"));
        DataFrame all = wide.Melt([Col("id"), Col("b")], "name", "value");
        Assert.Equal(["id", "b", "name", "value"], all.Columns());
        await DataFrameTests.IsAsync("[1, 20.5, a, 10] [2, null, a, 11]", all.OrderBy("id"));
        Assert.Equal(wide.Unpivot([Col("id")], "n", "v").OrderBy("id", "n").Collect(), wide.Melt([Col("id")], [Col("a"), Col("b")], "n", "v").OrderBy("id", "n").Collect());
        Assert.Contains("none is given", Assert.Throws<ArgumentException>(() => wide.Unpivot([Col("id")], [], "n", "v")).Message, StringComparison.Ordinal);
        DataFrame turned = spark.Sql("SELECT * FROM VALUES ('x', 1, 2), ('y', 3, 4) AS t(k, a, b)").Transpose();
        await DataFrameTests.IsAsync("[a, 1, 3] [b, 2, 4]", turned);
        Assert.Equal(["key", "x", "y"], turned.Columns());
        Assert.Equal(["key", "1", "3"], spark.Sql("SELECT * FROM VALUES (1, 2), (3, 4) AS t(a, b)").Transpose(Col("a")).Columns());
        Assert.Equal(["a", "b"], wide.Select(wide.ColRegex("`[ab]`")).Columns());
    }

    [FactWithSpark]
    public async Task Rows_are_divided_and_grouped()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame numbers = spark.Range(0, 100, 1, 2);
        DataFrame parts = numbers.RepartitionByRange(4, Col("id").Desc()).GroupBy(SparkPartitionId().As("p")).Agg(Min(Col("id")).As("min"), Max(Col("id")).As("max")).OrderBy("p");
        IReadOnlyList<Row> ranges = await parts.CollectAsync();
        Assert.Equal(4, ranges.Count);
        Assert.Equal(99, ranges[0].Get<long>("max"));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.Get<long>("min") > pair.Second.Get<long>("max")));
        Assert.Equal(100, numbers.RepartitionByRange(Col("id")).Count());
        Assert.Throws<ArgumentException>(() => numbers.RepartitionByRange(3));
        DataFrame sums = spark.Sql("SELECT * FROM VALUES ('a', 'x', 1), ('a', 'y', 2), ('b', 'x', 4) AS t(k, l, n)");
        await DataFrameTests.IsAsync(
            "[null, null, 7] [null, x, 5] [null, y, 2] [a, null, 3] [b, null, 4]",
            sums.GroupingSets([[Col("k")], [Col("l")], []], Col("k"), Col("l")).Agg(Sum(Col("n"))).OrderBy("k", "l"));
    }

    [FactWithSpark]
    public async Task The_catalog_makes_and_finds()
    {
        await using SparkSession spark = await real.ConnectAsync();
        string view = "v" + Guid.NewGuid().ToString("N");
        DataFrame people = DataFrameTests.Make(spark);
        people.CreateGlobalTempView(view);
        Assert.Equal("TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", Assert.Throws<SparkException>(() => people.CreateGlobalTempView(view)).ErrorClass);
        Assert.Equal(4, spark.Table("global_temp." + view).Count());
        Assert.True(spark.Catalog.DropGlobalTempView(view));
        Assert.Equal("default", spark.Catalog.CurrentDatabase());
        Assert.Equal("spark_catalog", spark.Catalog.CurrentCatalog());
        spark.Catalog.SetCurrentCatalog("spark_catalog");
        Assert.Contains("spark_catalog", spark.Catalog.ListCatalogs().Collect().Select(row => row.Get<string>("name")));
        Assert.Equal("default", spark.Catalog.GetDatabase("default").Get<string>("name"));
        Assert.Equal("abs", spark.Catalog.GetFunction("abs").Get<string>("name"));
        string files = Path.Combine(real.NewFolder(), "people");
        people.Write.PartitionBy("city").Parquet(files);
        string table = "t" + Guid.NewGuid().ToString("N");
        DataFrame outer = spark.Catalog.CreateTable(table, files, "parquet", description: "who");
        Assert.Equal("EXTERNAL", spark.Catalog.GetTable(table).Get<string>("tableType"));
        spark.Catalog.RecoverPartitions(table);
        Assert.Equal(4, outer.Count());
        people.Limit(1).Write.Mode(SaveMode.Append).PartitionBy("city").Parquet(files);
        spark.Catalog.RefreshByPath(files);
        spark.Catalog.RecoverPartitions(table);
        Assert.Equal(5, spark.Table(table).Count());
        DataFrame own = await spark.Catalog.CreateTableAsync(table + "_own", source: "parquet", schema: new StructType(new StructField("n", new IntegerType())));
        Assert.Equal(["n"], own.Columns());
        Assert.True(spark.Catalog.TableExists(table + "_own"));
        spark.Catalog.CacheTable(table);
        Assert.True(spark.Catalog.IsCached(table));
        spark.Catalog.ClearCache();
        Assert.False(spark.Catalog.IsCached(table));
        spark.Sql($"DROP TABLE {table}");
        spark.Sql($"DROP TABLE {table}_own");
        Assert.Throws<SparkException>(() => spark.Catalog.GetTable(table));
    }
}
