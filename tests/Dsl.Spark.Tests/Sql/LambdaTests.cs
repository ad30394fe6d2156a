using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Sql;
using Xunit;
using static Dsl.Spark.Sql.Functions;
using Column = Dsl.Spark.Sql.Column;

namespace Dsl.Spark.Tests.Sql;

/// <summary>Functions that take C# lambdas, computed by Spark.</summary>
[Collection(SparkCollection.Name)]
public class LambdaTests(RealSpark real)
{
    [FactWithSpark]
    public async Task Lambdas_become_expressions()
    {
        await using SparkSession spark = await real.ConnectAsync();
        DataFrame one = spark.Sql("SELECT array(3, 1, 2) AS xs, array(10, 20) AS ys, map('a', 1, 'b', 2) AS m, map('b', 5, 'c', 7) AS n, array(array(1, 2), array(3)) AS nested, 100 AS k");
        Column xs = Col("xs");
        Column m = Col("m");
        (Column Made, string Wanted)[] cases =
        [
            (Transform(xs, x => (x * 2) + Col("k")), "[106, 102, 104]"),
            (Transform(xs, (x, i) => x - i), "[3, 0, 0]"),
            (Filter(xs, x => x > 1), "[3, 2]"),
            (Filter(xs, (_, i) => i != 1), "[3, 2]"),
            (Exists(xs, x => x == 2), "True"),
            (ForAll(xs, x => x < 3), "False"),
            (Aggregate(xs, 0, (sum, x) => sum + x), "6"),
            (Aggregate(xs, 0, (sum, x) => sum + x, sum => sum / 4), "1.5"),
            (Reduce(xs, 1, (product, x) => product * x), "6"),
            (Reduce(xs, 1, (product, x) => product * x, product => -product), "-6"),
            (ZipWith(xs, Col("ys"), (x, y) => Coalesce(x + y, Lit(-1))), "[13, 21, -1]"),
            (ArraySort(xs, (x, y) => y - x), "[3, 2, 1]"),
            (MapFilter(m, (key, value) => key == "b" & value > 1), "{b -> 2}"),
            (TransformKeys(m, (key, value) => Concat(key, value.Cast("string"))), "{a1 -> 1, b2 -> 2}"),
            (TransformValues(m, (key, value) => Concat(key, value.Cast("string"))), "{a -> a1, b -> b2}"),
            (MapZipWith(m, Col("n"), (key, left, right) => ConcatWs("/", key, left.Cast("string"), right.Cast("string"))), "{a -> a/1, b -> b/2/5, c -> c/7}"),

            // A lambda within a lambda sees both parameters.
            (Transform(Col("nested"), list => Aggregate(Transform(list, x => x * Size(list)), 0, (sum, x) => sum + x)), "[6, 3]"),
        ];
        Row row = Assert.Single(await one.Select([.. cases.Select((each, i) => each.Made.As($"c{i}"))]).CollectAsync());
        string[] parts = [.. cases.Select((_, i) => new Row(new Dsl.Spark.Types.StructType(row.Schema.Fields[i]), row[i]).ToString()[1..^1])];
        Assert.Equal(cases.Select(each => each.Wanted), parts);
    }

    [Fact]
    public void A_lambda_gives_a_column()
    {
        Assert.Contains("gives null", Assert.Throws<ArgumentException>(() => Transform(Col("xs"), _ => null!)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Filter(Col("xs"), (Func<Column, Column>)null!));
    }
}
