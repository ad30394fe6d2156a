using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Sql;
using Xunit;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Spark.Tests.Sql;

/// <summary>Statistics of columns whose values are known.</summary>
[Collection(SparkCollection.Name)]
public class StatisticTests(RealSpark real)
{
    [FactWithSpark]
    public async Task Numbers_have_statistics()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame numbers = spark.Range(10).Select(Col("id").Cast("double").As("x"), (Col("id") * -2.0).As("y"), Lit(3.0).As("same"), Expr("cast(null AS double)").As("none"));
        DataFrameStatFunctions stat = numbers.Stat();
        Assert.Equal(-1, stat.Corr("x", "y"), 12);
        Assert.True(double.IsNaN(await stat.CorrAsync("x", "same")));
        Assert.Equal(-2 * 82.5 / 9, stat.Cov("x", "y"), 12);
        Assert.Equal([0, 4, 9], stat.ApproxQuantile("x", [0, 0.5, 1], 0));
        double[][] several = await stat.ApproxQuantileAsync(["y", "none", "x"], [0, 1], 0.01);
        Assert.Equal([[-18, 0], [], [0, 9]], several);
        Assert.Contains("[0, 1.5]", Assert.Throws<ArgumentException>(() => stat.ApproxQuantile("x", [0, 1.5], 0)).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => stat.ApproxQuantile("x", [0.5], -1)).Message, StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task Values_are_counted()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame pairs = spark.Sql("SELECT * FROM VALUES ('a', 1), ('a', 2), ('b', 1), ('a', 1) AS t(k, n)");
        DataFrame table = pairs.Stat().Crosstab("k", "n");
        Assert.Equal(["k_n", "1", "2"], table.Columns());
        await DataFrameTests.IsAsync("[a, 2, 1] [b, 1, 0]", table.OrderBy("k_n"));
        Row often = Assert.Single(await pairs.Stat().FreqItems(["k", "n"], 0.6).CollectAsync());
        Assert.Equal(["k_freqItems", "n_freqItems"], often.Schema.Names);
        Assert.Contains("a", often.Get<string?[]>(0));
        Assert.Contains(1, often.Get<int[]>(1));
    }

    [FactWithSpark]
    public async Task Each_value_has_its_part_of_a_sample()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame numbers = spark.Range(0, 900, 1, 3).WithColumn("k", Expr("CAST(id % 3 AS INT)"));
        Dictionary<int, double> fractions = new() { [0] = 1, [1] = 0.5 };
        DataFrame sample = numbers.Stat().SampleBy("k", fractions, seed: 3);
        Dictionary<int, long> counts = (await sample.GroupBy("k").Count().CollectAsync()).ToDictionary(row => row.Get<int>(0), row => row.Get<long>(1));
        Assert.Equal(300, counts[0]);
        Assert.InRange(counts[1], 100, 200);
        Assert.DoesNotContain(2, counts.Keys);
        Assert.Equal(sample.Collect(), numbers.Stat().SampleBy(Col("k"), fractions, seed: 3).Collect());
        Assert.Contains("The fraction of 7 is 1.5", Assert.Throws<ArgumentException>(() => numbers.Stat().SampleBy("k", [KeyValuePair.Create(7, 1.5)])).Message, StringComparison.Ordinal);
    }
}
