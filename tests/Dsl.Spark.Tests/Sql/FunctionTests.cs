using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;
using Dsl.Spark.Sql;
using Xunit;
using static Dsl.Spark.Sql.Functions;
using Column = Dsl.Spark.Sql.Column;

namespace Dsl.Spark.Tests.Sql;

[Collection(SparkCollection.Name)]
public class FunctionTests(RealSpark real)
{
    [FactWithSpark]
    public async Task Spark_knows_every_function_of_the_table()
    {
        await using SparkSession spark = await real.ConnectAsync();
        HashSet<string> known = [.. (await spark.Sql("SHOW ALL FUNCTIONS").CollectAsync()).Select(row => row.Get<string>(0))];
        string[] ours = [.. Table().Select(method => NameOf(spark, method))];
        Assert.True(ours.Length > 200, $"{ours.Length} functions");
        Assert.DoesNotContain(ours, name => !known.Contains(name));
    }

    [FactWithSpark]
    public async Task Functions_compute()
    {
        await using SparkSession spark = await real.ConnectAsync();
        Column Array(params int[] values) => Lit(values);
        (Column Made, object? Wanted)[] cases =
        [
            (Sqrt(Lit(9.0)), 3.0), (Pow(Lit(2), Lit(10)), 1024.0), (Round(Lit(2.345), 2), 2.35), (BRound(Lit(2.5)), 2.0), (Pmod(Lit(-7), Lit(3)), 2), (Log(Lit(1.0)), 0.0), (Ceil(Lit(1.2)), 2L),
            (ShiftLeft(Lit(3), 2), 12), (Hex(Lit(255)), "FF"), (Conv(Lit("ff"), 16, 10), "255"), (Greatest(Lit(1), Lit(5), Lit(3)), 5), (Coalesce(Lit(null), Lit(4)), 4), (IsNaN(Lit(double.NaN)), true),
            (Upper(Lit("abc")), "ABC"), (LPad(Lit("7"), 3, "0"), "007"), (ConcatWs("-", Lit("a"), Lit("b")), "a-b"), (Substring(Lit("abcdef"), 2, 3), "bcd"), (SubstringIndex(Lit("a.b.c"), ".", 2), "a.b"),
            (RegexpExtract(Lit("id=42"), "id=(\\d+)"), "42"), (RegexpReplace(Lit("a1b2"), "\\d", "#"), "a#b#"), (Locate("c", Lit("abc")), 3), (Levenshtein(Lit("kitten"), Lit("sitting")), 3),
            (Md5(Lit("a")), "0cc175b9c0f1b6a831c399e269772661"), (Sha2(Lit(""), 256), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), (FormatString("%d:%s", Lit(5), Lit("x")), "5:x"),
            (Year(Lit(new DateOnly(2024, 2, 29))), 2024), (DateAdd(Lit(new DateOnly(2024, 2, 28)), Lit(2)), new DateOnly(2024, 3, 1)), (LastDay(Lit(new DateOnly(2023, 2, 1))), new DateOnly(2023, 2, 28)),
            (DateDiff(Lit(new DateOnly(2024, 3, 1)), Lit(new DateOnly(2024, 2, 1))), 29), (DateFormat(Lit(new DateOnly(2024, 3, 1)), "yyyy/MM"), "2024/03"), (MakeDate(Lit(2020), Lit(1), Lit(2)), new DateOnly(2020, 1, 2)),
            (DateTrunc("hour", Lit(new DateTime(2024, 1, 1, 5, 6, 7, DateTimeKind.Utc))), new DateTime(2024, 1, 1, 5, 0, 0, DateTimeKind.Utc)), (UnixTimestamp(Lit(DateTimeOffset.UnixEpoch)), 0L),
            (ArrayContains(Array(1, 2), 2), true), (Size(Array(1, 2, 3)), 3), (ElementAt(Array(4, 5), -1), 5), (ArrayMax(Array(4, 9, 5)), 9), (ArrayJoin(Lit(new[] { "a", "b" }), "+"), "a+b"),
            (SortArray(Array(3, 1, 2), asc: false), new[] { 3, 2, 1 }), (Slice(Array(1, 2, 3, 4), Lit(2), Lit(2)), new[] { 2, 3 }), (Sequence(Lit(1), Lit(7), Lit(3)), new[] { 1, 4, 7 }),
            (MapKeys(Map(Lit("a"), Lit(1))), new[] { "a" }), (GetJsonObject(Lit("{\"a\":{\"b\":7}}"), "$.a.b"), "7"), (FromJson(Lit("{\"a\":5}"), "a INT").GetField("a"), 5), (ToJson(NamedStruct(Lit("a"), Lit(1))), "{\"a\":1}"),
            (TypeOf(Lit(1.5m)), "decimal(2,1)"), (CallFunction("concat", Lit("x"), Lit("y")), "xy"), (Expr("1 + 1"), 2), (TypeOf(Lit(TimeSpan.FromSeconds(1))), "interval day to second"), (Lit(new byte[] { 1 }), new byte[] { 1 }),
        ];
        Row row = Assert.Single(await spark.Range(1).Select([.. cases.Select((one, i) => one.Made.As($"c{i}"))]).CollectAsync());
        for (int i = 0; i < cases.Length; i++)
            Assert.True(AreEqual(cases[i].Wanted, row[i]), $"case {i}: {cases[i].Wanted} is wanted, {row[i]} came");
        Assert.Equal([1, 2], (await spark.Range(1).Select(Explode(Array(1, 2)).As("x")).CollectAsync()).Select(one => one.Get<int>(0)));
    }

    private static IEnumerable<MethodInfo> Table() => typeof(Functions).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => method.ReturnType == typeof(Column) && method.Name is not (nameof(Col) or nameof(Functions.Column) or nameof(Lit) or nameof(Expr) or nameof(CallFunction) or nameof(When)));

    private static string NameOf(SparkSession spark, MethodInfo method)
    {
        object?[] arguments = [.. method.GetParameters().Select(one => one.ParameterType switch
        {
            Type type when type == typeof(Column) => Lit(1),
            Type type when type == typeof(Column[]) => new[] { Lit(1), Lit(2) },
            Type type when type == typeof(string) => "x",
            Type type when type == typeof(object) => null,
            Type type when type == typeof(Func<Column, Column>) => new Func<Column, Column>(x => x),
            Type type when type == typeof(Func<Column, Column, Column>) => new Func<Column, Column, Column>((x, y) => x + y),
            Type type when type == typeof(Func<Column, Column, Column, Column>) => new Func<Column, Column, Column, Column>((x, y, z) => x + y + z),
            Type type => Activator.CreateInstance(type),
        })];
        Expression made = ((Column)method.Invoke(null, arguments)!).Build(new PlanContext(spark));
        Assert.Equal(arguments.Sum(one => one is Column[] several ? several.Length : 1), made.UnresolvedFunction.Arguments.Count);
        return made.UnresolvedFunction.FunctionName;
    }

    private static bool AreEqual(object? wanted, object? given) =>
        wanted is Array one && given is Array other ? one.Cast<object?>().SequenceEqual(other.Cast<object?>()) : Equals(wanted, given);
}
