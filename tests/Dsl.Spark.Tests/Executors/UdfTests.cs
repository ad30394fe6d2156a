using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Executors;

/// <summary>What the generator emits for methods marked <c>[SparkUdf]</c>, over columns, against plain loops over boxed values.</summary>
public sealed class UdfTests
{
    private const int Rows = 2500;

    private static readonly DataType Double = new DoubleType();
    private static readonly DataType Integer = new IntegerType();
    private static readonly DataType Long = new LongType();
    private static readonly DataType Float = new FloatType();
    private static readonly DataType Text = new StringType();
    private static readonly DataType Boolean = new BooleanType();
    private static readonly DataType Date = new DateType();
    private static readonly StructType Point = new(new StructField("X", Double), new StructField("Y", Double), new StructField("Name", Text));
    private static readonly StructType Span = new(new StructField("From", Integer), new StructField("To", Long));
    private static readonly StructType Nested = new(new StructField("Inner", Point), new StructField("Day", Date), new StructField("Weights", new ArrayType(Float)), new StructField("Range", Span));

    private readonly Random random = new(17);

    // Without a null, with a few, and with nothing else.
    public static TheoryData<double> NullRates => [0, 0.2, 1];

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Numbers(double nulls)
    {
        object?[] x = Draw(nulls, Real), y = Draw(nulls, Real);
        Same(Columns.Run<Udfs.DistanceFunction>(Columns.Of(Double, x), Columns.Of(Double, y)), i => x[i] is double a && y[i] is double b ? Udfs.Distance(a, b) : null);
        object?[] n = Draw(nulls, Whole), m = Draw(nulls, Whole);
        Same(Columns.Run<Udfs.SumFunction>(Columns.Of(Long, n), Columns.Of(Long, m)), i => n[i] is long a ? Udfs.Sum(a, (long?)m[i]) : null);
        object?[] half = Draw(nulls, () => (float)Real());
        Same(Columns.Run<Udfs.HalfFunction>(Columns.Of(Float, half)), i => Udfs.Half((float?)half[i]));
        object?[] a8 = Draw(nulls, () => (sbyte)random.Next(-128, 128)), a16 = Draw(0, () => (short)random.Next(-9, 9)), a32 = Draw(nulls, () => random.Next(100));
        Same(
            Columns.Run<Udfs.SmallFunction>(Columns.Of(new ByteType(), a8), Columns.Of(new ShortType(), a16), Columns.Of(Integer, a32), Columns.Of(Float, half)),
            i => a8[i] is sbyte a && a16[i] is short b && a32[i] is int c && half[i] is float d ? Udfs.Small(a, b, c, d) : null);
        Same(
            Columns.Run<Udfs.RunFunction>([.. Enumerable.Repeat(Columns.Of(Integer, a32), 5)]),
            i => a32[i] is int one ? 5 * one : null);
    }

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Booleans(double nulls)
    {
        object?[] left = Draw(nulls, () => random.Next(2) == 0), right = Draw(nulls, () => random.Next(2) == 0);
        Same(Columns.Run<Udfs.BothFunction>(Columns.Of(Boolean, left), Columns.Of(Boolean, right)), i => left[i] is bool a ? Udfs.Both(a, (bool?)right[i]) : null);
    }

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Texts(double nulls)
    {
        object?[] x = Draw(nulls, Word), y = Draw(nulls, Word);
        ArrowColumn column = Columns.Of(Text, x);
        Same(Columns.Run<Udfs.GreetFunction>(column, Columns.Of(Text, y)), i => x[i] is string a ? Udfs.Greet(a, (string?)y[i]) : null);
        Same(Columns.Run<Udfs.VowelsFunction>(column), i => x[i] is string a ? Udfs.Vowels(a) : null);
        Same(Columns.Run<Udfs.BytesFunction>(column), i => x[i] is string a ? Encoding.UTF8.GetByteCount(a) : null);
        Same(Columns.Run<Udfs.FirstByteFunction>(column), i => x[i] is string a ? Encoding.UTF8.GetString(Udfs.FirstByte(Encoding.UTF8.GetBytes(a))) : null);
        Same(Columns.Run<Udfs.TrimmedFunction>(column), i => x[i] is string a ? a.Trim() : null);
        object?[] data = Draw(nulls, () => Encoding.UTF8.GetBytes(Word()));
        Same(Columns.Run<Udfs.ReversedFunction>(Columns.Of(new BinaryType(), data)), i => data[i] is byte[] a ? Udfs.Reversed(a) : null);
        Same(Columns.Run<Udfs.BytesFunction>(Columns.Of(new BinaryType(), data)), i => (data[i] as byte[])?.Length);
    }

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Decimals(double nulls)
    {
        object?[] amount = Draw(nulls, () => (Int128)random.Next(-1_000_000, 1_000_000)), rate = Draw(nulls, () => (Int128)random.Next(100));
        Same(
            Columns.Run<Udfs.TaxFunction>(Columns.Of(new DecimalType(10, 2), amount), Columns.Of(new DecimalType(4, 4), rate)),
            i => amount[i] is Int128 a ? (Int128)(Math.Round(Udfs.Tax((decimal)a / 100, rate[i] is Int128 b ? (decimal)b / 10_000 : null), 3, MidpointRounding.AwayFromZero) * 1000) : null);
        Assert.Equal(new DecimalType(12, 3), new Udfs.TaxFunction().Result);
    }

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Days_and_times(double nulls)
    {
        object?[] days = Draw(nulls, () => random.Next(-700_000, 2_000_000)), seconds = Draw(nulls, () => random.Next(-100, 100));
        object?[] times = Draw(nulls, () => random.NextInt64(-60_000_000_000_000_000, 200_000_000_000_000_000));
        ArrowColumn instants = Columns.Of(new TimestampType(), times);
        Same(Columns.Run<Udfs.NextDayFunction>(Columns.Of(Date, days)), i => (int?)days[i] + 1);
        Same(Columns.Run<Udfs.LaterFunction>(instants, Columns.Of(Integer, seconds)), i => (long?)times[i] + ((int?)seconds[i] * 1_000_000L));
        const long Day = 86_400_000_000;
        Same(Columns.Run<Udfs.MidnightFunction>(Columns.Of(new TimestampNtzType(), times)), i => times[i] is long time ? (long)Math.Floor((decimal)time / Day) * Day : null);
        Same(Columns.Run<Udfs.KindOfFunction>(instants), i => times[i] is null ? null : "Utc");
        Same(Columns.Run<Udfs.KindOfFunction>(Columns.Of(new TimestampNtzType(), times)), i => times[i] is null ? null : "Unspecified");
        Assert.Equal(new TimestampType(), new Udfs.LaterFunction().Result);
        Assert.Equal(new TimestampNtzType(), new Udfs.MidnightFunction().Result);
    }

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Arrays(double nulls)
    {
        foreach (double holes in new[] { 0, 0.05 })
        {
            object?[] left = Draw(nulls, () => List(holes, () => Real())), right = Draw(nulls, () => List(0, () => (float)Real()));
            Same(
                Columns.Run<Udfs.DotFunction>(Columns.Of(new ArrayType(Double), left), Columns.Of(new ArrayType(Float), right)),
                i => Whole<double>(left[i]) is { } a && Whole<float>(right[i]) is { } b ? Udfs.Dot(a, b) : null);
            object?[] ints = Draw(nulls, () => List(holes, () => random.Next())), longs = Draw(nulls, () => List(holes, Whole));
            Same(Columns.Run<Udfs.SortedFunction>(Columns.Of(new ArrayType(Integer), ints)), i => Udfs.Sorted(Whole<int>(ints[i]))?.Cast<object?>().ToList());
            Same(Columns.Run<Udfs.TailFunction>(Columns.Of(new ArrayType(Long), longs)), i => Whole<long>(longs[i])?.Skip(1).Cast<object?>().ToList());
            object?[] words = Draw(nulls, () => List(holes, Word)), further = Draw(nulls, () => List(holes, Word));
            Same(
                Columns.Run<Udfs.JoinedFunction>(Columns.Of(new ArrayType(Text), words), Columns.Of(new ArrayType(Text), further)),
                i => words[i] is List<object?> list && !list.Contains(null) ? Udfs.Joined([.. list.Cast<string>()], (further[i] as List<object?>)?.Cast<string?>().ToArray()) : null);
        }

        object?[] texts = Draw(nulls, Word);
        Same(Columns.Run<Udfs.WordsFunction>(Columns.Of(Text, texts)), i => texts[i] is string a ? Udfs.Words(a).Cast<object?>().ToList() : null);
    }

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Records(double nulls)
    {
        object?[] points = Draw(nulls, () => PointRow(nulls)), factors = Draw(nulls, Real);
        Same(
            Columns.Run<Udfs.ScaledFunction>(Columns.Of(Point, points), Columns.Of(Double, factors)),
            i => points[i] is object?[] p && p[0] is double x && factors[i] is double f ? new object?[] { x * f, (double?)p[1] * f, p[2] } : null);
        Assert.Equal(Point, new Udfs.ScaledFunction().Result);

        object?[] nested = Draw(nulls, () => new[] { Maybe(nulls, () => PointRow(nulls)), Maybe(nulls, () => random.Next(9999)), Maybe(nulls, () => List(0.01, () => (float)Real())), Maybe(nulls, () => SpanRow(nulls)) });
        object?[] spans = Draw(nulls, () => SpanRow(nulls));
        Same(Columns.Run<Udfs.DeepFunction>(Columns.Of(Nested, nested), Columns.Of(Span, spans)), i =>
        {
            if (spans[i] is not object?[] span || span[0] is not int from || nested[i] is not object?[] n)
                return null;
            if (n[0] is not object?[] inner || inner[0] is null || n[1] is null || Whole<float>(n[2]) is null)
                return null;
            return new object?[] { new[] { inner[0], inner[1], from.ToString(CultureInfo.InvariantCulture) }, n[1], n[2], new[] { from, span[1] } };
        });
        Assert.Equal(Nested, new Udfs.DeepFunction().Result);
    }

