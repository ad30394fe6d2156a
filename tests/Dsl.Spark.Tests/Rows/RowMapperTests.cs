using System;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Arrow;
using Dsl.Spark.Rows;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Rows;

/// <summary>Records as rows of tables: there and back, and what is said of tables that they do not fit.</summary>
[Collection(SparkCollection.Name)]
public class RowMapperTests(RealSpark spark)
{
    private static readonly Everything[] Both =
    [
        new(
            true, -3, -300, 70000, 1L << 40, 1.5f, -2.25, 12345.6789m, "Adélie", [1, 0, 255], new DateOnly(1969, 7, 20), new DateTime(2024, 2, 29, 23, 59, 59, 123, DateTimeKind.Utc),
            new DateTimeOffset(1999, 12, 31, 12, 0, 0, TimeSpan.Zero), [1, 2, 3], ["a", ""], [0.5, null, -1], new Place(1, null, "here"), null, [new Penguin("Gentoo", null), new Penguin("Chinstrap", 48.7)],
            null, null, null, ["x", null], null),
        new(
            false, sbyte.MaxValue, short.MinValue, int.MinValue, long.MinValue, float.MinValue, double.Epsilon, -0.000000000000000001m, "", [], DateOnly.MinValue, DateTime.SpecifyKind(DateTime.UnixEpoch, DateTimeKind.Utc),
            DateTimeOffset.UnixEpoch, [], [], [], new Place(-1, 5, null), new Place(2, 3, "there"), null, true, 79228162514264m, [7], [], new DateOnly(2000, 1, 1)),
    ];

    [Fact]
    public void Every_type_comes_back_as_it_was()
    {
        RecordBatch batch = Write(Both);
        MemberReader<Everything> reader = MapperOf<Everything>().ReaderOf(batch.Schema);
        Assert.Equal(Both.Select(Show), RowMapper<Everything>.Read(reader, batch).Select(Show));
    }

    [Fact]
    public void The_schema_says_what_may_be_null()
    {
        Assert.Equal("root\n |-- Species: string (nullable = false)\n |-- BillLength: double (nullable = true)\n", MapperOf<Penguin>().Schema.ToTreeString());
        StructType all = MapperOf<Everything>().Schema;
        Assert.Equal(new ArrayType(new DoubleType(), ContainsNull: true), all.Fields[all.IndexOf("Gaps")].DataType);
        Assert.Equal(new ArrayType(new IntegerType(), ContainsNull: false), all.Fields[all.IndexOf("Numbers")].DataType);
        Assert.Equal(MapperOf<Place>().Schema, all.Fields[all.IndexOf("Elsewhere")].DataType);
    }

    [Fact]
    public void Columns_are_found_by_name_wherever_they_stand_and_whatever_their_case()
    {
        ColumnBuilder other = new(new LongType());
        ColumnBuilder length = new(new DoubleType());
        ColumnBuilder species = new(new StringType());
        other.Append(1L);
        length.Append(39.1);
        species.Append("Adelie".AsSpan());
        StructType schema = new(new StructField("other", new LongType()), new StructField("billlength", new DoubleType()), new StructField("SPECIES", new StringType()));
        RecordBatch batch = new(schema, 1, [other.View(), length.View(), species.View()]);

        Assert.Equal([new Penguin("Adelie", 39.1)], RowMapper<Penguin>.Read(MapperOf<Penguin>().ReaderOf(schema), batch));
    }

