using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Pipelines.Tests.Csv;

/// <summary>Whatever stands in a file: its cells, or one <see cref="CsvException"/>.</summary>
public class CsvFuzzTests
{
    private static readonly string[] Fragments = ["", "a", "1.5", "\"", "\"\"", ",", ";", "\n", "\r\n", "\r", " ", "é", "𝔸", "NA", "x\"y", "\u0000", "-1e3"];

    private static Gen<string> Cells => Gen.Elements(Fragments).ListOf().Select(parts => string.Concat(parts.Take(6)));

    private static Gen<string[][]> TablesOf(int columns) => Cells.ArrayOf(columns).ListOf().Select(rows => rows.Take(20).ToArray());

    [Fact]
    public void A_table_is_read_as_it_was_written()
    {
        Gen<(string[][] Rows, char Separator, char Quote, string End, bool All)> cases =
            from columns in Gen.Choose(1, 4)
            from rows in TablesOf(columns)
            from separator in Gen.Elements(',', ';', '\t')
            from quote in Gen.Elements('"', '\'')
            from end in Gen.Elements("\n", "\r\n")
            from all in Gen.Elements(true, false)
            select (rows, separator, quote, end, all);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(cases), drawn =>
        {
            int columns = drawn.Rows.Length == 0 ? 1 : drawn.Rows[0].Length;
            string[] names = [.. Enumerable.Range(0, columns).Select(i => $"c{i}")];
            using CsvFile file = new(CsvFile.Write([names, .. drawn.Rows], drawn.Separator, drawn.Quote, drawn.End, drawn.All));
            List<string[]> read = file.Read(row => names.Select((_, i) => row.Text(i)).ToArray(), new() { Separator = drawn.Separator, Quote = drawn.Quote }, names);
            Assert.Equal(drawn.Rows, read);
        }));
    }

    [Fact]
    public void Numbers_are_read_as_they_were_written() => Prop.ForAll<double>(value =>
    {
        if (double.IsNaN(value))
            return;
        using CsvFile file = new($"A\n{value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}\n");
        Assert.Equal(value, Assert.Single(file.Read(row => row.Number<double>(0), null, "A")));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_bytes()
    {
        Gen<byte[]> bytes = Gen.OneOf(
            Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
            Gen.Elements(Fragments).ListOf().Select(parts => Encoding.UTF8.GetBytes("a,b\n" + string.Concat(parts))));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(bytes), content =>
        {
            using CsvFile file = new(content);
            foreach (bool header in new[] { true, false })
            {
                CsvReport report = new();
                try
                {
                    List<(string Text, double? Number)> rows = file.Read(row => (row.Text(0), row.NumberOrNull<double>(1)), new() { Header = header, Report = report }, "a", "b");
                    Assert.Equal(report.Read, rows.Count);
                    Assert.All(report.Errors, error => Assert.InRange(error.Line, 1, content.Count(value => value is (byte)'\n' or (byte)'\r') + 1));
                }
                catch (CsvException error)
                {
                    // A header has no row to skip.
                    Assert.True(header);
                    Assert.NotEmpty(error.Message);
                }
            }
        }));
    }
}