    [Fact]
    public void Fields_are_found_by_name()
    {
        StructType other = new(new StructField("Name", Text), new StructField("Surplus", Date), new StructField("Y", Double), new StructField("X", Double));
        object?[] rows = [new object?[] { "a", 1, 2.0, 3.0 }];
        Assert.Equal([new object?[] { 6.0, 4.0, "a" }], Columns.Run<Udfs.ScaledFunction>(Columns.Of(other, rows), Columns.Of(Double, [2.0])));
    }

    [Theory]
    [MemberData(nameof(NullRates))]
    public void Whole_columns(double nulls)
    {
        object?[] x = Draw(nulls, Real), weight = Draw(nulls, () => random.Next(10));
        Same(Columns.Run<Udfs.BlendFunction>(Columns.Of(Double, x), Columns.Of(Integer, weight)), i => x[i] is double a && weight[i] is int b ? (float)(a * b) : null);
    }

    [Fact]
    public void No_rows_give_no_rows()
    {
        Assert.Empty(Columns.Run<Udfs.DistanceFunction>(Columns.Of(Double, []), Columns.Of(Double, [])));
        Assert.Empty(Columns.Run<Udfs.DotFunction>(Columns.Of(new ArrayType(Double), []), Columns.Of(new ArrayType(Float), [])));
        Assert.Empty(Columns.Run<Udfs.DeepFunction>(Columns.Of(Nested, []), Columns.Of(Span, [])));
        Assert.Empty(Columns.Run<Udfs.BlendFunction>(Columns.Of(Double, []), Columns.Of(Integer, [])));
    }