    [Theory]
    [InlineData("Species string", "There is no column 'BillLength'; there are Species.")]
    [InlineData("Species string, BillLength int", "Column 'BillLength' is int, but double is wanted for Double: cast it, as in Col(\"BillLength\").Cast(\"double\").")]
    [InlineData("species string, SPECIES string", "'Species' is wanted, but species and SPECIES differ from it by case alone: rename one of them.")]
    public void A_table_that_does_not_fit_is_refused_before_any_row(string columns, string message)
    {
        StructType schema = new(columns.Split(", ").Select(column => column.Split(' ')).Select(pair => new StructField(pair[0], pair[1] == "int" ? new IntegerType() : new StringType())));

        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => MapperOf<Penguin>().ReaderOf(schema)).Message);
    }

    [Fact]
    public void A_wrong_field_of_a_struct_is_named_with_its_path()
    {
        StructType good = MapperOf<Everything>().Schema;
        StructType bad = new(good.Fields.Select(field => field.Name == "Penguins" ? field with { DataType = new ArrayType(new StructType(new StructField("Species", new LongType()), new StructField("BillLength", new DoubleType()))) } : field));

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => MapperOf<Everything>().ReaderOf(bad));

        Assert.StartsWith("Column 'Penguins[].Species' is bigint, but string is wanted for String", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_where_the_record_has_none_is_an_error_that_names_the_column()
    {
        ColumnBuilder species = new(new StringType());
        ColumnBuilder length = new(new DoubleType());
        species.AppendNull();
        length.AppendNull();
        StructType schema = new(new StructField("Species", new StringType()), new StructField("BillLength", new DoubleType()));
        RecordBatch batch = new(schema, 1, [species.View(), length.View()]);
        MemberReader<Penguin> reader = MapperOf<Penguin>().ReaderOf(schema);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => RowMapper<Penguin>.Read(reader, batch).ToList());

        Assert.Equal("Column 'Species' is null in a row, but Species of the record is String, never null: make it nullable, or filter such rows.", error.Message);
        Assert.Equal("Penguin.Species is null, but it is declared never to be.", Assert.Throws<InvalidOperationException>(() => Write<Penguin>([new(null!, 1)])).Message);
    }

    [Fact]
    public void Values_that_Spark_has_not_are_refused()
    {
        Assert.Contains("decimal(38,18)", Assert.Throws<OverflowException>(() => Write([Both[0] with { Money = decimal.MaxValue }])).Message, StringComparison.Ordinal);
        Assert.Contains("kind Unspecified", Assert.Throws<ArgumentException>(() => Write([Both[0] with { Time = new DateTime(2024, 1, 1) }])).Message, StringComparison.Ordinal);
        Assert.Equal(1.000000000000000001m, RoundTrip(1.0000000000000000005m));
        Assert.Equal(-1.000000000000000001m, RoundTrip(-1.0000000000000000005m));
    }

    [FactWithSpark]
    public async Task Records_go_to_Spark_and_come_back()
    {
        await using SparkSession session = await spark.ConnectAsync();
        DataFrame table = session.CreateDataFrame(Both);

        Assert.Equal(MapperOf<Everything>().Schema.Names, (await table.SchemaAsync()).Names);
        Assert.Equal(Both.Select(Show), (await table.As<Everything>().CollectAsync()).Select(Show));
        Assert.Empty(await session.CreateDataFrame<Penguin>([]).As<Penguin>().CollectAsync());
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => table.As<Penguin>().CollectAsync());
        Assert.StartsWith("There is no column 'Species'; there are Flag, Tiny,", error.Message, StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task A_querys_rows_are_records()
    {
        await using SparkSession session = await spark.ConnectAsync();
        DataFrame table = await session.SqlAsync("SELECT concat('p', id) AS species, IF(id % 3 = 0, NULL, id / 2) AS BillLength FROM range(0, 30000, 1, 3)");
        int rows = 0;
        await foreach (Penguin one in table.As<Penguin>())
        {
            Assert.Equal(new Penguin("p" + rows, rows % 3 == 0 ? null : rows / 2.0), one);
            rows++;
        }

        Assert.Equal(30000, rows);
    }

    private static RowMapper<TRow> MapperOf<TRow>()
        where TRow : ISparkRow<TRow> => TRow.Mapper;

    private static RecordBatch Write<TRow>(TRow[] rows)
        where TRow : ISparkRow<TRow>
    {
        ColumnBuilder[] builders = TRow.Mapper.NewBuilders();
        foreach (TRow row in rows)
            TRow.Mapper.Append(builders, row);
        return new RecordBatch(TRow.Mapper.Schema, rows.Length, [.. builders.Select(builder => builder.View())]);
    }

    private static decimal RoundTrip(decimal value)
    {
        RecordBatch batch = Write([Both[0] with { Money = value }]);
        return RowMapper<Everything>.Read(MapperOf<Everything>().ReaderOf(batch.Schema), batch).Single().Money;
    }

    /// <summary>A record with what its lists hold.</summary>
    private static string Show(Everything one) => System.Text.Json.JsonSerializer.Serialize(one);
}
