using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Dsl.Tests;
using Xunit;

namespace Dsl.Pipelines.Tests.Csv;

/// <summary>What <c>ReadCsv</c> reads, cell by cell, and what it says of what it cannot.</summary>
public class CsvTests
{
    private enum Sex
    {
        Female,
        Male,
    }

    private sealed record Bird(string Species, string Island, double? BillLength, double? BillDepth, int? FlipperLength, decimal? BodyMass, Sex? Sex, short Year);

    private sealed record District(double Longitude, float Latitude, int Age, int? Bedrooms, string OceanProximity);

    private static T One<T>(string cell, Func<CsvRow, T> make, CsvOptions? options = null)
    {
        using CsvFile file = new("A,B\n" + cell + ",x\n");
        return Assert.Single(file.Read(make, options, "A"));
    }

    private static CsvException Bad<T>(string cell, Func<CsvRow, T> make)
    {
        using CsvFile file = new("B,A\n\n\"x\ny\"," + cell + "\n");
        CsvException error = Assert.Throws<CsvException>(() => file.Read(make, null, "A"));
        Assert.Equal(file.Path, error.File);
        Assert.Equal(3, error.Line);
        Assert.Equal("A", error.Column);
        Assert.Equal(cell.Trim('"'), error.Text);
        Assert.Contains(error.Wanted, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{file.Path}, line 3, column A", error.Message, StringComparison.Ordinal);
        return error;
    }

    [Fact]
    public void The_penguins()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "mllib", "penguins.csv");
        CsvColumn[] columns =
        [
            new("Species"), new("Island"), new("BillLength", "bill_length_mm"), new("BillDepth", "bill_depth_mm"), new("FlipperLength", "flipper_length_mm"), new("BodyMass", "body_mass_g"),
            new("Sex"), new("Year"),
        ];
        List<Bird> birds = [.. CsvTable.Read(path, null, columns, row => new Bird(
            row.Text(0), row.Text(1), row.NumberOrNull<double>(2), row.NumberOrNull<double>(3), row.NumberOrNull<int>(4), row.NumberOrNull<decimal>(5), row.EnumOrNull<Sex>(6), row.Number<short>(7)))];
        Assert.Equal(344, birds.Count);
        Assert.Equal(new Bird("Adelie", "Torgersen", 39.1, 18.7, 181, 3750, Sex.Male, 2007), birds[0]);
        Assert.Equal(new Bird("Adelie", "Torgersen", null, null, null, null, null, 2007), birds[3]);
        Assert.Equal(2, birds.Count(bird => bird.BillLength is null));
        Assert.Equal(11, birds.Count(bird => bird.Sex is null));
        Assert.Equal([68, 124, 152], birds.CountBy(bird => bird.Species).Select(pair => pair.Value).Order());
    }

    [TheoryWithHousing]
    [InlineData("housing")]
    public void The_districts(string table)
    {
        string path = SharedFolder.Find($"data/tabular/{table}.csv")!;
        CsvColumn[] columns = [new("Longitude"), new("Latitude"), new("Age", "housing_median_age"), new("TotalBedrooms"), new("OceanProximity")];
        List<District> districts = [.. CsvTable.Read(path, null, columns, row => new District(
            row.Number<double>(0), row.Number<float>(1), row.Number<int>(2), row.NumberOrNull<int>(3), row.Text(4)))];
        Assert.Equal(20640, districts.Count);
        Assert.Equal(new District(-122.23, 37.88f, 41, 129, "NEAR BAY"), districts[0]);
        Assert.Equal(207, districts.Count(district => district.Bedrooms is null));
    }

    [Fact]
    public void Cells_of_every_kind()
    {
        Assert.Equal((sbyte)-128, One("-128", row => row.Number<sbyte>(0)));
        Assert.Equal((byte)255, One(" 255 ", row => row.Number<byte>(0)));
        Assert.Equal((ushort)65535, One("65535", row => row.Number<ushort>(0)));
        Assert.Equal(41, One("41.0", row => row.Number<int>(0)));
        Assert.Equal(1000L, One("1e3", row => row.Number<long>(0)));
        Assert.Equal(ulong.MaxValue, One("18446744073709551615", row => row.Number<ulong>(0)));
        Assert.Equal(4294967295, One("4294967295", row => row.Number<uint>(0)));
        Assert.Equal(0.1f, One("0.1", row => row.Number<float>(0)));
        Assert.Equal(double.NegativeInfinity, One("-Infinity", row => row.Number<double>(0)));
        Assert.Equal(0.10m, One("1.0E-1", row => row.Number<decimal>(0)));
        Assert.Equal([true, false, true, false], new[] { "true", "False", "1", "0" }.Select(cell => One(cell, row => row.Flag(0))));
        Assert.Equal(" Zoë, \"Z\"\r\n", One("\" Zoë, \"\"Z\"\"\r\n\"", row => row.Text(0)));
        Assert.Equal(["a", "b", "a"], One("a b  a", row => row.Tokens(0)));
        Assert.Equal([1.5f, -2], One("1.5 -2", row => row.Numbers<float>(0)));
        Assert.Equal(Vector.Dense(1, double.NaN, 3), One("1 NaN  3", row => row.Vector(0)));
        Assert.Equal(new DateTime(2020, 2, 29, 13, 30, 0), One("2020-02-29 13:30", row => row.DateTime(0)));
        Assert.Equal((new DateTime(2020, 2, 29, 11, 30, 0), DateTimeKind.Utc), One("2020-02-29T13:30+02:00", row => (row.DateTime(0), row.DateTime(0).Kind)));
        Assert.Equal(new DateOnly(2020, 2, 29), One("2020-02-29", row => row.DateOnly(0)));
        Assert.Equal(Sex.Male, One("male", row => row.Enum<Sex>(0)));
        Assert.Equal(Sex.Male, One("1", row => row.Enum<Sex>(0)));
        Assert.Equal(new Guid("00000001-0002-0003-0004-000000000005"), One("00000001-0002-0003-0004-000000000005", row => row.Value<Guid>(0)));
        Assert.Equal(System.Net.IPAddress.Loopback, One("127.0.0.1", row => row.ObjectOrNull<System.Net.IPAddress>(0)));
    }

    [Fact]
    public void Nulls()
    {
        foreach (string cell in new[] { "", "NA", "NaN", "null", "\"\"", " NA " })
        {
            Assert.Null(One(cell, row => row.NumberOrNull<double>(0)));
            Assert.Null(One(cell, row => row.FlagOrNull(0)));
            Assert.Null(One(cell, row => row.TokensOrNull(0)));
            Assert.Null(One(cell, row => row.VectorOrNull(0)));
            Assert.Null(One(cell, row => row.NumbersOrNull<float>(0)));
            Assert.Null(One(cell, row => row.DateTimeOrNull(0)));
            Assert.Null(One(cell, row => row.DateOnlyOrNull(0)));
            Assert.Null(One(cell, row => row.EnumOrNull<Sex>(0)));
            Assert.Null(One(cell, row => row.ValueOrNull<Guid>(0)));
            Assert.Null(One(cell, row => row.ObjectOrNull<System.Net.IPAddress>(0)));
            Assert.Empty(One(cell, row => row.Tokens(0)));
        }

        Assert.Null(One("", row => row.TextOrNull(0)));
        Assert.Equal("", One("", row => row.Text(0)));
        Assert.Equal("NA", One("NA", row => row.TextOrNull(0)));
        CsvOptions dash = new() { Nulls = ["-", "?"] };
        Assert.Null(One("-", row => row.TextOrNull(0), dash));
        Assert.Null(One("?", row => row.NumberOrNull<int>(0), dash));
        Assert.Equal("", One("-", row => row.Text(0), dash));
    }

    [Fact]
    public void A_bad_cell_says_file_line_column_text_and_what_is_wanted()
    {
        Assert.Equal("a whole number from 0 to 255 (byte)", Bad("256", row => row.Number<byte>(0)).Wanted);
        Assert.Equal("a whole number from -2147483648 to 2147483647 (int)", Bad("41.5", row => row.NumberOrNull<int>(0)).Wanted);
        Assert.Equal("a number (double)", Bad("1,5", row => row.Number<double>(0), quoted: true).Wanted);
        Assert.Equal("a number (double)", Bad("1e999", row => row.Number<double>(0)).Wanted);
        Assert.Equal("a number (double), which cannot be null", Bad("NA", row => row.Number<double>(0)).Wanted);
        Assert.Equal("a number (decimal), which cannot be null", Bad("", row => row.Number<decimal>(0)).Wanted);
        Assert.Equal("true, false, 1 or 0", Bad("yes", row => row.FlagOrNull(0)).Wanted);
        Assert.Equal("numbers with blanks between them (float)", Bad("1 x", row => row.Numbers<float>(0)).Wanted);
        Assert.Equal("numbers with blanks between them (double), which cannot be null", Bad("", row => row.Vector(0)).Wanted);
        Assert.Equal("a date and time (DateTime)", Bad("2020-02-30", row => row.DateTime(0)).Wanted);
        Assert.Equal("a date (DateOnly)", Bad("tomorrow", row => row.DateOnlyOrNull(0)).Wanted);
        Assert.Equal("one of Female, Male (Sex)", Bad("7", row => row.Enum<Sex>(0)).Wanted);
        Assert.Equal("Guid", Bad("7", row => row.Value<Guid>(0)).Wanted);
    }

    private static CsvException Bad<T>(string cell, Func<CsvRow, T> make, bool quoted) => Bad(quoted ? $"\"{cell}\"" : cell, make);

    [Fact]
    public void Bytes_that_are_no_UTF8_are_a_bad_cell()
    {
        using CsvFile file = new([.. "A\nx\n"u8, 0xC3, 0x28, .. "\n"u8]);
        CsvException error = Assert.Throws<CsvException>(() => file.Read(row => row.Text(0), null, "A"));
        Assert.Equal((3, "A", "text in UTF-8"), (error.Line, error.Column, error.Wanted));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        using CsvFile file = new([0xEF, 0xBB, 0xBF, .. "A,B\n1,2"u8]);
        Assert.Equal([1], file.Read(row => row.Number<int>(0), null, "A"));
    }

    [Fact]
    public void Names_are_found_without_case_and_signs()
    {
        using CsvFile file = new("body mass-G,BILL_length\n1,2\n");
        Assert.Equal([(2, 1)], file.Read(row => (row.Number<int>(0), row.Number<int>(1)), null, "BillLength", "BodyMassG"));
    }

    [Fact]
    public void What_Column_says_goes_before_names()
    {
        using CsvFile file = new("b,a\n1,2\n");
        Assert.Equal([(1, 2)], CsvTable.Read(file.Path, null, [new("A", "b"), new CsvColumn("a")], row => (row.Number<int>(0), row.Number<int>(1))));
    }

    [Fact]
    public void A_lacking_column_is_named()
    {
        using CsvFile file = new("a,b\n1,2\n");
        CsvException error = Assert.Throws<CsvException>(() => CsvTable.Read(file.Path, null, [new("A"), new("BillLength", "bill_length_mm")], row => 0).Count());
        Assert.Equal((1, "BillLength", "a, b", "a column bill_length_mm (BillLength)"), (error.Line, error.Column, error.Text, error.Wanted));
        Assert.Equal([(1, null)], CsvTable.Read(file.Path, new() { AllowMissing = true }, [new("A"), new("C")], row => (row.Number<int>(0), row.NumberOrNull<int>(1))));
    }

    [Fact]
    public void Two_names_that_could_be_a_column_are_an_error()
    {
        using CsvFile file = new("body_mass,Body Mass\n1,2\n");
        Assert.Equal("one column BodyMass", Assert.Throws<CsvException>(() => file.Read(row => 0, null, "BodyMass")).Wanted);
    }

    [Fact]
    public void Without_a_header_columns_come_in_order()
    {
        using CsvFile file = new("1;2\n3;4\n");
        CsvOptions options = new() { Header = false, Separator = ';' };
        Assert.Equal([(1, 2), (3, 4)], file.Read(row => (row.Number<int>(0), row.Number<int>(1)), options, "A", "B"));
        Assert.Equal("3 cells, and 2 are there", Assert.Throws<CsvException>(() => file.Read(row => 0, options, "A", "B", "C")).Wanted);
        Assert.Equal([null, null], file.Read(row => row.NumberOrNull<int>(2), options with { AllowMissing = true }, "A", "B", "C"));
    }

    [Theory]
    [InlineData("1,2,3", "2 cells, and 3 are there")]
    [InlineData("1", "2 cells, and 1 are there")]
    [InlineData("1,\"2\"x", "quotes \" around a whole cell, and doubled within")]
    [InlineData("1,2\"", "quotes \" around a whole cell, and doubled within")]
    [InlineData("1,\"2", "a quote \" behind the cell that one begins")]
    public void A_line_that_is_no_row(string line, string wanted)
    {
        using CsvFile file = new("A,B\n0,0\n" + line + "\n");
        CsvException error = Assert.Throws<CsvException>(() => file.Read(row => row.Text(0), null, "A", "B"));
        Assert.Equal((3, "", wanted), (error.Line, error.Column, error.Wanted));
        CsvReport report = new();
        Assert.Equal(["0"], file.Read(row => row.Text(0), new() { Report = report }, "A", "B"));
        Assert.Equal((1, 1, wanted), (report.Read, report.Skipped, Assert.Single(report.Errors).Wanted));
    }

    [Fact]
    public void A_report_takes_bad_rows_and_reading_goes_on()
    {
        using CsvFile file = new("A\n1\nx\n3\n\"4\n");
        CsvReport report = new();
        Assert.Equal([1, 3], file.Read(row => row.Number<int>(0), new() { Report = report }, "A"));
        Assert.Equal([3L, 5], report.Errors.Select(error => error.Line));
        Assert.Equal((2, 2), (report.Read, report.Skipped));
    }

    [Fact]
    public void Rows_are_read_as_they_are_asked_for()
    {
        using CsvFile file = new("A\n1\nx\n");
        Assert.Equal(1, CsvTable.Read(file.Path, null, [new("A")], row => row.Number<int>(0)).First());
        IEnumerable<int> rows = CsvTable.Read(file.Path, null, [new("A")], row => row.Number<int>(0));
        Assert.Equal(rows.First(), rows.First());
    }

    [Fact]
    public void What_cannot_be_read_is_said_at_the_call()
    {
        Assert.Throws<FileNotFoundException>(() => CsvTable.Read("/no/such.csv", null, [new("A")], row => 0));
        using CsvFile file = new("");
        Assert.Throws<ArgumentException>(() => CsvTable.Read(file.Path, new() { Separator = '"' }, [new("A")], row => 0));
        Assert.Throws<ArgumentException>(() => CsvTable.Read(file.Path, new() { Separator = 'é' }, [new("A")], row => 0));
        Assert.Throws<ArgumentException>(() => CsvTable.Read(file.Path, new() { Nulls = [null!] }, [new("A")], row => 0));
        Assert.Equal("a line with the columns' names", Assert.Throws<CsvException>(() => file.Read(row => 0, null, "A")).Wanted);
        Assert.Empty(file.Read(row => 0, new() { Header = false }, "A"));
    }

    [Fact]
    public void A_message_shows_no_more_than_a_piece_of_a_cell()
    {
        using CsvFile file = new("A\n" + new string('é', 5000) + "\n");
        CsvException error = Assert.Throws<CsvException>(() => file.Read(row => row.Number<int>(0), null, "A"));
        Assert.InRange(error.Message.Length, 1, 400);
        Assert.DoesNotContain('�', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(error.Text[..100])));
    }
}