    [Fact]
    public void Another_type_is_an_error_that_names_the_column()
    {
        ArrowColumn doubles = Columns.Of(Double, [1.0]);
        ArrowColumn ints = Columns.Of(Integer, [1]);
        Fails<Udfs.DistanceFunction>("Udfs.Distance takes double as y, but Spark sends int: Spark casts nothing here, so cast the column, as in Col(\"y\").Cast(\"double\").", doubles, ints);
        Fails<Udfs.DistanceFunction>("Udfs.Distance takes 2 columns (x, y), but Spark sends 1.", doubles);
        Fails<Udfs.ScaledFunction>(
            "Udfs.Scaled takes a struct with a field Y (double) as point, but Spark sends struct<X:double>. Names differ by case.",
            Columns.Of(new StructType(new StructField("X", Double)), [new object?[] { 1.0 }]),
            doubles);
        Fails<Udfs.ScaledFunction>(
            "Udfs.Scaled takes string as point.Name, but Spark sends int: Spark casts nothing here, so cast the column, as in Col(\"point.Name\").Cast(\"string\").",
            Columns.Of(new StructType(new StructField("X", Double), new StructField("Y", Double), new StructField("Name", Integer)), [new object?[] { 1.0, 1.0, 1 }]),
            doubles);
        Fails<Udfs.BytesFunction>("Udfs.Bytes takes string or binary as utf8, but Spark sends int: Spark casts nothing here, so cast the column, as in Col(\"utf8\").Cast(\"string\").", ints);
    }

