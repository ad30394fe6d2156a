using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Dsl.Spark.Arrow;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Xunit;

namespace Dsl.Spark.Tests.Sql;

/// <summary>Rows, both ways, without Spark.</summary>
public class RowTests
{
    public static TheoryData<DataType, object> Misfits => new()
    {
        { new IntegerType(), 5L },
        { new IntegerType(), "5" },
        { new StringType(), 5 },
        { new DecimalType(3, 1), 1000m },
        { new DecimalType(3, 1), 1.25m },
        { new TimestampType(), new DateTime(2024, 1, 1) },
        { new ArrayType(new IntegerType(), ContainsNull: false), new int?[] { 1, null } },
        { new StructType(new StructField("x", new IntegerType())), new object?[] { 1, 2 } },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_value_that_does_not_fit_is_named(DataType type, object value)
    {
        StructType schema = new(new StructField("first", new StringType()), new StructField("second", type));
        ArgumentException error = Assert.Throws<ArgumentException>(() => RowWriter.Write(schema, [["a", null], ["b", value]]));
        Assert.StartsWith("Row 1, column second: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_and_missing_values_are_named()
    {
        StructType schema = new(new StructField("x", new LongType(), IsNullable: false));
        Assert.Equal("Row 0, column x: the value is null, and the schema says that it never is (bigint).", Assert.Throws<ArgumentException>(() => RowWriter.Write(schema, [[null]])).Message);
        Assert.Equal("Row 0 has 2 values; the schema has 1 fields: struct<x:bigint>.", Assert.Throws<ArgumentException>(() => RowWriter.Write(schema, [[1L, 2L]])).Message);
    }

    [Theory]
    [InlineData("0", 38, 38)]
    [InlineData("-79228162514264337593543950335", 38, 0)]
    [InlineData("0.0000000000000000000000000001", 38, 28)]
    [InlineData("-12.50", 10, 4)]
    [InlineData("7", 38, 30)]
    public void Decimals_keep_every_digit(string text, int precision, int scale)
    {
        decimal value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        StructType schema = new(new StructField("x", new DecimalType(precision, scale)));
        Assert.Equal(value, Read(schema, [[value]])[0].Get<decimal>(0));
    }

    [Fact]
    public void A_decimal_with_too_many_digits_is_refused()
    {
        ColumnBuilder builder = new(new DecimalType(38, 0));
        builder.Append(Int128.MaxValue / 2);
        Assert.Contains("has more digits than C#'s decimal", Assert.Throws<OverflowException>(() => Read(builder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_csharp_has_not_is_refused()
    {
        ColumnBuilder times = new(new TimestampType());
        times.Append(long.MaxValue);
        Assert.Contains("the years 1 to 9999", Assert.Throws<OverflowException>(() => Read(times)).Message, StringComparison.Ordinal);
        ColumnBuilder days = new(new DateType());
        days.Append(int.MinValue);
        Assert.Contains("the years 1 to 9999", Assert.Throws<OverflowException>(() => Read(days)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_vectors_are_filled_up()
    {
        ColumnBuilder vectors = new(new VectorType());
        vectors.Children[0].Append((sbyte)0);
        vectors.Children[1].Append(4);
        vectors.Children[2].AppendList<int>([1, 3]);
        vectors.Children[3].AppendList<double>([2.5, -1]);
        vectors.AppendRow();
        Assert.Equal([0, 2.5, 0, -1], Read(vectors).Get<double[]>(0));
    }

    [Fact]
    public void Values_widen_where_nothing_is_lost()
    {
        Row row = new(new StructType(new StructField("i", new IntegerType()), new StructField("l", new LongType()), new StructField("f", new FloatType()), new StructField("n", new StringType())), 5, 6L, 1.5f, null);
        Assert.Equal((5L, 5.0, 5m, 1.5), (row.Get<long>("i"), row.Get<double>("i"), row.Get<decimal>("i"), row.Get<double>("f")));
        Assert.Equal((5, null), (row.Get<int?>(0), row.Get<int?>(3)));
        Assert.Contains("Field 'l' (bigint) is of System.Int64 here; System.Int32 is wanted.", Assert.Throws<InvalidCastException>(() => row.Get<int>("l")).Message, StringComparison.Ordinal);
        Assert.Equal("[5, 6, 1.5, null]", row.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => row[4]);
        Assert.Throws<ArgumentException>(() => new Row(row.Schema, 1));
    }

    [Fact]
    public void Rows_are_equal_by_value()
    {
        StructType schema = new(new StructField("a", new ArrayType(new IntegerType())), new StructField("m", new MapType(new StringType(), new IntegerType())));
        Row Make(int last) => new(schema, new[] { 1, last }, new Dictionary<object, object?> { ["k"] = last });
        Assert.Equal(Make(2), Make(2));
        Assert.Equal(Make(2).GetHashCode(), Make(2).GetHashCode());
        Assert.NotEqual(Make(2), Make(3));
    }

    [Fact]
    public void A_schema_is_valid_json()
    {
        StructType schema = new(
            new StructField("a\"b", new ArrayType(new LongType(), ContainsNull: false), IsNullable: false),
            new StructField("m", new MapType(new StringType(), new DecimalType(5, 2), ValueContainsNull: false)),
            new StructField("v", new VectorType()));
        JsonElement fields = JsonDocument.Parse(SchemaJson.Write(schema)).RootElement.GetProperty("fields");
        Assert.Equal("a\"b", fields[0].GetProperty("name").GetString());
        Assert.Equal("long", fields[0].GetProperty("type").GetProperty("elementType").GetString());
        Assert.False(fields[0].GetProperty("nullable").GetBoolean());
        Assert.Equal("decimal(5,2)", fields[1].GetProperty("type").GetProperty("valueType").GetString());
        Assert.Equal("udt", fields[2].GetProperty("type").GetProperty("type").GetString());
    }

    [Fact]
    public void Types_pass_through_messages()
    {
        DataType[] types =
        [
            new NullType(), new BooleanType(), new ByteType(), new ShortType(), new IntegerType(), new LongType(), new FloatType(), new DoubleType(), new DecimalType(20, 3), new StringType(), new BinaryType(),
            new DateType(), new TimestampType(), new TimestampNtzType(), new ArrayType(new LongType(), false), new MapType(new StringType(), new FloatType(), false), new VectorType(),
            new StructType(new StructField("x", new LongType(), IsNullable: false)),
        ];
        Assert.All(types, type => Assert.Equal(type, type.ToProtocol().ToDataType()));
    }

    [Fact]
    public void A_literal_of_another_class_is_refused() =>
        Assert.Contains("A value of System.Uri cannot be a literal", Assert.Throws<ArgumentException>(() => Functions.Lit(new Uri("sc://localhost"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Progress_is_a_line() => Assert.Equal(
        "1 of 2 stages, 7 of 12 tasks, 2 running, 1.5 MiB read",
        ProgressBar.Describe(new ExecutionProgress("o", [new StageProgress(0, 4, 4, 1 << 20, true), new StageProgress(1, 8, 3, 1 << 19, false)], 2, false)));

    private static Row Read(ColumnBuilder builder)
    {
        StructType schema = new(new StructField("x", builder.Type));
        return RowReader.Read(new RecordBatch(schema, 1, [builder.View()]), schema).Single();
    }

    private static List<Row> Read(StructType schema, object?[][] rows)
    {
        ArrowStreamReader reader = new(RowWriter.Write(schema, rows).AsMemory());
        reader.ReadSchema();
        return [.. RowReader.Read(reader.Read()!, schema)];
    }
}
