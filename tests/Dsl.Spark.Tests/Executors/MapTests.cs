using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Executors;

/// <summary>What the generator emits for methods marked <c>[SparkMap]</c>, over batches, against the methods themselves.</summary>
public sealed class MapTests
{
    private static readonly StructType PointRows = new(new StructField("X", new DoubleType()), new StructField("Y", new DoubleType()), new StructField("Name", new StringType()));

    // The columns stand in another order than the record's, among others.
    private static readonly StructType ReadingRows = new(
        new StructField("Surplus", new DateType()),
        new StructField("Name", new StringType()),
        new StructField("Where", PointRows),
        new StructField("Value", new DoubleType()),
        new StructField("Id", new LongType()));

    private readonly Random random = new(5);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_go_through_the_method(int batches)
    {
        List<Reading> readings = [];
        List<object?[][]> tables = [];
        for (int i = 0; i < batches; i++)
        {
            // More rows than in one batch of the result, then fewer, then none.
            object?[][] rows = [.. Enumerable.Range(0, i == 0 ? 12_345 : i == 1 ? 7 : 0).Select(_ => ReadingRow())];
            tables.Add(rows);
            readings.AddRange(rows.Select(row => new Reading((long)row[4]!, (double?)row[3], (string)row[1]!, row[2] is object?[] point ? PointOf(point) : null)));
        }

        object?[][] result = Run<Maps.RunningFunction>(ReadingRows, tables, out int flushes);
        Total[] expected = [.. Maps.Running(readings)];
        Assert.Equal(expected.Length, result.Length);
        Assert.Equal(expected.Length / 10_000, flushes);
        for (int i = 0; i < result.Length; i++)
        {
            Total total = expected[i];
            object?[]? where = total.Where is { } point ? [point.X, point.Y, point.Name] : null;
            Assert.Equal([total.Count, total.Sum, (Int128)(total.Share * 1000), total.Last, where], result[i]);
        }
    }

    [Fact]
    public void Rows_may_become_more_or_fewer()
    {
        object?[][] rows = [.. Enumerable.Range(0, 50).Select(i => new object?[] { (double)(i % 4), null, "p" + i })];
        object?[][] result = Run<Maps.RepeatedFunction>(PointRows, [rows], out _);
        Assert.Equal(Maps.Repeated(rows.Select(PointOf)).Select(point => new object?[] { point.X, point.Y, point.Name }), result);
    }

    [Fact]
    public void A_null_where_the_record_has_none_is_an_error_that_names_the_column()
    {
        object?[][] rows = [[1.0, null, null], [null, null, null]];
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Run<Maps.RepeatedFunction>(PointRows, [rows], out _));
        Assert.Equal("Maps.Repeated takes rows without a null in X, but there is one: let the record's X be nullable, or filter the rows.", error.Message);
    }

    [Fact]
    public void Other_columns_are_an_error_that_names_the_first()
    {
        StructType other = new(new StructField("X", new FloatType()), new StructField("Name", new StringType()));
        Assert.Equal(
            "Maps.Repeated takes double as X, but Spark sends float: Spark casts nothing here, so cast the column, as in Col(\"X\").Cast(\"double\").",
            Assert.Throws<InvalidOperationException>(() => Run<Maps.RepeatedFunction>(other, [], out _)).Message);
        other = new(new StructField("X", new DoubleType()), new StructField("Name", new StringType()));
        Assert.Equal(
            "Maps.Repeated takes a column Y (double), but Spark sends X (double), Name (string). Names differ by case.",
            Assert.Throws<InvalidOperationException>(() => Run<Maps.RepeatedFunction>(other, [], out _)).Message);
    }

    [Fact]
    public void A_row_that_is_null_is_an_error() => Assert.Equal(
        "Maps.Missing gave a row that is null.",
        Assert.Throws<InvalidOperationException>(() => Run<Maps.MissingFunction>(PointRows, [[[1.0, 1.0, "a"], [2.0, 1.0, "b"]]], out _)).Message);

    private static Point PointOf(object?[] row) => new((double)row[0]!, (double?)row[1], (string?)row[2]);

    private static object?[][] Run<TFunction>(StructType schema, List<object?[][]> tables, out int flushes)
        where TFunction : MapFunction, new()
    {
        using TFunction function = new();
        Sink sink = new(function.Result);
        function.Run(new Source(schema, tables), sink);
        flushes = sink.Flushes;
        sink.Flush();
        return [.. sink.Rows];
    }

    private object?[] ReadingRow() =>
    [
        random.Next(3) == 0 ? null : random.Next(100),
        random.Next(3) == 0 ? "" : "Größe " + random.Next(10),
        random.Next(3) == 0 ? null : new object?[] { random.NextDouble(), random.Next(2) == 0 ? null : random.NextDouble(), null },
        random.Next(3) == 0 ? null : random.NextDouble(),
        random.NextInt64(),
    ];

    /// <summary>Batches of plain rows.</summary>
    private sealed class Source(StructType schema, List<object?[][]> tables) : IBatchSource
    {
        private int next;

        public StructType Schema => schema;

        public RecordBatch? Next()
        {
            if (next == tables.Count)
                return null;
            object?[][] rows = tables[next++];
            return new RecordBatch(schema, rows.Length, [.. schema.Fields.Select((field, i) => Columns.Of(field.DataType, rows.Select(row => row[i])))]);
        }
    }

    private sealed class Sink(StructType result) : IBatchSink
    {
        private readonly ColumnBuilder[] columns = [.. result.Fields.Select(field => new ColumnBuilder(field.DataType))];

        public List<object?[]> Rows { get; } = [];

        public int Flushes { get; private set; }

        ReadOnlySpan<ColumnBuilder> IBatchSink.Columns => columns;

        public void Flush()
        {
            Flushes++;
            object?[][] values = [.. columns.Select(column => Columns.ValuesOf(column.View()))];
            for (int i = 0; i < values[0].Length; i++)
                Rows.Add([.. values.Select(column => column[i])]);
            foreach (ColumnBuilder column in columns)
                column.Clear();
        }
    }
}