    [Fact]
    public void A_cancelled_task_stops()
    {
        using CancellationTokenSource source = new();
        using Udfs.DistanceFunction function = new();
        function.Start(state: null, new CancelledTask(source.Token));
        ArrowColumn column = Columns.Of(Double, [1.0, 2.0]);
        function.Run([column, column], 2, new ColumnBuilder(Double));
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => function.Run([column, column], 2, new ColumnBuilder(Double)));
    }

    [Fact]
    public void A_batch_allocates_nothing_for_its_rows()
    {
        object?[] x = Draw(0.1, Real), words = Draw(0.1, Word), lists = Draw(0.1, () => List(0, () => Real())), floats = Draw(0.1, () => List(0, () => (float)Real()));
        None<Udfs.DistanceFunction>(Columns.Of(Double, x), Columns.Of(Double, x));
        None<Udfs.VowelsFunction>(Columns.Of(Text, words));
        None<Udfs.TrimmedFunction>(Columns.Of(Text, words));
        None<Udfs.FirstByteFunction>(Columns.Of(Text, words));
        None<Udfs.DotFunction>(Columns.Of(new ArrayType(Double), lists), Columns.Of(new ArrayType(Float), floats));
        None<Udfs.BothFunction>(Columns.Of(Boolean, Draw(0.1, () => true)), Columns.Of(Boolean, Draw(0.1, () => true)));
        None<Udfs.TaxFunction>(Columns.Of(new DecimalType(10, 2), Draw(0.1, () => (Int128)5)), Columns.Of(new DecimalType(10, 2), Draw(0.1, () => (Int128)5)));
        None<Udfs.MidnightFunction>(Columns.Of(new TimestampType(), Draw(0.1, Whole)));
    }

    private static void None<TFunction>(params ArrowColumn[] arguments)
        where TFunction : ColumnFunction, new()
    {
        using TFunction function = new();
        ColumnBuilder result = new(function.Result);
        for (int i = 0; i < 3; i++)
        {
            result.Clear();
            function.Run(arguments, Rows, result);
        }

        result.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        function.Run(arguments, Rows, result);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Fails<TFunction>(string message, params ArrowColumn[] arguments)
        where TFunction : ColumnFunction, new()
    {
        using TFunction function = new();
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => function.Run(arguments, 1, new ColumnBuilder(function.Result))).Message);
    }

    private static void Same(object?[] rows, Func<int, object?> expected)
    {
        Assert.Equal(Rows, rows.Length);
        for (int i = 0; i < rows.Length; i++)
            Assert.Equal(expected(i), rows[i]);
    }

    /// <summary>A list without a null as an array; else null.</summary>
    private static T[]? Whole<T>(object? list) => list is List<object?> all && !all.Contains(null) ? [.. all.Cast<T>()] : null;

    private object?[] Draw<T>(double nulls, Func<T> value) => [.. Enumerable.Range(0, Rows).Select(_ => Maybe(nulls, value))];

    private object? Maybe<T>(double nulls, Func<T> value) => random.NextDouble() < nulls ? null : value();

    private List<object?> List<T>(double nulls, Func<T> value) => [.. Enumerable.Range(0, random.Next(6)).Select(_ => Maybe(nulls, value))];

    private object?[] PointRow(double nulls) => [Maybe(nulls / 2, Real), Maybe(nulls, Real), Maybe(nulls, Word)];

    private object?[] SpanRow(double nulls) => [Maybe(nulls / 4, () => random.Next()), Maybe(nulls, Whole)];

    private double Real() => (random.NextDouble() * 20) - 10;

    private long Whole() => random.NextInt64(-1_000_000_000_000, 1_000_000_000_000);

    private string Word()
    {
        string[] words = ["", "a", " spark ", "Grüße", "日本語", "😀 smile", "some longer words than a few bytes hold"];
        return words[random.Next(words.Length)];
    }

    private sealed class CancelledTask(CancellationToken cancellation) : ITask
    {
        public int Partition => 0;

        public int Attempt => 0;

        public int Stage => 0;

        public long Id => 0;

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Resources { get; } = new Dictionary<string, IReadOnlyList<string>>();

        public IReadOnlyDictionary<string, string> Properties { get; } = new Dictionary<string, string>();

        public bool IsBarrier => false;

        public IReadOnlyList<string> Addresses => [];

        public CancellationToken Cancellation => cancellation;

        public void Barrier() => throw new InvalidOperationException();

        public IReadOnlyList<string> AllGather(string message) => throw new InvalidOperationException();
    }
}
