using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Dates;
using Dsl;
using Xunit;

namespace SampleTests;

[Collection(nameof(ConsoleRun))]
public sealed class DatesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dates").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_short_run_learns_years_and_reads_what_it_is_given()
    {
        string report = Path.Combine(folder, "page.html");
        (int code, string output, string errors) = Run("--samples", "1500", "--epochs", "2", "--threads", "2", "--report", report, "the third of March 2021");
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("1500 dates in 14 ways to train on, 2000 of other days held out", output, StringComparison.Ordinal);
        Assert.Matches(@"exact match 0\.\d{4} of 2000 held-out dates, 0\.3\d{3} by \.NET's DateTime\.TryParse", output);
        Assert.Matches(@"^the third of March 2021 is [0-9?-]{10}\r?$", output.TrimEnd().Split('\n')[^1]);
        double characters = double.Parse(Regex.Match(output, @"epoch +2/2 .* accuracy (\d\.\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(characters, 0.4, 1);
        string page = File.ReadAllText(report);
        Assert.Contains("of held-out dates read rightly", page, StringComparison.Ordinal);
        Assert.Contains("gives up", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "the third of March 2021")]
    [InlineData(1, "March the third, 2021")]
    [InlineData(2, "3 March 2021")]
    [InlineData(3, "March 3, 2021")]
    [InlineData(4, "Wednesday, 3 March 2021")]
    [InlineData(5, "Wednesday, March 3rd, 2021")]
    [InlineData(6, "Mar 3rd 2021")]
    [InlineData(7, "3rd Mar '21")]
    [InlineData(8, "3-Mar-21")]
    [InlineData(9, "3/3/21")]
    [InlineData(10, "3/3/2021")]
    [InlineData(11, "03.03.2021")]
    [InlineData(12, "2021/3/3")]
    [InlineData(13, "20210303")]
    public void Dates_are_written_in_many_ways(int kind, string text)
    {
        WrittenDate date = DateKinds.Write(new DateOnly(2021, 3, 3), kind);
        Assert.Equal(text, date.Text);
        Assert.Equal("2021-03-03", date.Iso);
    }

    [Fact]
    public void Every_date_of_a_century_fits_and_days_held_out_are_not_trained_on()
    {
        for (DateOnly date = new(1950, 1, 1); date.Year < 2050; date = date.AddDays(1))
        {
            for (int kind = 0; kind < DateKinds.Count; kind++)
                DateText.Put(DateKinds.Write(date, kind).Text, new int[DateText.Longest]);
        }

        (List<WrittenDate> training, List<WrittenDate> heldOut) = DateKinds.Draw(5000, 500, 3);
        Assert.Equal((5000, 500), (training.Count, heldOut.Count));
        Assert.Empty(training.Select(one => one.Date).Intersect(heldOut.Select(one => one.Date)));
        Assert.Contains(training, one => one.Text.Any(char.IsLetter) && !one.Text.Any(char.IsUpper));
    }

    [Theory]
    [InlineData(1, "1st")]
    [InlineData(2, "2nd")]
    [InlineData(11, "11th")]
    [InlineData(12, "12th")]
    [InlineData(13, "13th")]
    [InlineData(21, "21st")]
    [InlineData(23, "23rd")]
    [InlineData(30, "30th")]
    public void Figures_have_their_endings(int day, string text) => Assert.Equal($"Jan {text} 1999", DateKinds.Write(new DateOnly(1999, 1, day), 6).Text);

    [Fact]
    public void The_decoder_is_given_what_stands_before()
    {
        Samples samples = DateText.Of([new WrittenDate("3/3/21", new DateOnly(2021, 3, 3))]);
        Assert.Equal([11, 2, 0, 2, 1, 10, 0, 3, 10, 0], samples.Ids(0, 1).ToArray());
        Assert.Equal([2, 0, 2, 1, 10, 0, 3, 10, 0, 3], samples.Labels(0).ToArray());
        Assert.Equal("2021-03-03", DateText.Of(samples.Labels(0)));
        Assert.Equal([4, 66, 4, 66, 3, 2, 0, 0], samples.Ids(0)[..8].ToArray());
    }

    [Theory]
    [InlineData("the third of März 2021", "'ä' in 'the third of März 2021' is none of the characters")]
    [InlineData("the twenty-third of September in the year 2021", "A text of 1 to 36 characters is wanted")]
    public void A_text_that_cannot_be_read_is_told_before_training(string text, string message)
    {
        (int code, string output, string errors) = Run(text);
        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments) => ConsoleRun.Of(Dates.Program.Main, arguments);
}
